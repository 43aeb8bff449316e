import { describe, expect, it } from '@jest/globals';
import type { Dossier, Party } from '../../../domain/journey/dossier.ts';
import type { Details, EventType } from '../../../domain/journey/events.ts';
import type { Place } from '../../../domain/journey/places.ts';
import { takeStatus, type ReportedStatus, type StatusTaken } from '../../../domain/status/take-status.ts';
import { memoryBook } from '../../doubles/book.ts';
import { courier, day, dossierAt, hour, monday, officer } from '../journey/town.ts';

const at = monday + hour;

/** What becomes of a status of a dossier that is somewhere. */
function desk(place: Place, change: Partial<Dossier> = {}) {
  const book = memoryBook();
  const dossier = dossierAt(place, { since: monday, ...change });
  book.lay(dossier);
  const { dossierId } = dossier;
  const intake = { book, now: () => at + hour, pause: async () => undefined };
  const tell = async (status: number, more: Partial<ReportedStatus> = {}, by: Party = officer) =>
    takeStatus(intake, { dossierId, messageId: 'message-1', status, at, by, ...more });
  return { book, dossierId, tell };
}

function told(taken: StatusTaken): unknown {
  if ('refusal' in taken) return taken.refusal.name;
  if (taken.outcome === 'same') return 'same';
  const event = 'event' in taken.taken ? taken.taken.event : undefined;
  return [taken.outcome, event?.type, event?.details, taken.dossier.place];
}

const resultDueAt = monday + 3 * day;

describe('the status of a one-stop system', () => {
  it.each<readonly [number, Place, Partial<ReportedStatus>, EventType, Details, Place]>([
    [3, 'AtAgency', {}, 'Refused', { reason: 'not-eligible' }, 'HeldAtAgency'],
    [3, 'AtAgency', { reason: 'papers-incomplete' }, 'Refused', { reason: 'papers-incomplete' }, 'HeldAtAgency'],
    [4, 'SupplementRequested', { resultDueAt }, 'SupplementReceived', { resultDueAt }, 'AtAgency'],
    [5, 'AtAgency', {}, 'SupplementRequested', { reason: 'papers-incomplete' }, 'SupplementRequested'],
    [6, 'AtAgency', { amountDue: 50_000 }, 'DutyRequested', { amountDue: 50_000 }, 'DutyRequested'],
    [7, 'AtAgency', {}, 'Withdrawn', { reason: 'citizen-asked' }, 'HeldAtAgency'],
    [8, 'AtAgency', {}, 'Stopped', { reason: 'not-eligible' }, 'HeldAtAgency'],
    [9, 'AtAgency', {}, 'ResultAnnounced', {}, 'ResultReady'],
    [10, 'ResultAtAgency', {}, 'ResultHandedOut', {}, 'Completed'],
  ])(
    'a status, %i, of a dossier in %s, with %j, is followed by %s',
    async (status, place, more, type, details, after) => {
      const { tell } = desk(place, place === 'ResultAtAgency' ? { returnByPost: false } : {});
      expect(told(await tell(status, more))).toEqual(['followed', type, details, after]);
    },
  );

  it('a status that the dossier has already changes nothing', async () => {
    const { book, dossierId, tell } = desk('AtAgency', { nationalStatus: 4 });
    expect(told(await tell(4))).toBe('same');
    expect(await book.timeline(dossierId)).toEqual([]);
  });

  it.each<readonly [number, string, Place, Dossier['nationalStatus']]>([
    [2, 'no step', 'AtAgency', 4],
    [42, 'nothing', 'AtAgency', 4],
    [6, 'a duty whose amount nobody says', 'AtAgency', 4],
    [4, 'a supplement that nobody asked for', 'ResultReady', 9],
    [10, 'a result that the citizen does not fetch', 'ResultReady', 9],
    [9, 'a result before the papers are there', 'Collected', 1],
  ])(
    'a status, %i, stands for %s in %s: it is kept for a person, and moves nothing',
    async (status, _what, place, now) => {
      const { tell } = desk(place, { nationalStatus: now ?? 1 });
      expect(told(await tell(status))).toEqual(['parked', 'StatusReported', { reportedStatus: status }, place]);
    },
  );

  it('a status that comes twice is one fact, whether it was followed or kept', async () => {
    for (const status of [9, 42]) {
      const { book, dossierId, tell } = desk('AtAgency');
      const [first, again] = [await tell(status), await tell(status)];
      expect(told(again)).toEqual(told(first));
      expect('taken' in again && 'isNew' in again.taken && again.taken.isNew).toBe(false);
      expect(await book.timeline(dossierId)).toHaveLength(1);
    }
  });

  it('a status is taken from nobody else than the dossier’s own agency', async () => {
    for (const by of [courier, { role: 'officer', unit: 'AG-BHXH' } as const]) {
      const { book, dossierId, tell } = desk('AtAgency');
      expect(told(await tell(9, {}, by))).toBe(by === courier ? 'NotYourStep' : 'UnknownDossier');
      expect(await book.timeline(dossierId)).toEqual([]);
    }
    const { tell } = desk('AtAgency');
    expect(told(await tell(9, { dossierId: 'd-nobody' }))).toBe('UnknownDossier');
  });
});
