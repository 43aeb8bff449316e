import type { Traveller } from '../../local/demo/traveller.ts';
import { expect } from '@jest/globals';
import { ops, type Town } from './town.ts';

/**
 * What somebody sees who asks how a dossier stands: place, status, who has what, what is due, and the execution.
 * Whoever looks also holds that the newest execution waits where the dossier is, or has ended with it, that the clock
 * of a place has a date, and that nobody has a paper twice.
 */
export async function seen(town: Town, { dossier: { dossierId } }: Traveller) {
  const client = town.as(ops);
  const [read, custody, clock] = await Promise.all([
    client.read(dossierId),
    client.custody(dossierId),
    client.clock(dossierId),
  ]);
  const place = read.place.name;
  const execution = await newestExecution(town, dossierId);
  expect(execution).toBe(`${read.place.end ? 'SUCCEEDED' : 'RUNNING'} at ${place}`);
  expect(read.dueAt === undefined).toBe(read.place.end);
  expect(clock.post.length + clock.agency.length + clock.citizen.length > 0 || read.place.end).toBe(true);
  const lines = custody.documents.map(({ document, form }) => `${document} ${form}`);
  expect(new Set(lines).size).toBe(lines.length);
  return {
    place,
    status: read.nationalStatus,
    due: read.matters.map(({ kind }) => kind).toSorted(),
    holders: [...new Set(custody.documents.map(({ holder }) => holder.kind))].toSorted(),
    execution,
    custody,
    read,
  };
}

/** The newest generation of a dossier's execution: how it stands, and where. */
async function newestExecution(town: Town, dossierId: string): Promise<string> {
  let newest = 'none';
  for (let generation = 1; generation < 9; generation += 1) {
    const found = await town.execution(dossierId, generation).catch(() => undefined);
    if (found === undefined) break;
    newest = `${found.status} at ${found.states.at(-1)}`;
  }
  return newest;
}

/** How an execution stands, and where. @param generation the first if none is named */
export async function executionAt(town: Town, traveller: Traveller, generation?: number): Promise<string> {
  const { status, states } = await town.execution(traveller.dossier.dossierId, generation);
  return `${status} at ${states.at(-1)}`;
}
