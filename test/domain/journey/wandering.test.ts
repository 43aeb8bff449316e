import { describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { headItem } from '../../../adapters/dynamodb/items.ts';
import * as fc from 'fast-check';
import { decide, runOut } from '../../../domain/journey/decide.ts';
import { allowedActions } from '../../../domain/journey/allowed-actions.ts';
import type { Report } from '../../../domain/journey/report.ts';
import { frontDoors, type Dossier, type Party } from '../../../domain/journey/dossier.ts';
import { fold } from '../../../domain/journey/evolve.ts';
import { eventTypes, type Detail, type Details } from '../../../domain/journey/events.ts';
import { factsOf, isEnd, places } from '../../../domain/journey/places.ts';
import { rules } from '../../../domain/journey/rules.ts';
import { day, everybody, hour, only, ops, opening, registered, report, truth } from './town.ts';

/**
 * One thing that somebody says, drawn at random: `sensible` ones follow the list of allowed actions, so that roads get
 * long.
 */
const sayings = fc.record({
  sensible: fc.integer({ min: 0, max: 9 }).map((n) => n > 0),
  speaker: fc.constantFrom<Party>(...everybody, ops, { role: 'courier', unit: 'PO-CHORA' }),
  type: fc.constantFrom(...eventTypes),
  choice: fc.nat(99),
  talkative: fc.boolean(),
  leaveOut: fc.option(fc.nat(15)),
  solution: fc.constantFrom<Details>({ solution: 'redeliver' }, { solution: 'hold' }, { solution: 'return' }),
  outcome: fc.constantFrom<Details>({ outcome: 'accepted' }, { outcome: 'returned' }),
  reason: fc.constantFrom<Details>({ reason: 'receiver-absent' }, { reason: 'citizen-moved' }),
  returnBy: fc.constantFrom<Details>({ returnBy: 'post' }, { returnBy: 'agency' }),
  late: fc.integer({ min: -2 * hour, max: 3 * day }),
  pause: fc.integer({ min: 0, max: day }),
});
type Saying = typeof sayings extends fc.Arbitrary<infer T> ? T : never;
const story = fc.tuple(
  fc.constantFrom(...frontDoors),
  fc.boolean(),
  fc.array(sayings, { minLength: 1, maxLength: 60, size: 'max' }),
);

function isDetail(name: string, details: Details): name is Detail {
  return Object.hasOwn(details, name);
}

function reportOf(dossier: Dossier, saying: Saying, now: number): Report {
  const { sensible, choice, talkative, leaveOut, solution, outcome, reason, returnBy, late } = saying;
  const open = everybody
    .filter(({ role }) => role !== 'clock')
    .flatMap((by) =>
      allowedActions(dossier, by)
        .filter(({ event }) => event !== 'Scanned')
        .map((step) => ({ by, step })),
    );
  // Roads get long where most steps lead on, and not everything is lost at once.
  const onwards = open.filter(
    ({ step: { event, to } }) => to.some((place) => place !== dossier.place) && event !== 'ReportedMissing',
  );
  const among = choice % 4 > 0 && onwards.length > 0 ? onwards : open;
  const chosen = sensible ? among[choice % Math.max(1, among.length)] : undefined;
  const action = chosen?.step;
  const speaker = chosen?.by ?? saying.speaker;
  const type = action?.event ?? saying.type;
  const all = { ...truth(dossier, type, now), ...solution, ...outcome, ...reason, ...returnBy };
  const names = action
    ? [...action.requires, ...(talkative ? action.allows : [])]
    : Object.keys(all).filter((name): name is Detail => isDetail(name, all));
  const said = only(
    all,
    names.filter((_name, index) => index !== leaveOut),
  );
  return report(speaker, type, said, now - late);
}

function frozen(dossier: Dossier): Dossier {
  const deeply = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    Object.freeze(value);
    Object.values(value).forEach(deeply);
  };
  deeply(dossier);
  return dossier;
}

// Holds ADR 0016, ADR 0022.
describe('a dossier about which people say anything at all', () => {
  it('a dossier about which people say anything at all never leaves the table, and its book grows by one line for each report that is granted', () => {
    const seen = new Set<string>();
    let largest = 0;
    fc.assert(
      fc.property(story, ([frontDoor, returnByPost, saying]) => {
        const opened = opening(frontDoor, {
          procedureCode: '2.001263',
          returnByPost: frontDoor === 'result-only' || returnByPost,
        });
        const told = [opened.event];
        let dossier = frozen(opened.dossier);
        let now = dossier.since;
        for (const one of saying) {
          now += one.pause;
          // The clock speaks when its time has come, however far that is.
          if (one.speaker.role === 'clock' && one.choice % 2 === 0) now = Math.max(now, dossier.dueAt ?? now);
          const said = (one.speaker.role === 'clock' ? runOut(dossier, now) : undefined) ?? reportOf(dossier, one, now);
          // Frozen: a step that changed the dossier it was asked about would throw.
          const decision = decide(dossier, said, now);
          if (!decision.ok) continue;
          const { event, dossier: after } = decision.value;
          told.push(event);
          // The head is what its events make of it, field by field, and by nothing else.
          expect(fold(told)).toEqual(after);
          const onTheTable = rules.some(
            ({ from, on, to, by }) =>
              from === event.from &&
              on === event.type &&
              to === event.to &&
              by.some((actor) => actor === event.by.role),
          );
          expect({
            version: after.version,
            number: event.number,
            from: event.from,
            to: event.to,
            onTheTable,
            milestone: after.milestone,
            ended: after.dueAt === undefined,
            due: event.dueAt,
            inOrder: event.occurredAt <= event.receivedAt && after.since >= dossier.since,
            labels: new Set(after.legs.map(({ itemCode }) => itemCode)).size,
            oneHolder: ['citizen', 'post', 'agency', 'nobody-knows'].includes(factsOf(after.place).holder),
          }).toEqual({
            version: dossier.version + 1,
            number: dossier.version + 1,
            from: dossier.place,
            to: after.place,
            onTheTable: event.milestone,
            milestone: event.milestone ? event.number : dossier.milestone,
            ended: isEnd(after.place),
            due: after.dueAt,
            inOrder: true,
            labels: after.legs.length,
            oneHolder: true,
          });
          largest = Math.max(largest, JSON.stringify(z.encode(headItem, after)).length);
          seen.add(after.place);
          dossier = frozen(after);
        }
      }),
      { numRuns: 700, seed: 20_261_131 },
    );
    // As JSON it is larger than DynamoDB counts it; ids of the product and the digest are 200 bytes longer than these.
    expect(largest + 200).toBeLessThanOrEqual(2048);
    // The wandering is worth something only if it comes around.
    expect([...seen].toSorted()).toEqual([...places].toSorted());
  });

  it('whoever asks the same again about a dossier is told one and the same thing', () => {
    fc.assert(
      fc.property(fc.constantFrom(...frontDoors), sayings, (frontDoor, saying) => {
        const dossier = registered(frontDoor, { procedureCode: '2.001263' });
        const said = reportOf(dossier, saying, dossier.since + hour);
        expect(decide(dossier, said, dossier.since + hour)).toEqual(decide(dossier, said, dossier.since + hour));
      }),
      { numRuns: 100, seed: 7 },
    );
  });
});
