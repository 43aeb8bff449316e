import * as z from 'zod';
import { bagTypes, type BagFact, type BagOutcome } from '../domain/custody/bag.ts';
import type { Party } from '../domain/journey/dossier.ts';
import { bagBody } from '../domain/limits.ts';
import type { Operation } from './operation.ts';
import { BagDetails, detailsIn, Device } from './recorded.ts';
import { ItemAnswer } from './record-events.ts';
import { codeOfBag, dossierId, eventId, instant } from './wire.ts';

const BagLine = z
  .strictObject({
    dossierId,
    type: z.enum(bagTypes).exactOptional().meta({ description: 'Where something else happened to this one.' }),
    details: BagDetails.exactOptional(),
  })
  .meta({ id: 'BagLine', description: 'One dossier of a bag, with what is not as of the others.' });

const Bag = z
  .strictObject({
    bagCode: codeOfBag,
    eventId: eventId.meta({ description: 'Drawn by the device; the same id counts once.' }),
    type: z.enum(bagTypes),
    occurredAt: instant,
    device: Device.optional(),
    details: BagDetails.default({}).meta({ description: 'What holds for every dossier of the bag.' }),
    items: z
      .array(BagLine)
      .max(100)
      .default([])
      .meta({ description: 'What is in it; or, with `whole`, only those of which something else is said.' }),
    whole: z.boolean().default(false).meta({ description: 'Of everything that was put into the bag last.' }),
  })
  .meta({ id: 'Bag', description: 'One fact about a bag and all dossiers in it.' });

/**
 * Says what happened to a bag, and so to each dossier in it: one scan hands over fifty. The fact is kept first, then
 * its dossiers follow; what could not be done now is finished by the system. Of a dossier of which nothing else is
 * said, a hand-over says that it is whole, as on its slip.
 */
export const recordBag = {
  name: 'record-bag',
  method: 'POST',
  path: '/v1/bags',
  doors: ['clerk', 'courier', 'officer'],
  summary: { en: 'Say what happened to a bag', vi: 'Ghi nhận sự kiện của cả túi' },
  request: z.strictObject({ body: Bag }),
  largestBody: bagBody,
  units: 20,
  statuses: [200],
  answer: z
    .strictObject({
      bagCode: z.string(),
      finished: z.boolean().meta({ description: 'False: the system goes on by itself within minutes.' }),
      items: z.array(ItemAnswer).readonly(),
    })
    .meta({ id: 'BagAnswer', description: 'What became of each dossier of the bag.' }),
  refusals: ['UnknownBag', 'EventIdReused'],
} as const satisfies Operation;

/** A bag's fact in the words of the law. @param manifest what was put into the bag last @param keptAt epoch ms */
export function bagFactOf(
  { bagCode, eventId: id, type, occurredAt, device, details, items, whole }: z.output<typeof Bag>,
  manifest: readonly string[],
  by: Party,
  keptAt: number,
): BagFact {
  const lines = items.map(({ dossierId: one, type: other, details: said }) => ({
    dossierId: one,
    ...(other === undefined ? {} : { type: other }),
    ...(said === undefined ? {} : { details: detailsIn(said) }),
  }));
  const rest = whole ? manifest.filter((one) => !lines.some((line) => line.dossierId === one)) : [];
  return {
    bagCode,
    eventId: id,
    type,
    occurredAt,
    keptAt,
    by,
    ...(device === undefined ? {} : { device }),
    details: detailsIn(details),
    lines: [...lines, ...rest.map((one) => ({ dossierId: one }))],
  };
}

/** What of a bag a caller may hear: a manifest names no dossier that is none of his. */
export function isHeard({ taken }: BagOutcome, isListed: boolean): boolean {
  return isListed || !('refusal' in taken) || taken.refusal.name !== 'UnknownDossier';
}
