import * as z from 'zod';
import { findCommune } from '../domain/catalogue/communes.ts';
import type { Errand, Errands } from '../domain/people/round.ts';
import { deskLine, Line } from './list-dossiers.ts';
import type { Operation } from './operation.ts';

const ErrandView = Line.extend({
  errand: z.enum(['pickup', 'delivery']),
  done: z.boolean().meta({ description: 'Nothing is left to be done: place tells what became of it.' }),
  commune: z.strictObject({ id: z.string(), vi: z.string(), en: z.string() }).meta({ id: 'CommuneName' }),
  toCollect: z.int().meta({ description: 'Whole đồng that are due at the door.', examples: [31000] }),
}).meta({
  id: 'Errand',
  description: 'A dossier as a line of a round. Name, phone and address are read with the dossier, one by one.',
});

const RoundView = z
  .strictObject({
    day: z.string(),
    items: z.array(ErrandView).readonly(),
    more: z.literal(true).exactOptional().meta({ description: 'There is more than a hundred of a kind.' }),
  })
  .meta({ id: 'Round', description: 'A courier’s day, what is still to be done first, by its date.' });

/** What the caller took out for delivery on a day, and the pickups of his office that are agreed for it or overdue. */
export const readRound = {
  name: 'read-round',
  method: 'GET',
  path: '/v1/rounds/{day}',
  doors: ['courier'],
  summary: { en: 'Read your round of a day', vi: 'Xem hành trình trong ngày' },
  request: z.strictObject({ path: z.strictObject({ day: z.iso.date().meta({ examples: ['2026-11-29'] }) }) }),
  statuses: [200],
  answer: RoundView,
  refusals: [],
} as const satisfies Operation;

/** A courier's day in words. `now` (epoch ms) tells what is overdue. */
export function roundView(day: string, { errands, isMore }: Errands, now: number): z.output<typeof RoundView> {
  return {
    day,
    items: errands.map((errand) => errandView(errand, now)),
    ...(isMore ? { more: true } : {}),
  };
}

function errandView({ kind, dossier, isDone }: Errand, now: number): z.output<typeof ErrandView> {
  const { communeId, charges } = dossier;
  const { vi, en } = findCommune(communeId)?.name ?? { vi: communeId, en: communeId };
  return {
    ...deskLine(dossier, now),
    errand: kind,
    done: isDone,
    commune: { id: communeId, vi, en },
    toCollect: kind === 'pickup' ? charges.dueAtCollection : charges.dueOnDelivery,
  };
}
