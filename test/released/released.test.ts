import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { headItem, readEvent } from '../../adapters/dynamodb/items.ts';
import { allowedActions } from '../../domain/journey/allowed-actions.ts';
import { decide } from '../../domain/journey/decide.ts';
import { clocks } from '../../domain/journey/clocks.ts';
import type { Dossier } from '../../domain/journey/dossier.ts';
import { eventTypes } from '../../domain/journey/events.ts';
import { fold } from '../../domain/journey/evolve.ts';
import { isEnd, places, type Place } from '../../domain/journey/places.ts';
import { completedFromReleaseOne } from '../../domain/journey/release-one.ts';
import { happyWayFrom, lawEdition, remarks, rules, stands, type Rule } from '../../domain/journey/rules.ts';
import { clock, everybody, hour, proofsOf, report } from '../domain/journey/town.ts';

/**
 * What earlier releases left behind: the items of made-up dossiers as they were stored, and the law as it stood. Never
 * changed; a release adds a folder.
 */
const Dump = z.array(z.object({ head: z.unknown(), events: z.array(z.unknown()) }));
const Line = z.looseObject({ on: z.string() });
const Law = z.object({
  rules: z.array(z.looseObject({ on: z.string(), from: z.string(), to: z.string() })),
  remarks: z.array(Line),
});

function read(release: string, file: string): unknown {
  return JSON.parse(readFileSync(new URL(`./${release}/${file}`, import.meta.url), 'utf8'));
}
const releases = readdirSync(new URL('.', import.meta.url)).filter((name) => /^\d+$/.test(name));

// Holds ADR 0016.
describe.each(releases)('what release %s left behind', (release) => {
  const dossiers = Dump.parse(read(release, 'book.json')).map(({ head, events }) => {
    const dossier = headItem.parse(head);
    const stored = events.map(readEvent);
    return { dossier, events: release === '1' ? completedFromReleaseOne(stored, dossier) : stored };
  });
  const law = Law.parse(read(release, 'rules.json'));

  it('what a release left behind covers every place and every event that it knew', () => {
    const known = places.filter((place) => law.rules.some(({ from, to }) => from === place || to === place));
    expect([...new Set(dossiers.map(({ dossier }) => dossier.place))].toSorted()).toEqual(known.toSorted());
    expect(new Set(dossiers.flatMap(({ events }) => events.map(({ type }) => type))).size).toBeLessThanOrEqual(
      eventTypes.length,
    );
    expect(new Set(dossiers.flatMap(({ events }) => events.map(({ type }) => type))).size).toBeGreaterThanOrEqual(33);
  });

  it.each(dossiers.map(({ dossier, events }) => [dossier.place, events.length, dossier, events] as const))(
    'what a release left behind folds to the head that was stored: in %s after %i events',
    (_place, _count, dossier, events) => {
      expect(fold(events)).toEqual(dossier);
    },
  );

  const open = dossiers.filter(({ dossier }) => !isEnd(dossier.place));
  it.each(open.map(({ dossier }) => [dossier.place, dossier] as const))(
    'what a release left behind goes on under today’s law from %s',
    (_place, stored) => {
      let dossier: Dossier = { ...stored };
      let now = Math.max(dossier.since, dossier.dueAt ?? 0) + hour;
      const seen = new Set([dossier.place]);
      for (let step = 0; step < 20 && !isEnd(dossier.place); step += 1) {
        dossier = happily(dossier, now, seen);
        seen.add(dossier.place);
        now += hour;
      }
      expect(isEnd(dossier.place)).toBe(true);
    },
  );

  it('what a release left behind is a law that was never edited: each of its rules still stands, or was ended', () => {
    const today = [...rules, ...remarks];
    for (const line of [...law.rules, ...law.remarks]) {
      const kept = today.find((rule) =>
        Object.entries(line).every(([column, value]) => said(rule, column) === JSON.stringify(value)),
      );
      expect([line.on, kept !== undefined && kept.since <= Number(release)]).toEqual([line.on, true]);
    }
    const released = today.filter((rule) => stands(rule, Number(release)));
    expect(released).toHaveLength(law.rules.length + law.remarks.length);
  });
});

// Facts are judged by the lines of the edition that they were received under, so these are kept, the ended ones too.
describe('the law of earlier editions', () => {
  const Kept = z.looseObject({ since: z.number(), until: z.number().optional() });
  const kept = z
    .object({ lines: z.array(Kept.extend({ on: z.string() })), clocks: z.array(Kept.extend({ place: z.string() })) })
    .parse(JSON.parse(readFileSync(new URL('./law.json', import.meta.url), 'utf8')));
  const newest = Math.max(...kept.lines.map(({ since }) => since));
  const [lines, allClocks] = [[...rules, ...remarks], clocks].map((all) => all.filter(({ since }) => since <= newest));

  /** As they were written; what has ended since had no end then. */
  function asOfThen(all: readonly Pick<Rule, 'since' | 'until'>[] = [], end: number | undefined): readonly object[] {
    return all.map(({ until, ...rest }) =>
      until === undefined || (until > newest + 1 && end === undefined) ? rest : { ...rest, until },
    );
  }

  it.each(kept.lines.map((line) => [line.on, line.since, line] as const))(
    'the law of earlier editions has its line on %s since edition %i as it was written, and may only have ended it',
    (_on, _since, line) => {
      expect(asOfThen(lines, line.until)).toContainEqual(line);
    },
  );

  it.each(kept.clocks.map((term) => [term.place, term.since, term] as const))(
    'the law of earlier editions has its term of %s since edition %i as it was written, and may only have ended it',
    (_place, _since, term) => {
      expect(asOfThen(allClocks, term.until)).toContainEqual(term);
    },
  );

  it('the law of earlier editions has no line and no term more than it had', () => {
    expect([lines?.length, allClocks?.length]).toEqual([kept.lines.length, kept.clocks.length]);
  });
});

function said(rule: object, column: string): string | undefined {
  return JSON.stringify(Reflect.get(rule, column));
}

/**
 * The dossier after one step, reported by whoever may: along the happy way where that is open to it, and where it has
 * not been before.
 */
function happily(dossier: Dossier, now: number, seen: ReadonlySet<Place>): Dossier {
  const steps = everybody
    .filter(({ role }) => role !== clock.role)
    .map(({ role }) => ({ role, unit: unitIn(dossier, role) }))
    .flatMap((party) =>
      allowedActions(dossier, party)
        .flatMap(({ event }) =>
          rules.filter((rule) => rule.from === dossier.place && rule.on === event && stands(rule, lawEdition)),
        )
        .map((line) => decide(dossier, report(party, line.on, proofsOf(line, dossier, now), now), now)),
    )
    .flatMap((decision) => (decision.ok && decision.value.event.milestone ? [decision.value.dossier] : []));
  const next =
    steps.find(({ place }) => place === happyWayFrom(dossier.place)) ?? steps.find(({ place }) => !seen.has(place));
  if (next === undefined) throw new Error(`nobody leads a dossier on from ${dossier.place}`);
  return next;
}

function unitIn(dossier: Dossier, role: string): string {
  if (role === 'officer') return dossier.agencyId;
  return role === 'portal' ? dossier.registeredBy.unit : dossier.postOfficeId;
}
