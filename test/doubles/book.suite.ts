import { sealed } from '../../adapters/dynamodb/chain.ts';
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Person } from '../../contract/register-dossier.ts';
import type {
  DeskWriter,
  Entry,
  DueKeeper,
  People,
  Register,
  TimelineReader,
  TrackingReader,
} from '../../domain/ports/book.ts';
import { decide } from '../../domain/journey/decide.ts';
import type { Step } from '../../domain/journey/step.ts';
import type { Dossier, Note, Party } from '../../domain/journey/dossier.ts';
import type { Details, EventType } from '../../domain/journey/events.ts';
import { fold } from '../../domain/journey/evolve.ts';
import { register, type Registration } from '../../domain/journey/register.ts';
import type { ScanBook } from '../../domain/ports/scan-store.ts';
import { mostScanBytes, mostScans, type Scan } from '../../domain/scans.ts';
import type { Arrival } from './book.ts';
import { clerk, courier, hour, label, monday, officer, registration, report } from '../domain/journey/town.ts';

/** Everything that is kept of dossiers, behind its ports. */
export interface Desk {
  readonly book: DeskWriter & TimelineReader & DueKeeper;
  readonly register: Register<Person>;
  readonly tracking: TrackingReader;
  readonly people: People<Person>;
  readonly scans: ScanBook;
  arrive(dossierId: string, arrival: Arrival): Promise<void>;
  /** The name that is kept of whoever took the paper in this event. */
  receiverIn(eventId: string): Promise<unknown>;
}

/** Made up, like everybody here. */
const applicant: Person = { fullName: 'Nguyễn Thị Ví Dụ', phone: '0900000001', address: 'Tổ Mẫu, phường Đức Xuân' };

let opened = 0;
/** A registration that no other test has made. */
export function freshEntry(change: Partial<Entry<Person>> = {}, asked: Partial<Registration> = {}): Entry<Person> {
  const n = String((opened += 1)).padStart(4, '0');
  const ids = {
    dossierId: `d-suite-${n}`,
    trackingCode: `99990000${n}`,
    personId: `p-suite-${n}`,
    eventId: `e-suite-${n}`,
  };
  const outcome = register(registration('counter', asked), clerk, ids, monday);
  if (!outcome.ok) throw new Error(outcome.refusal.name);
  return { step: sealed(outcome.value), person: applicant, key: `key-${n}`, request: `request-${n}`, ...change };
}

export function nextStep(dossier: Dossier, by: Party, type: EventType, details: Details, eventId?: string): Step {
  const said = report(by, type, details, dossier.since + hour);
  const decision = decide(dossier, eventId === undefined ? said : { ...said, eventId }, dossier.since + hour);
  if (!decision.ok) throw new Error(`${type} was refused: ${decision.refusal.name}`);
  return sealed(decision.value);
}

function collected(dossier: Dossier, eventId?: string): Step {
  return nextStep(
    dossier,
    clerk,
    'Collected',
    { papers: { originals: 2, copies: 1 }, sealNumber: 'BK-0001', amountCollected: dossier.charges.dueAtCollection },
    eventId,
  );
}
export function scanned(dossier: Dossier, eventId?: string): Step {
  return nextStep(dossier, courier, 'Scanned', { postOfficeId: 'PO-BACKAN' }, eventId);
}

/** What every book must do, in memory or in a database. */
export function keepsTheBook(name: string, openDesk: () => Promise<Desk>): void {
  describe(`a book ${name}`, () => {
    let desk: Desk;
    beforeAll(async () => {
      desk = await openDesk();
    });
    const open = async (): Promise<Dossier> => {
      const entry = freshEntry();
      expect(await desk.register.open(entry)).toBe('opened');
      return entry.step.dossier;
    };

    it('a book gives back exactly what was written', async () => {
      const entry = freshEntry();
      await desk.register.open(entry);
      const { dossier, event } = entry.step;
      expect(await desk.book.head(dossier.dossierId)).toEqual(dossier);
      expect(await desk.register.head(dossier.dossierId)).toEqual(dossier);
      expect(await desk.book.timeline(dossier.dossierId)).toEqual([event]);
      expect(await desk.book.eventById(dossier.dossierId, event.eventId)).toEqual(event);
      expect(await desk.people.person(dossier.personId)).toEqual(applicant);
      expect(await desk.tracking.dossierIdOf(dossier.trackingCode)).toBe(dossier.dossierId);
    });

    it('a book knows nothing of what was never written', async () => {
      expect(await desk.book.head('d-nobody')).toBeUndefined();
      expect(await desk.book.timeline('d-nobody')).toEqual([]);
      expect(await desk.book.eventById('d-nobody', 'e-nothing')).toBeUndefined();
      expect(await desk.book.executionLine('d-nobody')).toBeUndefined();
      expect(await desk.book.nextMilestone('d-nobody', 0)).toBeUndefined();
      expect(await desk.tracking.dossierIdOf('000000000000')).toBeUndefined();
      expect(await desk.people.person('p-nobody')).toBeUndefined();
      expect(await desk.scans.scan('d-nobody', 's-nothing')).toBeUndefined();
    });

    it('a book appends an event and moves the head', async () => {
      const dossier = await open();
      const step = collected(dossier);
      expect(await desk.book.append(step)).toBe('written');
      expect(await desk.book.head(dossier.dossierId)).toEqual(step.dossier);
      expect(await desk.book.eventById(dossier.dossierId, step.event.eventId)).toEqual(step.event);
      expect((await desk.book.timeline(dossier.dossierId)).map(({ number, type }) => [number, type])).toEqual([
        [1, 'DossierRegistered'],
        [2, 'Collected'],
      ]);
    });

    it('a book tells the second of two writers that he was overtaken, and keeps nothing of his', async () => {
      const dossier = await open();
      const [first, second] = [collected(dossier), scanned(dossier)];
      expect(await desk.book.append(first)).toBe('written');
      expect(await desk.book.append(second)).toBe('overtaken');
      expect(await desk.book.head(dossier.dossierId)).toEqual(first.dossier);
      expect(await desk.book.eventById(dossier.dossierId, second.event.eventId)).toBeUndefined();
      expect(await desk.book.timeline(dossier.dossierId)).toHaveLength(2);
    });

    it('a book takes an event id once, and knows it again even when the head has moved on', async () => {
      const dossier = await open();
      const step = collected(dossier, 'courier-event-7');
      expect(await desk.book.append(step)).toBe('written');
      expect(await desk.book.append(step)).toBe('known');
      expect(await desk.book.append(scanned(step.dossier, 'courier-event-7'))).toBe('known');
      expect((await desk.book.head(dossier.dossierId))?.version).toBe(2);
      expect(await desk.book.timeline(dossier.dossierId)).toHaveLength(2);
    });

    it('a book takes the same event id for another dossier: the id is the sender’s', async () => {
      const [one, other] = [await open(), await open()];
      expect(await desk.book.append(collected(one, 'courier-event-8'))).toBe('written');
      expect(await desk.book.append(collected(other, 'courier-event-8'))).toBe('written');
    });

    it('a book does not write about a dossier that was never opened', async () => {
      const { dossier } = freshEntry().step;
      expect(await desk.book.append(collected(dossier))).toBe('overtaken');
      expect(await desk.book.timeline(dossier.dossierId)).toEqual([]);
    });

    it('a book finds the first event that moved the paper after a number, past the remarks', async () => {
      const dossier = await open();
      const first = scanned(dossier);
      const second = collected(first.dossier);
      const third = scanned(second.dossier);
      for (const step of [first, second, third]) await desk.book.append(step);
      const { dossierId } = dossier;
      expect((await desk.book.nextMilestone(dossierId, 0))?.type).toBe('DossierRegistered');
      expect(await desk.book.nextMilestone(dossierId, 1)).toEqual(second.event);
      expect(await desk.book.nextMilestone(dossierId, 2)).toEqual(second.event);
      expect(await desk.book.nextMilestone(dossierId, 3)).toBeUndefined();
    });

    const arrival = (change: Partial<Arrival> = {}): Arrival => ({
      place: 'Registered',
      taskToken: 'token-1',
      followed: 1,
      generation: 1,
      edition: 2,
      waitingSince: monday,
      renewAt: monday + 290 * 24 * hour,
      ...change,
    });

    it('a book finds events by their numbers, and keeps the numbers of those that moved nothing', async () => {
      const first = await open();
      const step = collected(first);
      const idle = [41, 43, 44, 45, 2000];
      expect(await desk.book.append({ ...step, dossier: { ...step.dossier, idle } })).toBe('written');
      expect(await desk.book.head(first.dossierId)).toMatchObject({ idle });
      expect(await desk.book.numbered(first.dossierId, [2, 7])).toEqual([step.event]);
    });

    it('a book tells notes by arrival: the newest until an instant, and the next ones after a place', async () => {
      const dossier = await open();
      const noteAt = (receivedAt: number, eventId: string): Note => ({
        eventId,
        type: 'Scanned',
        occurredAt: monday,
        receivedAt,
        by: courier,
        edition: { law: 1, calendar: '2026' },
        details: { postOfficeId: 'PO-BACKAN' },
      });
      const [early, twin, late] = [
        noteAt(monday + hour, 'note-suite-1'),
        noteAt(monday + hour, 'note-suite-2'),
        noteAt(monday + 2 * hour, 'note-suite-0'),
      ];
      for (const one of [late, twin, early]) expect(await desk.book.note(dossier, one, {})).toBe('written');
      const { dossierId } = dossier;
      const ids = (notes: readonly Note[]) => notes.map(({ eventId }) => eventId);
      expect(ids(await desk.book.notes(dossierId, 2))).toEqual([twin.eventId, late.eventId]);
      expect(ids(await desk.book.notes(dossierId, 9, monday + hour))).toEqual([early.eventId, twin.eventId]);
      expect(ids(await desk.book.notes(dossierId, 1, monday + 2 * hour - 1))).toEqual([twin.eventId]);
      expect(ids(await desk.book.notes(dossierId, 9, monday))).toEqual([]);
      expect(ids(await desk.book.notesAfter(dossierId, undefined, 2))).toEqual([early.eventId, twin.eventId]);
      expect(ids(await desk.book.notesAfter(dossierId, early, 9))).toEqual([twin.eventId, late.eventId]);
      const instant = { receivedAt: monday + hour, eventId: '~' };
      expect(ids(await desk.book.notesAfter(dossierId, instant, 9))).toEqual([late.eventId]);
    });

    it('a book keeps where the execution waits, and the newest arrival only', async () => {
      const dossier = await open();
      await desk.arrive(dossier.dossierId, arrival());
      const wait = { place: 'Collected', taskToken: 'token-2', followed: 2, edition: 2 };
      await desk.arrive(dossier.dossierId, arrival({ ...wait, waitingSince: monday + hour }));
      expect(await desk.book.executionLine(dossier.dossierId)).toEqual({
        generation: 1,
        wait,
        waitingSince: monday + hour,
        renewAt: monday + 290 * 24 * hour,
        resumedAt: [],
      });
      expect(await desk.book.head(dossier.dossierId)).toEqual(dossier);
    });

    const raise = { kind: 'raise', resumedAt: [monday], endsPause: false } as const;

    it('a book raises the generation of an execution once, and keeps the token with which the former one waits', async () => {
      const { dossierId } = await open();
      await desk.arrive(dossierId, arrival({ taskToken: 'token-of-1', followed: 9 }));
      expect(await desk.book.replace(dossierId, 1, raise, monday)).toBe('written');
      expect(await desk.book.replace(dossierId, 1, raise, monday + 1)).toBe('overtaken');
      expect(await desk.book.executionLine(dossierId)).toEqual({
        generation: 2,
        raisedAt: monday,
        formerToken: 'token-of-1',
        resumedAt: [monday],
      });
    });

    it('a book raises the generation of an execution that never arrived, and of one that was raised before', async () => {
      const { dossierId } = await open();
      expect(await desk.book.replace(dossierId, 2, raise, monday)).toBe('overtaken');
      expect(await desk.book.replace(dossierId, 1, raise, monday)).toBe('written');
      expect(await desk.book.replace(dossierId, 2, { ...raise, resumedAt: [] }, monday + hour)).toBe('written');
      expect(await desk.book.executionLine(dossierId)).toEqual({
        generation: 3,
        raisedAt: monday + hour,
        resumedAt: [],
      });
    });

    it('a book pauses an execution once, and a raised generation is paused no more', async () => {
      const { dossierId } = await open();
      const pause = { kind: 'pause' } as const;
      expect(await desk.book.replace(dossierId, 1, pause, monday)).toBe('written');
      expect(await desk.book.replace(dossierId, 1, pause, monday)).toBe('overtaken');
      expect(await desk.book.executionLine(dossierId)).toEqual({ generation: 1, pausedAt: monday, resumedAt: [] });
      expect(await desk.book.replace(dossierId, 1, { ...raise, endsPause: true }, monday + hour)).toBe('written');
      expect(await desk.book.executionLine(dossierId)).not.toHaveProperty('pausedAt');
    });

    it('a book has somebody look after an execution, whether or not it ever arrived', async () => {
      const { dossierId } = await open();
      await desk.book.nudge(dossierId, monday);
      expect(await desk.book.executionLine(dossierId)).toEqual({ generation: 1, nudgedAt: monday, resumedAt: [] });
      await desk.arrive(dossierId, arrival());
      await desk.book.nudge(dossierId, monday + hour);
      expect(await desk.book.executionLine(dossierId)).toMatchObject({
        nudgedAt: monday + hour,
        wait: { followed: 1 },
      });
    });

    const dueOf = async (dossierId: string, before: number) =>
      (await Array.fromAsync(desk.book.dueBefore(before))).filter((item) => item.dossierId === dossierId);

    it('a book tells what was due, as long as nobody has told, and nothing of what is not', async () => {
      const dossier = await open();
      const { dossierId, dueAt = 0 } = dossier;
      expect(await dueOf(dossierId, dueAt)).toEqual([]);
      expect(await dueOf(dossierId, dueAt + 1)).toEqual([{ dossierId, kind: 'clock', dueAt }]);
      const cancelled = nextStep(dossier, clerk, 'Cancelled', { reason: 'citizen-asked' });
      await desk.book.append(cancelled);
      expect(await dueOf(dossierId, dueAt + 1)).toEqual([]);
    });

    it('a book reminds of what has to be settled: it is due again on the later day, and of nothing that is settled', async () => {
      const dossier = await open();
      const { dossierId } = dossier;
      const step = nextStep(dossier, officer, 'HandedToAgency', {
        papers: { originals: 2, copies: 1 },
        sealIntact: true,
        feeHandedOver: dossier.charges.stateFee,
        resultDueAt: monday + 9 * 24 * hour,
      });
      await desk.book.append(step);
      const [matter] = step.matters.opened;
      if (matter === undefined) throw new Error('what is early has to be settled');
      const { kind, eventId, dueAt } = matter;
      const rows = async (before: number) => (await dueOf(dossierId, before)).filter((row) => row.kind === 'matter');
      expect(await rows(dueAt + 1)).toEqual([{ dossierId, kind: 'matter', matter: { kind, eventId }, dueAt }]);
      await desk.book.remindOf(dossierId, { kind, eventId }, dueAt + 24 * hour);
      expect(await rows(dueAt + 1)).toEqual([]);
      expect(await rows(dueAt + 24 * hour + 1)).toMatchObject([{ dueAt: dueAt + 24 * hour }]);
      await expect(desk.book.remindOf(dossierId, { kind, eventId: 'e-nothing' }, dueAt)).resolves.toBeUndefined();
      expect(await rows(dueAt + 99 * 24 * hour)).toHaveLength(1);
    });

    it('a book tells when an execution has to be renewed, until it is raised or its journey is over', async () => {
      const [one, two] = [await open(), await open()];
      const renewAt = monday + hour;
      for (const { dossierId } of [one, two]) await desk.arrive(dossierId, arrival({ renewAt }));
      const item = (dossierId: string) => ({ dossierId, kind: 'renewal', dueAt: renewAt });
      expect(await dueOf(one.dossierId, renewAt + 1)).toEqual([item(one.dossierId)]);
      await desk.book.replace(one.dossierId, 1, raise, renewAt);
      expect(await dueOf(one.dossierId, renewAt + 1)).toEqual([]);
      expect(await dueOf(two.dossierId, renewAt + 1)).toEqual([item(two.dossierId)]);
      await desk.book.forgetRenewal(two.dossierId);
      expect(await dueOf(two.dossierId, renewAt + 1)).toEqual([]);
      expect(await desk.book.executionLine(two.dossierId)).toMatchObject({ wait: { taskToken: 'token-1' } });
      await expect(desk.book.forgetRenewal('d-nobody')).resolves.toBeUndefined();
      expect(await desk.book.executionLine('d-nobody')).toBeUndefined();
    });

    it('a book opens a dossier once for a key, and tells the second what the first had asked', async () => {
      const entry = freshEntry();
      expect(await desk.register.open(entry)).toBe('opened');
      const again = freshEntry({ key: entry.key, request: 'another request' });
      expect(await desk.register.open(again)).toEqual({
        before: { dossierId: entry.step.dossier.dossierId, request: entry.request },
      });
      expect(await desk.book.head(again.step.dossier.dossierId)).toBeUndefined();
      expect(await desk.people.person(again.step.dossier.personId)).toBeUndefined();
      expect(await desk.tracking.dossierIdOf(again.step.dossier.trackingCode)).toBeUndefined();
    });

    it('a book keeps the name of whoever took the paper in the same act as the event, and apart from it', async () => {
      const dossier = await open();
      const step = scanned(dossier, `taken-${dossier.dossierId}`);
      expect(await desk.book.append(step, { receiverName: 'Trần Văn Thí Dụ' })).toBe('written');
      expect(await desk.receiverIn(step.event.eventId)).toBe('Trần Văn Thí Dụ');
      expect(await desk.people.person(dossier.personId)).toEqual(applicant);
      expect(
        JSON.stringify([await desk.book.timeline(dossier.dossierId), await desk.book.head(dossier.dossierId)]),
      ).not.toContain('Thí Dụ');
    });

    it('a book keeps no name of an event that was overtaken', async () => {
      const dossier = await open();
      const late = scanned(dossier, `late-${dossier.dossierId}`);
      await desk.book.append(collected(dossier));
      expect(await desk.book.append(late, { receiverName: 'Trần Văn Thí Dụ' })).toBe('overtaken');
      expect(await desk.receiverIn(late.event.eventId)).toBeUndefined();
    });

    it('a book knows whether an event was reported with the same words about people, and takes forgotten ones for the same', async () => {
      const dossier = await open();
      const step = scanned(dossier, `same-${dossier.dossierId}`);
      const said = { receiverName: 'Trần Văn Thí Dụ', phone: '0900000002' };
      await desk.book.append(step, said);
      const { eventId } = step.event;
      expect(await desk.book.isSamePersonal(dossier, eventId, said)).toBe(true);
      expect(await desk.book.isSamePersonal(dossier, eventId, {})).toBe(true);
      expect(await desk.book.isSamePersonal(dossier, eventId, { ...said, receiverName: 'Trần Văn Khác' })).toBe(false);
      expect(await desk.book.isSamePersonal(dossier, eventId, { ...said, phone: '0900000003' })).toBe(false);
      expect(await desk.book.isSamePersonal(dossier, 'another event', said)).toBe(true);
    });

    it('a book corrects a telephone number in the same act as the event, and keeps nothing of it in the book', async () => {
      const dossier = await open();
      const step = scanned(dossier, `phone-${dossier.dossierId}`);
      expect(await desk.book.append(step, { phone: '0900000002' })).toBe('written');
      expect(await desk.people.person(dossier.personId)).toEqual({ ...applicant, phone: '0900000002' });
      expect(JSON.stringify(await desk.book.timeline(dossier.dossierId))).not.toContain('0900000002');
      expect(await desk.book.append(scanned(dossier), { phone: '0900000003' })).toBe('overtaken');
      expect(await desk.people.person(dossier.personId)).toEqual({ ...applicant, phone: '0900000002' });
    });

    it('a book remembers the clock of a device by its unit, and the newest word counts', async () => {
      const [one, two] = [
        { skewSeconds: 7200, measuredAt: monday },
        { skewSeconds: -60, measuredAt: monday + hour },
      ];
      expect(await desk.book.deviceClock('PO-BACKAN', 'phone-suite')).toBeUndefined();
      await desk.book.keepDeviceClock('PO-BACKAN', 'phone-suite', one);
      expect(await desk.book.deviceClock('PO-BACKAN', 'phone-suite')).toEqual(one);
      await desk.book.keepDeviceClock('PO-BACKAN', 'phone-suite', two);
      expect(await desk.book.deviceClock('PO-BACKAN', 'phone-suite')).toEqual(two);
      expect(await desk.book.deviceClock('PO-NARI', 'phone-suite')).toBeUndefined();
    });

    const dispatched = (dossier: Dossier, itemCode: string): Step =>
      nextStep(dossier, clerk, 'Dispatched', { itemCode });

    it('a book takes the code of an item once among open dossiers, and gives it back at the end of the journey', async () => {
      const code = label();
      const start = async (): Promise<Dossier> => {
        const step = collected(await open());
        await desk.book.append(step);
        return step.dossier;
      };
      const [one, two] = [await start(), await start()];
      const first = dispatched(one, code);
      expect(await desk.book.append(first)).toBe('written');
      expect(await desk.book.append(first)).toBe('known');
      expect(await desk.book.append(dispatched(two, code))).toBe('code-taken');
      expect(await desk.book.head(two.dossierId)).toEqual(two);
      const missing = nextStep(first.dossier, courier, 'ReportedMissing', { reason: 'not-found-in-bag' });
      await desk.book.append(missing);
      const lost = nextStep(missing.dossier, clerk, 'DeclaredLost', { reason: 'damaged' });
      expect(await desk.book.append(lost)).toBe('written');
      expect(await desk.book.append(dispatched(two, code))).toBe('written');
    });

    it('a tracking code is one dossier’s, at its registration and when another takes its place; what it was still leads there', async () => {
      const one = await open();
      const other = freshEntry();
      const taken = { ...other.step.dossier, trackingCode: one.trackingCode };
      expect(await desk.register.open({ ...other, step: { ...other.step, dossier: taken } })).toBe('code-taken');
      expect(await desk.register.open(other)).toBe('opened');
      const replaced = (trackingCode: string) => {
        const said = { ...report(clerk, 'TrackingCodeReplaced', {}, one.since + 1), newTrackingCode: trackingCode };
        const decision = decide(one, said, one.since + 1);
        if (!decision.ok) throw new Error(decision.refusal.name);
        return decision.value;
      };
      expect(await desk.book.append(replaced(other.step.dossier.trackingCode))).toBe('code-taken');
      const { trackingCode: fresh } = freshEntry().step.dossier;
      expect(await desk.book.append(replaced(fresh))).toBe('written');
      expect(await desk.book.head(one.dossierId)).toMatchObject({ trackingCode: fresh });
      expect(fold(await desk.book.timeline(one.dossierId))).toEqual(await desk.book.head(one.dossierId));
    });

    const scanOf = (dossierId: string, scanId: string): Scan => ({
      scanId,
      dossierId,
      kind: 'papers',
      contentType: 'application/pdf',
      size: 10,
      sha256: 'c'.repeat(64),
      status: 'awaited',
      requestedAt: monday,
    });

    it('a book keeps a scan from being asked for to its verdict, and the first verdict stands', async () => {
      const { dossierId } = await open();
      const scan = scanOf(dossierId, 's-suite-1');
      await desk.scans.request(scan);
      expect(await desk.scans.scan(dossierId, scan.scanId)).toEqual(scan);
      const refused: Scan = { ...scan, status: 'refused', fault: 'truncated', decidedAt: monday + hour };
      expect(await desk.scans.judge(refused)).toBe(true);
      expect(await desk.scans.judge({ ...scan, status: 'verified', decidedAt: monday + hour })).toBe(false);
      expect(await desk.scans.scan(dossierId, scan.scanId)).toEqual(refused);
    });

    it('a book does not judge a scan that nobody asked for, and asks for none twice', async () => {
      const { dossierId } = await open();
      const scan = scanOf(dossierId, 's-suite-2');
      expect(await desk.scans.judge({ ...scan, status: 'verified', decidedAt: monday })).toBe(false);
      expect(await desk.scans.scan(dossierId, scan.scanId)).toBeUndefined();
      expect(await desk.scans.request(scan)).toBe('written');
      expect(await desk.scans.request(scan)).toBe('overtaken');
    });

    it('a book tells all scans of a dossier in the order in which they were asked for, and none of another', async () => {
      const { dossierId } = await open();
      const { dossierId: other } = await open();
      const third = { ...scanOf(dossierId, 's-suite-a'), requestedAt: monday + 2 };
      const first = scanOf(dossierId, 's-suite-c');
      const second = { ...scanOf(dossierId, 's-suite-b'), requestedAt: monday + 1, rescanFor: first.scanId };
      for (const scan of [third, first, second, scanOf(other, 's-suite-d')]) await desk.scans.request(scan);
      expect(await desk.scans.scans(dossierId)).toEqual([first, second, third]);
    });

    it('a book writes a scan anew only over the line that was read', async () => {
      const { dossierId } = await open();
      const scan = scanOf(dossierId, 's-suite-3');
      await desk.scans.request(scan);
      const other: Scan = { ...scan, contentType: 'image/png', size: 20 };
      expect(await desk.scans.request(other, { ...scan, status: 'refused' })).toBe('overtaken');
      expect(await desk.scans.request(other, scan)).toBe('written');
      expect(await desk.scans.request(other, scan)).toBe('overtaken');
      expect(await desk.scans.scan(dossierId, scan.scanId)).toEqual(other);
      const refused: Scan = { ...other, status: 'refused', fault: 'type-differs', decidedAt: monday + hour };
      await desk.scans.judge(refused);
      expect(await desk.scans.request(scan, refused)).toBe('written');
      expect(await desk.scans.scan(dossierId, scan.scanId)).toEqual(scan);
    });

    it('a book has room for so many scans of a dossier and no more, however many ask at once, and refused ones take none', async () => {
      const { dossierId } = await open();
      const all = Array.from({ length: mostScans + 5 }, (_none, index) => scanOf(dossierId, `s-suite-${index}`));
      const answers = await Promise.all(all.map(async (scan) => desk.scans.request(scan)));
      expect(answers.filter((answer) => answer === 'written')).toHaveLength(mostScans);
      expect(answers.filter((answer) => answer === 'full')).toHaveLength(5);
      const kept = await desk.scans.scans(dossierId);
      expect(kept).toHaveLength(mostScans);
      const [one] = kept;
      const more = scanOf(dossierId, 's-suite-more');
      if (one) await desk.scans.judge({ ...one, status: 'refused', fault: 'heic', decidedAt: monday });
      expect(await desk.scans.request(more)).toBe('written');
      expect(await desk.scans.request(scanOf(dossierId, 's-suite-too-many'))).toBe('full');
    });

    it('a book has room for so many bytes of scans of a dossier and no more, of one that grows too', async () => {
      const { dossierId } = await open();
      const large = { ...scanOf(dossierId, 's-suite-l'), size: mostScanBytes - 10 };
      expect(await desk.scans.request(large)).toBe('written');
      expect(await desk.scans.request({ ...scanOf(dossierId, 's-suite-m'), size: 11 })).toBe('full');
      expect(await desk.scans.request(scanOf(dossierId, 's-suite-m'))).toBe('written');
      expect(await desk.scans.request({ ...large, size: large.size + 1 }, large)).toBe('full');
      expect(await desk.scans.request({ ...large, size: 10 }, large)).toBe('written');
      expect(await desk.scans.request({ ...scanOf(dossierId, 's-suite-n'), size: 11 })).toBe('written');
    });
  });
}
