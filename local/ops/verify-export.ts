import * as z from 'zod';
import { brokenLinks } from '../../adapters/dynamodb/chain.ts';
import { headItem, readEvent } from '../../adapters/dynamodb/items.ts';
import type { JourneyEvent } from '../../domain/journey/dossier.ts';
import { fold } from '../../domain/journey/evolve.ts';
import { judge } from '../../domain/journey/judge.ts';
import { asJudged, withoutJudgement } from '../../domain/journey/judged.ts';
import { BadFlag } from '../../emulator/command-line.ts';

const Export = z.looseObject({
  format: z.literal('dossier-post/export/1'),
  head: z.unknown(),
  events: z.array(z.unknown()).min(1),
});

/** What was looked at, and what is wrong; nothing for what is whole. */
export interface Verified {
  readonly told: readonly string[];
  readonly faults: readonly string[];
}

/**
 * Whether an export is what was written: the chain of its events is whole, its head is what they make, and the law,
 * over the bare facts, comes to the same legal order and the same standing of each.
 * @param text JSON as it lies in an archive
 * @returns what was looked at, and what is wrong
 * @throws BadFlag for what is no export
 */
export function verifyExport(text: string): Verified {
  const parsed = Export.safeParse(asJson(text));
  if (!parsed.success) throw new BadFlag('This is no export: write one with npm run export.');
  const broken = brokenLinks(parsed.data.events);
  const events = parsed.data.events.map(readEvent);
  const head = headItem.parse(parsed.data.head);
  const chained = events.filter(({ digest }) => digest !== undefined).length;
  const law = [...headFaults(head, events), ...orderFaults(events)];
  return {
    faults: [...broken, ...law],
    told: [
      `${head.dossierId}: ${events.length} events, ${chained} of them chained.`,
      broken.length === 0 ? 'The chain is whole.' : 'The chain is broken.',
      law.length === 0 ? 'Head and legal order are what the facts make of them.' : 'The law comes to something else.',
    ],
  };
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function headFaults(head: z.output<typeof headItem>, events: readonly JourneyEvent[]): readonly string[] {
  const folded = new Map(Object.entries(fold(events)));
  const stored = new Map(Object.entries(head));
  const differing = [...new Set([...folded.keys(), ...stored.keys()])].filter(
    (field) => JSON.stringify(folded.get(field)) !== JSON.stringify(stored.get(field)),
  );
  return differing.length === 0 ? [] : [`the head differs from its events in ${differing.join(', ')}`];
}

/** Judges the bare facts anew, as if all had arrived at once. */
function orderFaults(events: readonly JourneyEvent[]): readonly string[] {
  const known = asJudged(events);
  const facts = events.map((event, index) =>
    index === 0
      ? event
      : { ...withoutJudgement(event), from: event.from, to: event.from, effects: event.effects.filter(isSetAside) },
  );
  const judged = judge(facts, undefined);
  const [asTold, asFound] = [known.standing, judged.standing].map((standing) =>
    standing.map(({ number, from, type, to }) => `${number} ${from} ${type} ${to}`),
  );
  const first = asTold?.findIndex((one, index) => one !== asFound?.[index]) ?? -1;
  if (first >= 0)
    return [`the legal order has “${asTold?.[first]}” where the facts make “${asFound?.[first] ?? 'nothing'}”`];
  return asTold?.length === asFound?.length ? [] : ['the facts make more of the legal order than it has'];
}

function isSetAside(effect: JourneyEvent['effects'][number]): boolean {
  return effect === 'set-aside';
}
