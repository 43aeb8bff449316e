import { describe, expect, it } from '@jest/globals';
import { scheduledRound } from '../../adapters/scheduled-round.ts';
import { sweepDue } from '../../lambdas/sweep-due/sweep-due.ts';
import { at, day, dossierAt, hour } from '../domain/journey/town.ts';
import { listenToLog } from '../adapters/http/log-lines.ts';
import { memoryBook, type MemoryBook } from '../doubles/book.ts';

const log = listenToLog();
const due = at('2026-03-04T17:00');
const minute = 60_000;
class Unreadable extends Error {}
class Away extends Error {}

function set(count = 1) {
  const book = memoryBook();
  const ids = Array.from({ length: count }, (_one, number) => `d-${number}`);
  for (const dossierId of ids) book.lay({ ...dossierAt('InTransitToAgency', { dueAt: due }), dossierId });
  const sweep = async (now: number, change: Partial<MemoryBook> = {}) =>
    sweepDue(
      { ...book, ...change },
      (error) => error instanceof Unreadable,
      () => now,
      async () => undefined,
    )();
  return { book, sweep };
}
const nothing = { rung: 0, renewed: 0, findings: 0, failed: 0, standing: 0, isMore: false };

describe('the sweep', () => {
  it('the sweep finds nothing while executions ring by themselves, and for five minutes more', async () => {
    const { book, sweep } = set();
    expect(await sweep(due + 5 * minute)).toEqual(nothing);
    expect(await book.timeline('d-0')).toEqual([]);
  });

  it('the sweep rings what nobody rang, once, as the clock would, and has the execution looked after', async () => {
    const { book, sweep } = set();
    const now = due + 5 * minute + 1;
    expect(await sweep(now)).toEqual({ ...nothing, rung: 1 });
    expect(await book.timeline('d-0')).toMatchObject([{ type: 'DeadlinePassed', by: { role: 'clock' } }]);
    expect(await book.executionLine('d-0')).toMatchObject({ nudgedAt: now });
    expect(await sweep(now)).toEqual(nothing);
    expect(await book.timeline('d-0')).toHaveLength(1);
  });

  it('the sweep has an execution renewed on its day, and forgets one whose journey is over', async () => {
    const { book, sweep } = set();
    const wait = { place: 'Delivered', taskToken: 'token', followed: 5, generation: 1, edition: 3, renewAt: due - day };
    await book.arrive('d-0', { ...wait, place: 'InTransitToAgency' });
    expect(await sweep(due - hour)).toEqual({ ...nothing, renewed: 1 });
    expect(await book.executionLine('d-0')).toMatchObject({ nudgedAt: due - hour });
    book.lay({ ...dossierAt('Delivered'), dossierId: 'd-9' });
    await book.arrive('d-9', wait);
    await sweep(due - hour);
    expect(await book.executionLine('d-9')).not.toHaveProperty('renewAt');
    expect(await book.executionLine('d-9')).not.toHaveProperty('nudgedAt');
  });

  it('the sweep writes for ops what cannot be read, and goes on with the others', async () => {
    const { book, sweep } = set(3);
    const head: MemoryBook['head'] = async (id) => (id === 'd-1' ? Promise.reject(new Unreadable()) : book.head(id));
    const now = due + hour;
    expect(await sweep(now, { head })).toEqual({ ...nothing, rung: 2, findings: 1, standing: 1 });
    expect([...book.findings.values()]).toEqual([{ dossierId: 'd-1', reason: 'unreadable', at: now }]);
    expect(await sweep(now + hour)).toEqual({ ...nothing, rung: 1 });
    expect([...book.findings.values()]).toEqual([]);
  });

  it('the sweep takes from the desk of ops what has passed without it: somebody has reported, or the journey is over', async () => {
    const { book, sweep } = set(3);
    const head: MemoryBook['head'] = () => Promise.reject(new Unreadable());
    expect(await sweep(due + hour, { head })).toEqual({ ...nothing, findings: 3, standing: 3 });
    for (const dossierId of ['d-0', 'd-1']) await book.replace(dossierId, 1, { kind: 'pause' }, due);
    book.lay({ ...dossierAt('InTransitToAgency', { dueAt: due + 9 * day }), dossierId: 'd-0' });
    book.lay({ ...dossierAt('Delivered'), dossierId: 'd-1' });
    const cannot: MemoryBook['head'] = async (id) => (id === 'd-2' ? head(id) : book.head(id));
    expect(await sweep(due + 2 * hour, { head: cannot })).toEqual({ ...nothing, findings: 1, standing: 2 });
    expect(await book.standing()).toEqual([
      { dossierId: 'd-2', kind: 'due' },
      { dossierId: 'd-0', kind: 'paused' },
    ]);
  });

  it('the sweep counts what cannot be done now, writes no finding of it, goes on, and fails in the end', async () => {
    const { book, sweep } = set(3);
    const append: MemoryBook['append'] = async (step) =>
      step.dossier.dossierId === 'd-0' ? Promise.reject(new Away()) : book.append(step);
    expect(await sweep(due + hour, { append })).toEqual({ ...nothing, rung: 2, failed: 1 });
    expect([...book.findings.values()]).toEqual([]);
    const standing: number[] = [];
    const round = (writer: Partial<MemoryBook>) =>
      scheduledRound(
        'swept',
        async () => sweep(due + hour, writer),
        (done) => standing.push(done.standing),
      )();
    await expect(round({ append })).rejects.toThrow('1 items');
    await expect(round({})).resolves.toBeUndefined();
    expect(standing).toEqual([0, 0]);
    expect(log.text()).toContain('"rung":1');
  });

  it('the sweep leaves what is more than one sweep can do to the next', async () => {
    const { sweep } = set(501);
    expect(await sweep(due + hour)).toEqual({ ...nothing, rung: 500, isMore: true });
    expect(await sweep(due + hour)).toEqual({ ...nothing, rung: 1 });
  });
});
