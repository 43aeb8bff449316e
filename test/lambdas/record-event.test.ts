import type { Request } from '../../contract/operation.ts';
import { describe, expect, it } from '@jest/globals';
import { recordEvent as operation } from '../../contract/record-event.ts';
import type { Dossier, Party } from '../../domain/journey/dossier.ts';
import { takeIn, type Intake } from '../../domain/intake/take-in.ts';
import { notesADay } from '../../domain/limits.ts';
import { recordEvent } from '../../lambdas/record-event/record-event.ts';
import { clerk, courier, dossierAt, hour, monday, officer, opening, ops } from '../domain/journey/town.ts';
import { memoryBook, type MemoryBook } from '../doubles/book.ts';
import { scanned } from '../doubles/book.suite.ts';
import { bodyOf, dyingOnce, Killed, noOf, statusOf, type Moment } from './people.ts';

type Asked = Request<typeof operation>;

const evidence = [{ kind: 'signature', sha256: 'a'.repeat(64) }];
function delivered(change: Record<string, unknown> = {}): Asked {
  return operation.request.parse({
    path: { dossierId: 'd-counter-1' },
    body: {
      eventId: 'courier-event-1',
      type: 'Delivered',
      occurredAt: new Date(monday + hour).toISOString(),
      details: {
        receiver: { name: 'Trần Văn Thí Dụ', relationship: 'spouse' },
        authorityShown: true,
        identityPaper: 'citizen-card',
        evidence,
        amountCollected: 0,
      },
      ...change,
    },
  });
}
function scan(eventId: string, change: Record<string, unknown> = {}): Asked {
  return delivered({ eventId, type: 'Scanned', details: { postOfficeId: 'PO-BACKAN' }, ...change });
}

function recording(intake: Intake): ReturnType<typeof recordEvent> {
  return recordEvent(async (said) => takeIn(intake, said));
}

function desk(
  change: Partial<Intake> = {},
  dossier: Dossier = dossierAt('OutForDelivery'),
): { book: MemoryBook; say: (request: Asked, caller?: Party) => ReturnType<ReturnType<typeof recording>> } {
  const book = memoryBook();
  book.lay(dossier);
  const useCase = recording({ book, now: () => monday + 2 * hour, pause: async () => {}, ...change });
  return { book, say: async (request, caller = courier) => useCase(request, caller) };
}

describe('an event', () => {
  it('an event is recorded with the place it leads to, and what may be reported next', async () => {
    const { book, say } = desk({}, dossierAt('ResultInTransit'));
    const outcome = await say(delivered({ type: 'OutForDelivery', details: {} }));
    expect(statusOf(outcome)).toBe(201);
    expect(bodyOf(outcome)).toMatchObject({
      event: {
        eventId: 'courier-event-1',
        number: 6,
        type: 'OutForDelivery',
        vi: 'Bưu tá đang đi phát',
        by: courier,
        occurredAt: '2026-03-02T02:00:00.000Z',
        receivedAt: '2026-03-02T03:00:00.000Z',
      },
      place: { name: 'OutForDelivery', vi: 'Đang phát' },
      version: 6,
      allowedActions: expect.arrayContaining([
        expect.objectContaining({
          event: 'Delivered',
          requires: ['receiver', 'identityPaper', 'evidence', 'amountCollected'],
        }),
        expect.objectContaining({ event: 'DeliveryFailed' }),
        expect.objectContaining({ event: 'Scanned' }),
      ]),
    });
    expect((await book.head('d-counter-1'))?.place).toBe('OutForDelivery');
  });

  it('an event keeps the name of whoever took the paper apart from the book', async () => {
    const { book, say } = desk();
    const outcome = await say(delivered());
    expect(book.receivers.get('courier-event-1')).toBe('Trần Văn Thí Dụ');
    expect(JSON.stringify([await book.timeline('d-counter-1'), await book.head('d-counter-1'), outcome])).not.toContain(
      'Thí Dụ',
    );
    expect(await book.eventById('d-counter-1', 'courier-event-1')).toMatchObject({
      details: { receiver: { relationship: 'spouse' } },
    });
  });

  it('an event of a dossier that does not exist, or is another office’s, is answered the same', async () => {
    const { book, say } = desk();
    const { event, dossier } = opening('counter');
    book.lay(dossier, [event]);
    const [nowhere, foreign] = [
      await say(delivered(), { role: 'courier', unit: 'PO-NARI' }),
      await recording({ book: memoryBook(), now: () => monday, pause: async () => {} })(delivered(), courier),
    ];
    expect(noOf(nowhere)).toEqual({ name: 'UnknownDossier' });
    expect(foreign).toEqual(nowhere);
    expect(noOf(await say(delivered(), ops))).toEqual({ name: 'UnknownDossier' });
  });

  it('an event that the law refuses leaves no trace, and shows where the dossier is', async () => {
    const { book, say } = desk();
    const outcome = await say(delivered(), officer);
    expect(outcome).toMatchObject({ refusal: { name: 'NotYourStep' }, dossier: { place: 'OutForDelivery' } });
    expect([await book.timeline('d-counter-1'), book.receivers.size]).toEqual([[], 0]);
  });
});

describe('an event that comes twice', () => {
  it('an event that comes twice is answered as before, with the dossier as it is now, and counts once', async () => {
    const { book, say } = desk();
    const first = bodyOf(await say(delivered()));
    const again = await say(delivered());
    expect(statusOf(again)).toBe(200);
    expect(bodyOf(again)).toEqual({ ...first, firstOutcome: 'stored' });
    expect(await book.timeline('d-counter-1')).toHaveLength(1);
  });

  it('an event that comes twice is known though the dossier has moved on since', async () => {
    const { say } = desk({}, dossierAt('ResultInTransit'));
    await say(scan('scan-0001'));
    await say(delivered({ eventId: 'out-00001', type: 'OutForDelivery', details: {} }));
    const again = await say(scan('scan-0001'));
    expect(statusOf(again)).toBe(200);
    expect(bodyOf(again)).toMatchObject({
      event: { eventId: 'scan-0001', type: 'Scanned' },
      place: { name: 'OutForDelivery' },
      version: 6,
    });
  });

  it('an event that comes twice is known whatever version it expected then', async () => {
    const { say } = desk();
    await say({ ...scan('scan-0001'), ifMatch: 5 });
    expect(statusOf(await say({ ...scan('scan-0001'), ifMatch: 5 }))).toBe(200);
  });

  it.each<[string, Record<string, unknown>, Party]>([
    ['another place', { details: { postOfficeId: 'PO-NARI' } }, courier],
    ['another time', { occurredAt: new Date(monday).toISOString() }, courier],
    ['another type', { type: 'DeliveryFailed', details: { reason: 'receiver-absent', solution: 'hold' } }, courier],
    ['another speaker', {}, clerk],
  ])('an event that comes twice with %s is no duplicate: its id was used', async (_what, change, caller) => {
    const { book, say } = desk();
    await say(scan('scan-0001'));
    const outcome = await say(scan('scan-0001', change), caller);
    expect(outcome).toMatchObject({ refusal: { name: 'EventIdReused' }, dossier: { version: 5 } });
    expect(await book.notes('d-counter-1', 9)).toHaveLength(1);
  });
});

describe('a note too many', () => {
  it('a note too many for its day is refused until the local day is over', async () => {
    const { say } = desk();
    for (let told = 0; told < notesADay; told += 1) expect(statusOf(await say(scan(`scan-${told}-0000`)))).toBe(201);
    // It is ten in the morning.
    expect(await say(scan('scan-too-many'))).toMatchObject({
      refusal: { name: 'TooManyNotes', retryAfter: 14 * 3600 },
    });
  });
});

describe('two who speak at once', () => {
  /** Somebody else writes between reading and writing, so often. */
  const raced = (times: number) => {
    const book = memoryBook();
    book.lay(dossierAt('OutForDelivery'));
    let left = times;
    const append: MemoryBook['append'] = async (step, personal) => {
      left -= 1;
      if (left >= 0) await book.append(scanned((await book.head('d-counter-1')) ?? dossierAt('OutForDelivery')));
      return book.append(step, personal);
    };
    return { ...desk({ book: { ...book, append } }), book };
  };

  it('of two who speak at once, whoever loses the race is let try again, and both are stored', async () => {
    const { book, say } = raced(3);
    expect(statusOf(await say(delivered()))).toBe(201);
    expect((await book.timeline('d-counter-1')).map(({ type }) => type)).toEqual([
      'Scanned',
      'Scanned',
      'Scanned',
      'Delivered',
    ]);
  });

  it('of two who speak at once, whoever has said which version he means is told that it has moved', async () => {
    const { book, say } = raced(1);
    const outcome = await say({ ...delivered(), ifMatch: 5 });
    expect(outcome).toMatchObject({
      refusal: { name: 'VersionMoved' },
      dossier: { version: 6, place: 'OutForDelivery' },
    });
    expect(await book.timeline('d-counter-1')).toHaveLength(1);
  });

  /** A dossier that has been collected, with its history. */
  const collectedOne = async () => {
    const { event, dossier } = opening('counter');
    const book = memoryBook();
    book.lay(dossier, [event]);
    const say = async (from: MemoryBook, request: Asked) =>
      recording({ book: from, now: () => monday + hour, pause: async () => {} })(request, clerk);
    await say(
      book,
      said('collected-1', 'Collected', 10, {
        papers: { originals: 1, copies: 0 },
        sealNumber: 'BK-0001',
        amountCollected: dossier.charges.dueAtCollection,
      }),
    );
    return { book, dossier, say };
  };
  const said = (eventId: string, type: string, minutes: number, details: unknown) =>
    delivered({ eventId, type, occurredAt: new Date(monday + minutes * 60_000).toISOString(), details });

  it('two who speak at once are the same phone twice, and the slower is not refused for the label of its own twin', async () => {
    const { book, say } = await collectedOne();
    const request = said('dispatched-1', 'Dispatched', 20, { itemCode: 'RA123456785VN' });
    let isFirst = true;
    const racing: MemoryBook = {
      ...book,
      // The twin is written after the event was looked for and before the head is read.
      eventById: async (dossierId, eventId) => (isFirst ? undefined : book.eventById(dossierId, eventId)),
      head: async (dossierId) => {
        if (isFirst) await say(book, request);
        isFirst = false;
        return book.head(dossierId);
      },
    };
    expect(statusOf(await say(racing, request))).toBe(200);
  });

  it('two who speak at once about the past are both stored, though the timeline is newer than the head that was read', async () => {
    const { book, dossier, say } = await collectedOne();
    const missing = { reason: 'not-found-in-bag' };
    await say(book, said('dispatched-1', 'Dispatched', 20, { itemCode: 'RA123456785VN' }));
    await say(book, said('missing-0001', 'ReportedMissing', 30, missing));
    await say(book, said('found-000001', 'Found', 50, {}));
    const before = await book.head(dossier.dossierId);
    await say(book, said('missing-0002', 'ReportedMissing', 25, missing));
    let isFirst = true;
    const head: MemoryBook['head'] = async (dossierId) => {
      const read = isFirst ? before : await book.head(dossierId);
      isFirst = false;
      return read;
    };
    expect(statusOf(await say({ ...book, head }, said('found-000002', 'Found', 45, {})))).toBe(201);
  });

  it('whoever is overtaken without end is told so at last, and may ask again', async () => {
    const { say } = raced(Number.POSITIVE_INFINITY);
    expect(await say(delivered())).toMatchObject({ refusal: { name: 'Overtaken' } });
  });

  it('two who speak at once are the same phone twice: both are answered with the one event', async () => {
    const book = memoryBook();
    book.lay(dossierAt('OutForDelivery'));
    const { say } = desk({
      book: {
        ...book,
        append: async (step) => {
          await book.append(step);
          return book.append(step);
        },
      },
    });
    const outcome = await say(delivered());
    expect(statusOf(outcome)).toBe(200);
    expect(await book.timeline('d-counter-1')).toHaveLength(1);
  });

  it('an overtaking is seen beforehand by whoever says which version he has read', async () => {
    const { book, say } = desk();
    expect(await say({ ...delivered(), ifMatch: 4 })).toMatchObject({
      refusal: { name: 'VersionMoved' },
      dossier: { version: 5 },
    });
    expect(await book.timeline('d-counter-1')).toEqual([]);
    expect(statusOf(await say({ ...delivered(), ifMatch: 5 }))).toBe(201);
  });
});

describe('a process that is killed while it records', () => {
  it.each<[string, Moment]>([
    ['before the book is written', 'before'],
    ['when the book is written and nobody was told', 'after'],
  ])(
    'a process is killed %s: the event comes again, nothing is lost and nothing is there twice',
    async (_when, moment) => {
      const book = memoryBook();
      book.lay(dossierAt('OutForDelivery'));
      const { say } = desk({ book: { ...book, append: dyingOnce(moment, book.append) } });
      await expect(say(delivered())).rejects.toThrow(Killed);
      const again = await say(delivered());
      expect(statusOf(again)).toBe(moment === 'after' ? 200 : 201);
      expect((await book.timeline('d-counter-1')).map(({ type }) => type)).toEqual(['Delivered']);
      expect([...book.receivers.values()]).toEqual(['Trần Văn Thí Dụ']);
      expect(await book.head('d-counter-1')).toMatchObject({ place: 'Delivered', version: 6 });
    },
  );
});

describe('who acted, and with what', () => {
  it('who acted, and with what, is kept with the event as an opaque subject and a count of the device, and told to nobody', async () => {
    const { book, say } = desk();
    const device = { id: 'phone-0001', sequence: 41 };
    const answer = await say(delivered({ device }), { ...courier, person: 'subject-7' });
    const event = await book.eventById('d-counter-1', 'courier-event-1');
    expect(event).toMatchObject({ by: { ...courier, person: 'subject-7' }, device });
    expect(JSON.stringify(bodyOf(answer))).not.toContain('subject-7');
  });
});

describe('what a report says of people', () => {
  it('what a report says of people makes it another report, though the book keeps nothing of it', async () => {
    const { book, say } = desk();
    await say(delivered());
    const receiver = { name: 'Trần Văn Khác', relationship: 'spouse' };
    const other = delivered({
      details: {
        receiver,
        authorityShown: true,
        identityPaper: 'citizen-card',
        evidence,
        amountCollected: 0,
      },
    });
    expect(noOf(await say(other))).toEqual({ name: 'EventIdReused' });
    expect(statusOf(await say(delivered()))).toBe(200);
    expect([...book.receivers.values()]).toEqual(['Trần Văn Thí Dụ']);
  });

  const corrected = (phone: string) =>
    delivered({ eventId: 'correction-1', type: 'ContactCorrected', details: { contact: { phone } } });

  it('what a report says of people can correct a wrong telephone number, of which the book keeps the field’s name alone', async () => {
    const { book, say } = desk({}, dossierAt('AtAgency', { registeredBy: clerk }));
    const outcome = await say(corrected('+84 912 345 678'), clerk);
    expect(statusOf(outcome)).toBe(201);
    expect(bodyOf(outcome)).toMatchObject({
      event: { type: 'ContactCorrected', details: { contact: { field: 'phone' } } },
    });
    expect(JSON.stringify(await book.timeline('d-counter-1'))).not.toMatch(/912/);
    expect(statusOf(await say(corrected('0912345678'), clerk))).toBe(200);
    expect(noOf(await say(corrected('0912345679'), clerk))).toEqual({ name: 'EventIdReused' });
  });

  it.each<[string, Party]>([
    ['a clerk of the office that delivers', { role: 'clerk', unit: 'PO-NARI' }],
    ['the agency', officer],
    ['a courier of the registering office', courier],
  ])(
    'a telephone number cannot be corrected by %s: only who registered the dossier knows the person',
    async (_who, party) => {
      const dossier = dossierAt('ResultInTransit', { registeredBy: clerk, deliveryPostOfficeId: 'PO-NARI' });
      const { say } = desk({}, dossier);
      expect(noOf(await say(corrected('0912345678'), party))).toMatchObject({ name: 'NotYourStep', by: ['clerk'] });
    },
  );

  it('a telephone number cannot be corrected when the journey is over', async () => {
    const { say } = desk({}, dossierAt('Delivered', { registeredBy: clerk }));
    expect(noOf(await say(corrected('0912345678'), clerk))).toMatchObject({ name: 'NoSuchStep' });
  });
});

describe('the code on an item', () => {
  it('the code of an item is refused when the item of another open dossier has it, and the field is named', async () => {
    const { book, say } = desk({}, dossierAt('Collected'));
    const request = delivered({ type: 'Dispatched', details: { itemCode: 'RA123456785VN' } });
    book.lay({ ...dossierAt('Collected'), dossierId: 'd-other' });
    await say({ ...request, path: { dossierId: 'd-other' } }, clerk);
    expect(noOf(await say(request, clerk))).toEqual({ name: 'ItemCodeRefused', why: 'taken' });
  });
});
