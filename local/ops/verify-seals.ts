import * as z from 'zod';
import { isProved, isWhole, proofFormat, sealFormat } from '../../adapters/seals/seal.ts';
import { localDay } from '../../domain/calendar/local-time.ts';
import { daysAfter, type Proof, type Seal } from '../../domain/seal.ts';
import type { Verified } from './verify-export.ts';

/** What beyond the archive itself is asked. */
export interface Asked {
  /** A day of which everything must be sealed, `YYYY-MM-DD`. */
  readonly day?: string | undefined;
  /** The digest of a seal as it was kept elsewhere: the archive must have that seal. */
  readonly seal?: string | undefined;
}

const Seals = z.strictObject({ seals: z.array(sealFormat), proofs: z.array(proofFormat) });
const Event = z.object({
  number: z.int(),
  receivedAt: z.iso.datetime().transform((text) => Date.parse(text)),
  digest: z.string().optional(),
});
type Event = z.output<typeof Event>;

/**
 * Whether the seals in an archive are chained day by day, each is what was sealed, and what they say of the dossier is
 * what its events are: none was changed, put in or taken out after the night that followed it.
 * @param found `seals.json`
 * @param items the events as they stand in the archive
 */
export function verifySeals(found: unknown, dossierId: string, items: readonly unknown[], asked: Asked): Verified {
  const parsed = Seals.safeParse(found);
  const events = items.flatMap((item) => Event.safeParse(item).data ?? []);
  if (!parsed.success) return { told: [], faults: ['seals.json holds no seals'] };
  const { seals, proofs } = parsed.data;
  const [first, newest] = [seals[0], seals.at(-1)];
  return {
    told: [
      first === undefined || newest === undefined
        ? 'No day of it was sealed when the archive was made.'
        : `Sealed from ${first.day} to ${newest.day}, ${proofs.length} times with this dossier. The newest seal: ${newest.digest}.`,
      ...dayTold(seals, proofs, events, asked.day),
    ],
    faults: [
      ...chainFaults(seals, events),
      ...proofs.flatMap((proof) => proofFaults(proof, seals, dossierId, events)),
      ...openFaults(seals, proofs, events),
      ...dayFaults(seals, asked.day),
      ...(asked.seal === undefined || seals.some(({ digest }) => digest === asked.seal)
        ? []
        : [`no seal here is ${asked.seal}: these are not the seals that were kept`]),
    ],
  };
}

function chainFaults(seals: readonly Seal[], events: readonly Event[]): readonly string[] {
  const [first] = seals;
  const opened = events[0] && localDay(events[0].receivedAt);
  const beginning =
    first !== undefined && opened !== undefined && first.day > opened && first.previous !== undefined
      ? [`the seals before ${first.day} are missing: the dossier is of ${opened}`]
      : [];
  const faults = seals.flatMap((seal, index) => {
    const before = seals[index - 1];
    const forged = isWhole(seal) ? [] : [`the seal of ${seal.day} is not what was sealed`];
    if (before === undefined) return forged;
    if (seal.day !== daysAfter(before.day))
      return [...forged, `the chain of seals has a gap between ${before.day} and ${seal.day}`];
    return seal.previous === before.digest
      ? forged
      : [...forged, `the seal of ${seal.day} does not follow that of ${before.day} as it stands here`];
  });
  return [...beginning, ...faults];
}

function proofFaults(
  proof: Proof,
  seals: readonly Seal[],
  dossierId: string,
  events: readonly Event[],
): readonly string[] {
  const { day, leaf } = proof;
  const seal = seals.find((one) => one.day === day);
  if (seal === undefined) return [`the dossier is said to be in the seal of ${day}, which is not here`];
  if (leaf.dossierId !== dossierId) return [`what is said to be in the seal of ${day} is another dossier`];
  if (!isProved(proof, seal)) return [`the seal of ${day} does not have what is said of this dossier`];
  const last = events.find(({ number }) => number === leaf.number);
  if (last === undefined) return [`event ${leaf.number} is in the seal of ${day}, and not here`];
  return last.digest === leaf.digest ? [] : [`event ${leaf.number} is not the one in the seal of ${day}`];
}

/** What arrived on a sealed day is in its seal, or came so late that it is in the next. */
function openFaults(seals: readonly Seal[], proofs: readonly Proof[], events: readonly Event[]): readonly string[] {
  const [first, newest] = [seals[0]?.day, seals.at(-1)?.day];
  if (first === undefined || newest === undefined) return [];
  return events.flatMap(({ number, receivedAt, digest }) => {
    const day = localDay(receivedAt);
    if (digest === undefined || day < first || day > newest || isSealed(proofs, day, number)) return [];
    const late = day === newest ? ': the next night may seal it, then make another archive' : '';
    return [`event ${number} arrived on ${day}, and is in no seal${late}`];
  });
}

function isSealed(proofs: readonly Proof[], day: string, number: number): boolean {
  return proofs.some((proof) => [day, daysAfter(day)].includes(proof.day) && proof.leaf.number >= number);
}

function dayTold(
  seals: readonly Seal[],
  proofs: readonly Proof[],
  events: readonly Event[],
  day: string | undefined,
): readonly string[] {
  const seal = seals.find((one) => one.day === day);
  if (day === undefined || seal === undefined) return [];
  const arrived = events.filter(({ receivedAt }) => localDay(receivedAt) === day);
  if (arrived.length === 0) return [`Nothing of this dossier arrived on ${day}, as the archive has it.`];
  const sealed = arrived.filter(({ number }) => isSealed(proofs, day, number));
  return [
    `${sealed.length} of the ${arrived.length} events of ${day} are sealed; its seal is over ${seal.dossiers} dossiers: ${seal.digest}.`,
  ];
}

function dayFaults(seals: readonly Seal[], day: string | undefined): readonly string[] {
  return day === undefined || seals.some((one) => one.day === day)
    ? []
    : [
        `there is no seal of ${day} here: an archive has those from its dossier’s first day to the night before it was made`,
      ];
}
