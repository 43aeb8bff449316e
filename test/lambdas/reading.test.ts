import { describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { decide, runOut } from '../../domain/journey/decide.ts';
import type { Party } from '../../domain/journey/dossier.ts';
import { limiter } from '../../domain/limiter.ts';
import { eventFacts, type Details, type EventType } from '../../domain/journey/events.ts';
import type { LookLog } from '../../domain/ports/looks.ts';
import { peopleDoorOf } from '../../domain/people/door.ts';
import { trackingIn } from '../../domain/people/tracking.ts';
import { readDossier } from '../../lambdas/read-dossier/read-dossier.ts';
import { reportHealth } from '../../lambdas/report-health/report-health.ts';
import { trackDossier } from '../../lambdas/track-dossier/track-dossier.ts';
import { at, clerk, courier, hour, label, monday, officer, ops, portal, report } from '../domain/journey/town.ts';
import { freshEntry, nextStep, scanned } from '../doubles/book.suite.ts';
import { memoryBook } from '../doubles/book.ts';
import { memoryLooks } from '../doubles/looks.ts';
import { trackingCodeFrom } from '../../domain/codes/tracking-code.ts';
import { actionsIn, bodyOf, noOf } from './people.ts';

const Stages = z.object({ stages: z.array(z.object({ en: z.string() })) });

/** A dossier that was registered, collected and scanned. */
async function onTheDesk() {
  const [book, looks] = [memoryBook(), memoryLooks()];
  const entry = freshEntry();
  const trackingCode = trackingCodeFrom('12345678901234567');
  const dossier = { ...entry.step.dossier, trackingCode };
  await book.open({ ...entry, step: { ...entry.step, dossier } });
  const collected = nextStep(dossier, clerk, 'Collected', {
    papers: { originals: 2, copies: 1 },
    sealNumber: 'BK-0001',
    amountCollected: dossier.charges.dueAtCollection,
  });
  await book.append(collected);
  await book.append(scanned(collected.dossier));
  const read = async (caller: Party, now = monday, log: LookLog = looks) =>
    readDossier({ door: peopleDoorOf(book, book, book, { log, now: () => now }), now: () => now })(
      { path: { dossierId: dossier.dossierId } },
      caller,
      { requestId: 'request-1', leftOut: new Map() },
    );
  const track = async (code: string, now = monday) =>
    trackDossier({
      track: trackingIn(book, () => now),
      addresses: limiter({ allowance: 'address', now: () => monday }),
      codes: limiter({ allowance: 'code', now: () => monday }),
    })(code, '203.0.113.7');
  return { book, looks, dossier, read, track };
}

describe('a dossier, read', () => {
  it.each([clerk, courier, officer])(
    'a dossier, read by its $role, shows where it is, how it came there, who it belongs to, and what he may report next',
    async (caller) => {
      const { read } = await onTheDesk();
      const outcome = await read(caller);
      expect(outcome).toMatchObject({ status: 200 });
      expect(bodyOf(outcome)).toMatchObject({
        place: { name: 'Collected', vi: 'Đã tiếp nhận', holder: 'post', end: false },
        version: 3,
        papers: { originals: 2, copies: 1 },
        overdue: false,
        applicant: { fullName: 'Nguyễn Thị Ví Dụ' },
        timeline: [
          { type: 'DossierRegistered' },
          { type: 'Collected', vi: 'Bưu điện đã kiểm đếm, niêm phong và nhận hồ sơ' },
          { type: 'Scanned' },
        ],
      });
      const moving = actionsIn(bodyOf(outcome)).filter(({ to }) => to.some((place) => place !== 'Collected'));
      expect(moving.map(({ event }) => event)).toEqual(
        caller === officer
          ? []
          : caller === clerk
            ? ['Dispatched', 'Withdrawn', 'ReportedMissing']
            : ['Dispatched', 'ReportedMissing'],
      );
    },
  );

  it.each([
    ['are not read where nothing speaks of evidence', undefined, 0],
    ['are read where an event does', [{ kind: 'photo', sha256: 'e'.repeat(64) }] as const, 1],
  ])('a dossier’s scans %s', async (_when, evidence, times) => {
    const book = memoryBook();
    const { event, dossier } = freshEntry().step;
    book.lay(dossier, [{ ...event, details: evidence === undefined ? {} : { evidence } }]);
    let reads = 0;
    const scans = async (dossierId: string) => ((reads += 1), book.scans(dossierId));
    const door = peopleDoorOf(book, { scans }, book, { log: memoryLooks(), now: () => monday });
    await readDossier({ door, now: () => monday })({ path: { dossierId: dossier.dossierId } }, clerk);
    expect(reads).toBe(times);
  });

  it('a dossier, read by ops, shows everything but the person, and no step to take', async () => {
    const { read } = await onTheDesk();
    const body = bodyOf(await read(ops));
    expect(body).toMatchObject({ place: { name: 'Collected' }, allowedActions: [] });
    expect(body).not.toHaveProperty('applicant');
    expect(JSON.stringify(body)).not.toMatch(/Ví Dụ|0900000001/);
  });

  it.each<Party>([
    { role: 'clerk', unit: 'PO-NARI' },
    { role: 'officer', unit: 'AG-BHXH' },
    { role: 'courier', unit: '' },
    portal,
  ])('a dossier, read by a stranger, %j, is as unknown as one that does not exist', async (caller) => {
    const { read } = await onTheDesk();
    expect(noOf(await read(caller))).toEqual({ name: 'UnknownDossier' });
    const book = memoryBook();
    expect(
      noOf(
        await readDossier({
          door: peopleDoorOf(book, book, book, { log: memoryLooks(), now: () => monday }),
          now: () => monday,
        })({ path: { dossierId: 'd-nobody' } }, ops),
      ),
    ).toEqual({ name: 'UnknownDossier' });
  });

  it('a dossier says that it is overdue when its time has run out, spoken of or not', async () => {
    const { read } = await onTheDesk();
    expect(bodyOf(await read(clerk, at('2026-03-03T17:00')))).toMatchObject({
      dueAt: '2026-03-03T10:00:00.000Z',
      overdue: false,
    });
    expect(bodyOf(await read(clerk, at('2026-03-03T17:00') + 1))).toMatchObject({ overdue: true });
  });

  it('a dossier stays overdue when it was spoken of, though the next reminder lies ahead', async () => {
    const { dossier } = await onTheDesk();
    const book = memoryBook();
    book.lay({ ...dossier, reminders: 1, dueAt: monday + 1 });
    expect(
      bodyOf(
        await readDossier({
          door: peopleDoorOf(book, book, book, { log: memoryLooks(), now: () => monday }),
          now: () => monday,
        })({ path: { dossierId: dossier.dossierId } }, clerk),
      ),
    ).toMatchObject({ overdue: true });
  });

  it('a dossier whose person was erased is shown without her', async () => {
    const { dossier } = await onTheDesk();
    const book = memoryBook();
    book.lay(dossier);
    expect(
      bodyOf(
        await readDossier({
          door: peopleDoorOf(book, book, book, { log: memoryLooks(), now: () => monday }),
          now: () => monday,
        })({ path: { dossierId: dossier.dossierId } }, clerk),
      ),
    ).not.toHaveProperty('applicant');
  });
});

describe('whoever sees the people of a dossier', () => {
  it('whoever sees the people of a dossier is written down first, with what is shown of them and not what it says', async () => {
    const { dossier, looks, read } = await onTheDesk();
    await read({ ...courier, person: 'sub-1' });
    expect(looks.all).toEqual([
      {
        dossierId: dossier.dossierId,
        by: { ...courier, person: 'sub-1' },
        at: monday,
        requestId: 'request-1',
        saw: { fields: ['fullName', 'phone', 'address'] },
      },
    ]);
  });

  it('whoever sees the people of a dossier sees nothing when that cannot be written down', async () => {
    const { read } = await onTheDesk();
    const note = async () => Promise.reject(new Error('the log of looks is away'));
    await expect(read(clerk, monday, { note })).rejects.toThrow('the log of looks is away');
    expect(bodyOf(await read(ops, monday, { note }))).not.toHaveProperty('applicant');
  });

  it.each<Party>([ops, portal])(
    'whoever sees nothing of the people of a dossier, as $role, is written down nowhere',
    async (caller) => {
      const { looks, read } = await onTheDesk();
      await read(caller);
      expect(looks.all).toEqual([]);
    },
  );
});

describe('a dossier, tracked by the code on the slip', () => {
  it('a dossier that is tracked shows the stages with the times of the place, and nothing of people, procedure, offices or remarks', async () => {
    const { dossier, track } = await onTheDesk();
    const body = bodyOf(await track(dossier.trackingCode));
    expect(body).toEqual({
      trackingCode: '123-456-789-012-345-671',
      place: { name: 'Collected', vi: 'Đã tiếp nhận', en: 'Collected', holder: 'post', end: false },
      next: {
        vi: 'Bưu điện đang giữ hồ sơ, chưa chuyển đi. Bưu điện phải chuyển đi trước 17:00 03/03/2026.',
        en: 'The post has the papers and has not sent them off yet. It has to send them off by 17:00 03/03/2026.',
      },
      overdue: false,
      dueAt: '2026-03-03T10:00:00.000Z',
      dueAtLocal: '17:00 03/03/2026',
      stages: [
        {
          vi: 'Hồ sơ được đăng ký',
          en: 'Dossier registered',
          at: '2026-03-02T01:00:00.000Z',
          atLocal: '08:00 02/03/2026',
        },
        {
          vi: 'Bưu điện đã kiểm đếm, niêm phong và nhận hồ sơ',
          en: 'Counted, sealed and collected by the post',
          at: '2026-03-02T02:00:00.000Z',
          atLocal: '09:00 02/03/2026',
        },
      ],
    });
  });

  it('a dossier that is tracked shows every stage and only stages, however often the clock reminded of it between them', async () => {
    const { book, dossier, track } = await onTheDesk();
    let now = monday;
    const record = async (by: Party, type: EventType, details: Details = {}): Promise<void> => {
      const head = await book.head(dossier.dossierId);
      if (head === undefined) throw new Error('it is there');
      now += hour;
      const decision = decide(head, report(by, type, details, now), now);
      if (!decision.ok) throw new Error(decision.refusal.name);
      await book.append(decision.value);
    };
    const remind = async (often: number): Promise<void> => {
      for (let n = 0; n < often; n += 1) {
        const head = await book.head(dossier.dossierId);
        now = head?.dueAt ?? now;
        const said = head && runOut(head, now);
        const decision = said && decide(head, said, now);
        if (!decision?.ok) throw new Error('the clock has nothing to say');
        await book.append(decision.value);
      }
    };
    await remind(150);
    await record(clerk, 'Dispatched', { itemCode: label() });
    await remind(150);
    await record(officer, 'HandedToAgency', {
      papers: { originals: 2, copies: 1 },
      sealIntact: true,
      feeHandedOver: dossier.charges.stateFee,
      resultDueAt: now + 200 * hour,
    });
    await remind(1);
    const { stages } = Stages.parse(bodyOf(await track(dossier.trackingCode)));
    expect(stages.map(({ en }) => en)).toEqual(
      (['DossierRegistered', 'Collected', 'Dispatched', 'HandedToAgency'] as const).map((type) => eventFacts[type].en),
    );
  });

  it('a dossier that is tracked shows its stages as they happened, though some were told late among reminders', async () => {
    const { book, dossier, track } = await onTheDesk();
    const [registration, collected] = await book.timeline(dossier.dossierId);
    if (registration === undefined || collected === undefined) throw new Error('both were recorded');
    const late = {
      ...collected,
      number: 130,
      type: 'Dispatched',
      occurredAt: monday + 1,
      milestone: false,
      moves: true,
    } as const;
    const noise = Array.from({ length: 127 }, (_none, n) => n + 3);
    book.lay({ ...dossier, version: 130, idle: noise }, [registration, collected, late]);
    const { stages } = Stages.parse(bodyOf(await track(dossier.trackingCode)));
    expect(stages.map(({ en }) => en)).toEqual(
      (['DossierRegistered', 'Dispatched', 'Collected'] as const).map((type) => eventFacts[type].en),
    );
  });

  it.each(['123-456-789-012-345-671', '123456 789012 345671', '123.456.789.012.345.671'])(
    'a dossier is tracked by the code as people type it: %s',
    async (typed) => {
      const { track } = await onTheDesk();
      expect(noOf(await track(typed))).toBe('yes 200');
    },
  );

  it.each(['123456789012345672', '123456789015', '999999999999999997', 'abcdefghijkl', "1' OR '1'='1"])(
    'a dossier that is tracked is unknown by %s',
    async (code) => {
      const { track } = await onTheDesk();
      expect(noOf(await track(code))).toEqual({ name: 'UnknownDossier' });
    },
  );
});

// Holds ADR 0030.
describe('the code of a journey that is over', () => {
  const ended = Date.parse('2026-03-10T02:00:00Z');
  const over = async () => {
    const book = memoryBook();
    const entry = freshEntry();
    const code = trackingCodeFrom('12345678901234567');
    const dossier = { ...entry.step.dossier, trackingCode: code, place: 'Delivered' as const, since: ended };
    await book.open({ ...entry, step: { ...entry.step, dossier } });
    const read: string[] = [];
    const listening: typeof book = {
      ...book,
      dossierIdOf: async (one) => {
        read.push('code');
        return book.dossierIdOf(one);
      },
      head: async (id) => {
        read.push('head');
        return book.head(id);
      },
      newest: async (id, most) => {
        read.push('events');
        return book.newest(id, most);
      },
    };
    const trackedAt = async (now: number, asked = code) => {
      read.length = 0;
      const tracked = await trackingIn(listening, () => now)(asked);
      return [tracked?.place, ...read];
    };
    return trackedAt;
  };

  it('the code of a journey that is over is answered for six months, and then no more', async () => {
    const trackedAt = await over();
    // The tenth of September is the last day, to its end in Vietnam.
    expect(await trackedAt(Date.parse('2026-09-10T16:59:59Z'))).toEqual(['Delivered', 'code', 'head', 'events']);
    expect((await trackedAt(Date.parse('2026-09-10T17:00:00Z')))[0]).toBeUndefined();
  });

  it('the code of a journey that is over takes the same reads as one that nobody was given', async () => {
    const trackedAt = await over();
    const isOver = await trackedAt(Date.parse('2027-01-01T00:00:00Z'));
    expect(await trackedAt(ended, '999999999999999997')).toEqual(isOver);
    expect(isOver).toEqual([undefined, 'code', 'head']);
  });
});

describe('the door', () => {
  it('the door answers, and tells strangers nothing more', async () => {
    expect(await reportHealth()).toEqual({ status: 200, body: { status: 'ok' } });
  });
});
