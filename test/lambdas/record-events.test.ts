import { describe, expect, it } from '@jest/globals';
import { borderProblem } from '../../contract/problem.ts';
import { recordEvents as operation } from '../../contract/record-events.ts';
import { takeInAll } from '../../domain/intake/take-in-all.ts';
import type { Intake } from '../../domain/intake/take-in.ts';
import { recordEvents } from '../../lambdas/record-events/record-events.ts';
import { courier, dossierAt, hour, monday } from '../domain/journey/town.ts';
import { memoryBook } from '../doubles/book.ts';
import { bodyOf } from './people.ts';

function scan(dossierId: string, eventId: string) {
  return {
    dossierId,
    eventId,
    type: 'Scanned',
    occurredAt: new Date(monday + hour).toISOString(),
    details: { postOfficeId: 'PO-BACKAN' },
  };
}

/** A desk with two dossiers, and what it answers to a batch: the status of each item with its code. */
function desk(change: Partial<Intake> = {}) {
  const book = memoryBook();
  for (const dossierId of ['d-counter-1', 'd-counter-2']) book.lay({ ...dossierAt('ResultInTransit'), dossierId });
  const intake = { book, now: () => monday + 2 * hour, pause: async () => {}, ...change };
  const told: unknown[] = [];
  const useCase = recordEvents(
    async (all) => takeInAll(intake, all),
    (thrown) => {
      told.push(thrown);
      return borderProblem('Unexpected');
    },
  );
  const send = async (...items: ReturnType<typeof scan>[]) => {
    const { body } = operation.request.parse({ body: { items } });
    const answer = operation.answer.parse(bodyOf(await useCase({ body }, courier)));
    return answer.items.map(({ status, problem }) => [status, problem?.code]);
  };
  return { book, told, send };
}

describe('a batch of events', () => {
  it('a batch of events in which one dossier fails is taken in for all others, and the failure is told once', async () => {
    const { book, told, send } = desk();
    const failing = desk({
      book: {
        ...book,
        head: async (dossierId) => {
          if (dossierId === 'd-counter-1') throw new Error('out of order');
          return book.head(dossierId);
        },
      },
    });
    expect(await failing.send(scan('d-counter-1', 'scan-0001'), scan('d-counter-2', 'scan-0002'))).toEqual([
      [500, 'Unexpected'],
      [201, undefined],
    ]);
    expect([failing.told.length, told.length]).toEqual([1, 0]);
    expect(await send(scan('d-counter-1', 'scan-0001'))).toEqual([[201, undefined]]);
  });

  it('a batch of events whose time is over is answered in time: what was not reached is to be sent again', async () => {
    let now = monday + 2 * hour;
    const { book } = desk();
    // Each item takes five seconds.
    const slow = desk({ book, now: () => (now += 5_000) });
    const items = Array.from({ length: 6 }, (_item, index) => scan('d-counter-1', `scan-100${index}`));
    const answers = await slow.send(...items);
    expect(answers.at(0)).toEqual([201, undefined]);
    expect(answers.at(-1)).toEqual([503, 'NotReached']);
    expect(borderProblem('NotReached').retryable).toBe(true);
    expect((await desk({ book }).send(...items)).map(([status]) => status)).toEqual([200, 201, 201, 201, 201, 201]);
  });
});
