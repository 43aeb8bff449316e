import type { Person } from '../../contract/register-dossier.ts';
import type {
  DeskWriter,
  DueItem,
  DueKeeper,
  ExecutionLine,
  Finding,
  People,
  Personal,
  Register,
  TimelineReader,
  TrackingReader,
  Wait,
} from '../../domain/ports/book.ts';
import type { Step } from '../../domain/journey/step.ts';
import { sealed } from '../../adapters/dynamodb/chain.ts';
import { localDay } from '../../domain/calendar/local-time.ts';
import { actingUnit, urgentAt } from '../../domain/journey/acting-unit.ts';
import type { Asked, Lists, Page, Position } from '../../domain/ports/lists.ts';
import type { Dossier, JourneyEvent, Note, NotePlace } from '../../domain/journey/dossier.ts';
import type { DeviceClock } from '../../domain/journey/device-clock.ts';
import type { Matter } from '../../domain/journey/matters.ts';
import { isEnd } from '../../domain/journey/places.ts';
import { roundOf } from '../../domain/journey/round.ts';
import { notesADay } from '../../domain/limits.ts';
import type { ScanBook } from '../../domain/ports/scan-store.ts';
import { mostAnnouncements, mostScanBytes, mostScans, roomTaken, type Scan } from '../../domain/scans.ts';

export interface MemoryBook
  extends DeskWriter, TimelineReader, DueKeeper, Register<Person>, TrackingReader, ScanBook, People<Person>, Lists {
  /** An execution arrives and waits. */
  arrive(dossierId: string, arrival: Arrival): Promise<void>;
  /** Puts a dossier on the desk as it is, with the events that are said to have led there. */
  lay(dossier: Dossier, events?: readonly JourneyEvent[]): void;
  /** The names of those who took papers, by event. */
  readonly receivers: ReadonlyMap<string, string>;
  /** What lies on the desk of ops, by dossier. */
  readonly findings: ReadonlyMap<string, Finding>;
  /** What lies on the desks of units. */
  readonly matters: ReadonlyMap<string, Matter & { readonly dossierId: string }>;
}

/** What the state machine writes when it comes to wait. */
export interface Arrival extends Wait {
  readonly generation: number;
  readonly waitingSince?: number;
  readonly renewAt?: number;
}

/** The rows of a list that were asked for, in its order. */
function pageOf<Row extends { readonly dossierId: string }>(
  all: readonly (readonly [Position, Row])[],
  { before = Infinity, after, most }: Asked,
): Page<Row> {
  const order = (one: Position, other: Position): number => {
    if (one.at !== other.at) return one.at - other.at;
    if (one.part !== other.part) return one.part - other.part;
    return one.dossierId + one.item < other.dossierId + other.item ? -1 : 1;
  };
  const rows = all
    .filter(([position]) => position.at < before && (after === undefined || isBehind(position, after)))
    .toSorted(([one], [other]) => order(one, other));
  const next = rows.length > most ? rows[most - 1] : undefined;
  return {
    rows: rows.slice(0, most).map(([, row]) => row),
    unreadable: [],
    ...(next === undefined ? {} : { next: next[0] }),
  };
  function isBehind(position: Position, place: Position): boolean {
    return !(position.dossierId === place.dossierId && position.item === place.item) && order(place, position) < 0;
  }
}

/** Book and people in memory. Passes the same suite as the real ones. */
export function memoryBook(): MemoryBook {
  const heads = new Map<string, Dossier>();
  const events = new Map<string, readonly JourneyEvent[]>();
  const lines = new Map<string, ExecutionLine>();
  const registrations = new Map<string, { readonly dossierId: string; readonly request: string }>();
  const tracking = new Map<string, string>();
  const persons = new Map<string, Person>();
  const receivers = new Map<string, string>();
  const findings = new Map<string, Finding>();
  const pauses = new Set<string>();
  const corrections = new Map<string, string>();
  const notes = new Map<string, readonly Note[]>();
  const matters = new Map<string, Matter & { readonly dossierId: string }>();
  const matterName = (dossierId: string, { kind, eventId }: Pick<Matter, 'kind' | 'eventId'>): string =>
    `${dossierId} ${kind} ${eventId}`;
  const codes = new Map<string, string>();
  const devices = new Map<string, DeviceClock>();
  const isSame = (kept: string | undefined, said: string | undefined) => said === undefined || (kept ?? said) === said;
  const scans = new Map<string, Scan>();
  const scanName = ({ dossierId, scanId }: Pick<Scan, 'dossierId' | 'scanId'>): string => `${dossierId} ${scanId}`;
  const scansOf = (dossierId: string): readonly Scan[] =>
    [...scans.values()].filter((scan) => scan.dossierId === dossierId);
  const eventsOf = (dossierId: string): readonly JourneyEvent[] => events.get(dossierId) ?? [];

  /** In the order of their keys. */
  const notesOf = (dossierId: string): readonly Note[] =>
    (notes.get(dossierId) ?? []).toSorted((a, b) =>
      a.receivedAt === b.receivedAt ? (a.eventId < b.eventId ? -1 : 1) : a.receivedAt - b.receivedAt,
    );

  const keep = (personId: string, eventId: string, { receiverName, phone }: Personal): void => {
    if (receiverName !== undefined) receivers.set(eventId, receiverName);
    const person = persons.get(personId);
    if (phone !== undefined && person) persons.set(personId, { ...person, phone });
    if (phone !== undefined) corrections.set(eventId, phone);
  };

  const write = (step: Step): void => {
    const {
      dossier,
      event,
      matters: { opened, closed },
    } = sealed(step);
    for (const matter of opened)
      matters.set(matterName(dossier.dossierId, matter), { ...matter, dossierId: dossier.dossierId });
    for (const matter of closed) matters.delete(matterName(dossier.dossierId, matter));
    heads.set(dossier.dossierId, dossier);
    events.set(dossier.dossierId, [...eventsOf(dossier.dossierId), event]);
  };

  return {
    receivers,
    findings,
    matters,
    lay: (dossier, past = []) => {
      heads.set(dossier.dossierId, dossier);
      events.set(dossier.dossierId, past);
      tracking.set(dossier.trackingCode, dossier.dossierId);
    },
    arrive: async (dossierId, { generation, waitingSince = 0, renewAt = Number.MAX_SAFE_INTEGER, ...wait }) => {
      const line = lines.get(dossierId);
      if (line !== undefined && line.generation > generation) return;
      lines.set(dossierId, { resumedAt: [], ...line, generation, waitingSince, renewAt, wait });
    },

    head: async (dossierId) => heads.get(dossierId),
    timeline: async (dossierId) => eventsOf(dossierId),
    newest: async (dossierId, most) => eventsOf(dossierId).slice(-most),
    numbered: async (dossierId, numbers) =>
      numbers.flatMap((number) => eventsOf(dossierId).find((event) => event.number === number) ?? []),
    notes: async (dossierId, most, until = Infinity) =>
      notesOf(dossierId)
        .filter(({ receivedAt }) => receivedAt <= until)
        .slice(-most),
    notesAfter: async (dossierId, place, most) => {
      const all = notesOf(dossierId);
      const isBehind = ({ receivedAt, eventId }: NotePlace): boolean =>
        place === undefined ||
        receivedAt > place.receivedAt ||
        (receivedAt === place.receivedAt && eventId > place.eventId);
      return all.filter(isBehind).slice(0, most);
    },
    eventById: async (dossierId, eventId) =>
      [...eventsOf(dossierId), ...notesOf(dossierId)].find((event) => event.eventId === eventId),
    append: async (step, personal = {}) => {
      const { dossierId, version, place, legs, personId } = step.dossier;
      if ([...eventsOf(dossierId), ...notesOf(dossierId)].some(({ eventId }) => eventId === step.event.eventId))
        return 'known';
      if (heads.get(dossierId)?.version !== version - 1) return 'overtaken';
      const { itemCode } = step.event.details;
      if (itemCode !== undefined && (codes.get(itemCode) ?? dossierId) !== dossierId) return 'code-taken';
      const code = step.event.trackingCode;
      if (code !== undefined && tracking.has(code.to)) return 'code-taken';
      write(step);
      if (code !== undefined) tracking.set(code.to, dossierId);
      if (itemCode !== undefined) codes.set(itemCode, dossierId);
      if (isEnd(place)) for (const leg of legs) codes.delete(leg.itemCode);
      keep(personId, step.event.eventId, personal);
      return 'written';
    },
    note: async ({ dossierId, personId }, note, personal) => {
      const today = notesOf(dossierId).filter(({ receivedAt }) => localDay(receivedAt) === localDay(note.receivedAt));
      if (today.length >= notesADay) return 'too-many';
      if ([...eventsOf(dossierId), ...notesOf(dossierId)].some(({ eventId }) => eventId === note.eventId))
        return 'known';
      notes.set(dossierId, [...notesOf(dossierId), note]);
      keep(personId, note.eventId, personal);
      return 'written';
    },
    isSamePersonal: async (_dossier, eventId, { receiverName, phone }) =>
      isSame(receivers.get(eventId), receiverName) && isSame(corrections.get(eventId), phone),

    deviceClock: async (unit, deviceId) => devices.get(`${unit} ${deviceId}`),
    keepDeviceClock: async (unit, deviceId, clock) => void devices.set(`${unit} ${deviceId}`, clock),

    executionLine: async (dossierId) => lines.get(dossierId),
    dueBefore: async function* (instant) {
      const clocks = [...heads.values()].map(({ dossierId, dueAt }): DueItem[] =>
        dueAt === undefined ? [] : [{ dossierId, kind: 'clock', dueAt }],
      );
      const renewals = [...lines].map(([dossierId, { renewAt }]): DueItem[] =>
        renewAt === undefined ? [] : [{ dossierId, kind: 'renewal', dueAt: renewAt }],
      );
      const unsettled = [...matters.values()].map(({ dossierId, dueAt, kind, eventId }): DueItem => ({
        dossierId,
        kind: 'matter',
        matter: { kind, eventId },
        dueAt,
      }));
      yield* [...clocks, ...renewals, ...unsettled]
        .flat()
        .filter(({ dueAt }) => dueAt < instant)
        .toSorted((one, other) => one.dueAt - other.dueAt);
    },
    forgetRenewal: async (dossierId) => {
      const { renewAt: _gone, ...line } = lines.get(dossierId) ?? { generation: 1, resumedAt: [] };
      if (lines.has(dossierId)) lines.set(dossierId, line);
    },
    remindOf: async (dossierId, matter, dueAt) => {
      const name = matterName(dossierId, matter);
      const open = matters.get(name);
      if (open) matters.set(name, { ...open, dueAt });
    },
    standing: async () => [
      ...[...findings.keys()].map((dossierId) => ({ dossierId, kind: 'due' as const })),
      ...[...pauses].map((dossierId) => ({ dossierId, kind: 'paused' as const })),
    ],
    find: async (finding) => {
      if (!findings.has(finding.dossierId)) findings.set(finding.dossierId, finding);
    },
    settle: async (dossierId, kind) => void (kind === 'due' ? findings : pauses).delete(dossierId),
    nudge: async (dossierId, now) =>
      void lines.set(dossierId, { ...(lines.get(dossierId) ?? { generation: 1, resumedAt: [] }), nudgedAt: now }),
    replace: async (dossierId, generation, change, now) => {
      const line = lines.get(dossierId) ?? { generation: 1, resumedAt: [] };
      if (line.generation !== generation) return 'overtaken';
      if (change.kind === 'pause') {
        if (line.pausedAt !== undefined) return 'overtaken';
        lines.set(dossierId, { ...line, pausedAt: now });
        pauses.add(dossierId);
        return 'written';
      }
      if (change.endsPause) pauses.delete(dossierId);
      const { wait, nudgedAt } = line;
      lines.set(dossierId, {
        generation: generation + 1,
        raisedAt: now,
        resumedAt: change.resumedAt,
        ...(wait === undefined ? {} : { formerToken: wait.taskToken }),
        ...(nudgedAt === undefined ? {} : { nudgedAt }),
      });
      return 'written';
    },
    nextMilestone: async (dossierId, followed) =>
      eventsOf(dossierId).find(({ milestone, number }) => milestone && number > followed),

    open: async ({ step, person, key, request }) => {
      const before = registrations.get(key);
      if (before) return { before };
      if (tracking.has(step.dossier.trackingCode)) return 'code-taken';
      registrations.set(key, { dossierId: step.dossier.dossierId, request });
      tracking.set(step.dossier.trackingCode, step.dossier.dossierId);
      persons.set(step.dossier.personId, person);
      write(step);
      return 'opened';
    },
    dossierIdOf: async (trackingCode) => tracking.get(trackingCode),

    waiting: async (unit, places, asked) =>
      pageOf(
        [...heads.values()].flatMap((dossier) => {
          const part = actingUnit(dossier) === unit ? places.indexOf(dossier.place) : -1;
          const { dossierId, trackingCode, procedureCode, place, since, dueAt, reminders, officialCode } = dossier;
          const row = {
            dossierId,
            trackingCode,
            procedureCode,
            place,
            since,
            reminders,
            ...(dueAt === undefined || reminders > 0 ? {} : { dueAt }),
            ...(officialCode === undefined ? {} : { officialCode }),
          };
          return part === -1 ? [] : [[{ part, at: urgentAt(dossier), dossierId, item: 'HEAD' }, row] as const];
        }),
        asked,
      ),
    unsettled: async (unit, kind, asked) =>
      pageOf(
        [...matters.values()].flatMap((matter) => {
          const { dossierId, eventId, openedAt: since, dueAt } = matter;
          const head = heads.get(dossierId);
          if (head === undefined || matter.owner !== unit || matter.kind !== kind) return [];
          const { trackingCode, procedureCode } = head;
          const row = { dossierId, trackingCode, procedureCode, kind, eventId, since, dueAt, reminders: 0 };
          return [[{ part: 0, at: dueAt, dossierId, item: eventId }, row] as const];
        }),
        asked,
      ),
    found: async (asked) =>
      pageOf(
        [...findings.values()].map(({ dossierId, at: since }) => [
          { part: 0, at: since, dossierId, item: 'due' },
          { dossierId, kind: 'due', since },
        ]),
        asked,
      ),

    lodged: async (list, asked) =>
      pageOf(
        [...heads.values()].flatMap((dossier) => {
          const first = eventsOf(dossier.dossierId)[0];
          const day = first === undefined ? '' : localDay(first.receivedAt);
          const isIn =
            'agency' in list
              ? first?.opened?.agencyId === list.agency && day.startsWith(list.month)
              : first?.by.role === 'portal' && first.by.unit === list.portal && day === list.day;
          if (first === undefined || !isIn) return [];
          return [[{ part: 0, at: first.receivedAt, dossierId: dossier.dossierId, item: 'first' }, dossier] as const];
        }),
        asked,
      ),
    takenOut: async ({ person, day }, most) =>
      [...heads.keys()]
        .flatMap((dossierId) => eventsOf(dossierId).map((event) => ({ dossierId, event })))
        .filter(({ event }) => roundOf(event)?.person === person && roundOf(event)?.day === day)
        .map(({ dossierId, event }) => ({ dossierId, at: event.occurredAt }))
        .toSorted((one, other) => one.at - other.at)
        .slice(0, most),
    heads: async (dossierIds) => dossierIds.flatMap((dossierId) => heads.get(dossierId) ?? []),
    bearing: async (code) => {
      const bears = (dossier: Dossier): boolean => {
        if ('trackingCode' in code) return tracking.get(code.trackingCode) === dossier.dossierId;
        if ('itemCode' in code) return codes.get(code.itemCode) === dossier.dossierId;
        return eventsOf(dossier.dossierId).some(({ details }) => details.officialCode === code.officialCode);
      };
      return [...heads.values()].filter(bears);
    },

    person: async (personId) => persons.get(personId),

    scan: async (dossierId, scanId) => scans.get(scanName({ dossierId, scanId })),
    scans: async (dossierId) => scansOf(dossierId).toSorted((one, other) => one.requestedAt - other.requestedAt),
    request: async (scan, before) => {
      const { status, contentType, size } = scans.get(scanName(scan)) ?? {};
      if (status !== before?.status || contentType !== before?.contentType || size !== before?.size) return 'overtaken';
      const others = scansOf(scan.dossierId).filter(({ scanId }) => scanId !== scan.scanId);
      const taken = roomTaken([...others, scan]);
      if (taken.scans > mostScans || taken.bytes > mostScanBytes || others.length >= mostAnnouncements) return 'full';
      scans.set(scanName(scan), scan);
      return 'written';
    },
    judge: async (scan) => {
      if (scans.get(scanName(scan))?.status !== 'awaited') return false;
      scans.set(scanName(scan), scan);
      return true;
    },
  };
}
