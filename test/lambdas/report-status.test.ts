import { describe, expect, it } from '@jest/globals';
import { reportStatus as operation } from '../../contract/report-status.ts';
import type { Dossier } from '../../domain/journey/dossier.ts';
import { takeStatus } from '../../domain/status/take-status.ts';
import { reportStatus } from '../../lambdas/report-status/report-status.ts';
import { dossierAt, hour, monday, officer } from '../domain/journey/town.ts';
import { memoryBook } from '../doubles/book.ts';
import { bodyOf, noOf, statusOf } from './people.ts';

const dossierId = 'd-counter-1';

function desk(change: Partial<Dossier> = {}) {
  const book = memoryBook();
  book.lay(dossierAt('AtAgency', { since: monday, nationalStatus: 4, ...change }));
  const intake = { book, now: () => monday + 2 * hour, pause: async () => undefined };
  const useCase = reportStatus(async (said) => takeStatus(intake, said));
  const tell = async (said: Record<string, unknown>, id = dossierId) => {
    const at = new Date(monday + hour).toISOString();
    const request = operation.request.parse({
      path: { dossierId: id },
      body: { messageId: 'message-1', at, ...said },
    });
    return useCase(request, officer);
  };
  return { book, tell };
}

describe('an agency’s one-stop system that tells a status', () => {
  it('a status that is followed is answered with the event, and with what it made of the dossier', async () => {
    const { book, tell } = desk();
    const answer = await tell({ status: 6, amountDue: 50_000 });
    expect(statusOf(answer)).toBe(201);
    expect(operation.answer.parse(bodyOf(answer))).toMatchObject({
      outcome: 'followed',
      nationalStatus: 6,
      place: { name: 'DutyRequested' },
      event: {
        type: 'DutyRequested',
        details: { amountDue: 50_000 },
        occurredAt: new Date(monday + hour).toISOString(),
      },
    });
    expect(await book.timeline(dossierId)).toMatchObject([{ by: officer }]);
    expect(statusOf(await tell({ status: 6, amountDue: 50_000 }))).toBe(200);
  });

  it('a status is followed with the reason and the date that come with it', async () => {
    const refused = desk();
    await refused.tell({ status: 3, reason: 'papers-incomplete' });
    expect(await refused.book.timeline(dossierId)).toMatchObject([{ details: { reason: 'papers-incomplete' } }]);
    const supplemented = desk({ place: 'SupplementRequested', nationalStatus: 5 });
    const resultDueAt = monday + 72 * hour;
    await supplemented.tell({ status: 4, resultDueAt: new Date(resultDueAt).toISOString() });
    expect(await supplemented.book.timeline(dossierId)).toMatchObject([{ details: { resultDueAt } }]);
  });

  it('a status that stands for no step is accepted, to be seen to by a person', async () => {
    const { tell } = desk();
    const answer = await tell({ status: 42 });
    expect(statusOf(answer)).toBe(202);
    expect(bodyOf(answer)).toMatchObject({
      outcome: 'parked',
      nationalStatus: 4,
      place: { name: 'AtAgency' },
      event: { type: 'StatusReported' },
    });
    expect(statusOf(await tell({ status: 42 }))).toBe(200);
  });

  it('a status that the dossier has is answered with it, and with no event', async () => {
    const answer = await desk().tell({ status: 4 });
    expect(statusOf(answer)).toBe(200);
    expect(bodyOf(answer)).toEqual({
      outcome: 'same',
      nationalStatus: 4,
      place: expect.objectContaining({ name: 'AtAgency' }),
    });
  });

  it('a status of a dossier that is not there is refused', async () => {
    expect(noOf(await desk().tell({ status: 9 }, 'd-number-9'))).toEqual({ name: 'UnknownDossier' });
  });
});
