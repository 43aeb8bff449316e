import { describe, expect, it } from '@jest/globals';
import { readDesk as operation } from '../../contract/read-desk.ts';
import type { Dossier } from '../../domain/journey/dossier.ts';
import { readDesk } from '../../lambdas/read-desk/read-desk.ts';
import { clerk, dossierAt, hour, monday, officer } from '../domain/journey/town.ts';
import { memoryCounter } from '../doubles/desk-counter.ts';
import { bodyOf } from './people.ts';

/** A desk whose clock stands still until it is told otherwise; whoever pauses is shown. */
function aDesk() {
  const dossiers: Dossier[] = [
    dossierAt('Collected', { dueAt: monday + hour }),
    dossierAt('Collected', { dueAt: monday - hour }),
    dossierAt('AtAgency'),
  ];
  const counter = memoryCounter(() => dossiers);
  const watch = { now: monday, pauses: 0 };
  const pause = async (): Promise<void> => {
    watch.pauses += 1;
    watch.now += 100;
  };
  const read = async (caller = clerk) => bodyOf(await readDesk({ counter, now: () => watch.now, pause })({}, caller));
  return { dossiers, counter, watch, read };
}

describe('the counts of a desk', () => {
  it('the counts of a desk say of each place how much waits there and how much is overdue, and when that was counted', async () => {
    const { read } = aDesk();
    const body = await read();
    expect(operation.answer.parse(body)).toEqual({
      unit: 'PO-BACKAN',
      countedAt: '2026-03-02T01:00:00.000Z',
      countedAtLocal: '08:00 02/03/2026',
      waiting: [{ place: expect.objectContaining({ name: 'Collected', vi: 'Đã tiếp nhận' }), total: 2, overdue: 1 }],
      unsettled: [],
    });
    expect(await read(officer)).toMatchObject({ unit: 'AG-PASC-BACKAN', waiting: [{ total: 1 }] });
  });

  it('the counts of a desk are a minute old at most, however many ask', async () => {
    const { dossiers, counter, watch, read } = aDesk();
    const first = await read();
    dossiers.push(dossierAt('Collected'));
    watch.now = monday + 60_000;
    expect(await read()).toEqual(first);
    expect(counter.counted()).toBe(1);
    watch.now = monday + 60_001;
    expect(await read()).toMatchObject({ countedAt: '2026-03-02T01:01:00.001Z', waiting: [{ total: 3 }] });
    expect(counter.counted()).toBe(2);
  });

  it('the counts of a desk are counted by one of many who ask at once, and the others wait for him', async () => {
    const { counter, read } = aDesk();
    const answers = await Promise.all(Array.from({ length: 20 }, async () => read()));
    expect(counter.counted()).toBe(1);
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  });

  it('the counts of a desk are counted all the same when whoever was to count them has died', async () => {
    const { counter, watch, read } = aDesk();
    await counter.claim(clerk.unit, watch.now);
    expect(await read()).toMatchObject({ waiting: [{ total: 2 }] });
    expect(watch.pauses).toBe(50);
  });
});
