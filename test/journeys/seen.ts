import type { Traveller } from '../../local/demo/traveller.ts';
import { clerk, type Town } from './town.ts';

/** What somebody sees who asks how a dossier stands: place, status, who has what, what is due. */
export async function seen(town: Town, { dossier: { dossierId } }: Traveller) {
  const [read, custody] = await Promise.all([town.as(clerk).read(dossierId), town.as(clerk).custody(dossierId)]);
  return {
    place: read.place.name,
    status: read.nationalStatus,
    due: read.matters.map(({ kind }) => kind).toSorted(),
    holders: [...new Set(custody.documents.map(({ holder }) => holder.kind))].toSorted(),
    custody,
    read,
  };
}

/** How an execution stands, and where. @param generation the first if none is named */
export async function executionAt(town: Town, traveller: Traveller, generation?: number): Promise<string> {
  const { status, states } = await town.execution(traveller.dossier.dossierId, generation);
  return `${status} at ${states.at(-1)}`;
}
