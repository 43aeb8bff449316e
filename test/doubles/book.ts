import type { Applicant } from '../../contract/register-dossier.ts';
import type {
  DeliveryWriter,
  JourneyReader,
  People,
  Register,
  TimelineReader,
  TrackingReader,
  Wait,
} from '../../domain/ports/book.ts';
import type { Step } from '../../domain/journey/decide.ts';
import type { Dossier, JourneyEvent } from '../../domain/journey/dossier.ts';
import type { ScanBook } from '../../domain/ports/scan-store.ts';
import type { Scan } from '../../domain/scans.ts';

export interface MemoryBook
  extends
    DeliveryWriter,
    TimelineReader,
    JourneyReader,
    Register<Applicant>,
    TrackingReader,
    ScanBook,
    People<Applicant> {
  /** An execution arrives and waits. */
  arrive(dossierId: string, wait: Wait): Promise<void>;
  /** Puts a dossier on the desk as it is, with the events that are said to have led there. */
  lay(dossier: Dossier, events?: readonly JourneyEvent[]): void;
  /** The names of those who took papers, by event. */
  readonly receivers: ReadonlyMap<string, string>;
}

/** Book and people in memory. Passes the same suite as the real ones. */
export function memoryBook(): MemoryBook {
  const heads = new Map<string, Dossier>();
  const events = new Map<string, readonly JourneyEvent[]>();
  const waits = new Map<string, Wait>();
  const registrations = new Map<string, { readonly dossierId: string; readonly request: string }>();
  const tracking = new Map<string, string>();
  const persons = new Map<string, Applicant>();
  const receivers = new Map<string, string>();
  const scans = new Map<string, Scan>();
  const scanName = ({ dossierId, scanId }: Pick<Scan, 'dossierId' | 'scanId'>): string => `${dossierId} ${scanId}`;
  const eventsOf = (dossierId: string): readonly JourneyEvent[] => events.get(dossierId) ?? [];

  const write = ({ dossier, event }: Step): void => {
    heads.set(dossier.dossierId, dossier);
    events.set(dossier.dossierId, [...eventsOf(dossier.dossierId), event]);
  };

  return {
    receivers,
    lay: (dossier, past = []) => {
      heads.set(dossier.dossierId, dossier);
      events.set(dossier.dossierId, past);
    },
    arrive: async (dossierId, wait) => void waits.set(dossierId, wait),

    head: async (dossierId) => heads.get(dossierId),
    timeline: async (dossierId) => eventsOf(dossierId),
    eventById: async (dossierId, eventId) => eventsOf(dossierId).find((event) => event.eventId === eventId),
    append: async (step, receiver) => {
      const { dossierId, version } = step.dossier;
      if (eventsOf(dossierId).some(({ eventId }) => eventId === step.event.eventId)) return 'known';
      if (heads.get(dossierId)?.version !== version - 1) return 'overtaken';
      write(step);
      if (receiver !== undefined) receivers.set(step.event.eventId, receiver);
      return 'written';
    },

    wait: async (dossierId) => waits.get(dossierId),
    nextMilestone: async (dossierId, followed) =>
      eventsOf(dossierId).find(({ milestone, number }) => milestone && number > followed),

    open: async ({ step, person, key, request }) => {
      const before = registrations.get(key);
      if (before) return { before };
      registrations.set(key, { dossierId: step.dossier.dossierId, request });
      tracking.set(step.dossier.trackingCode, step.dossier.dossierId);
      persons.set(step.dossier.personId, person);
      write(step);
      return 'opened';
    },
    dossierIdOf: async (trackingCode) => tracking.get(trackingCode),

    person: async (personId) => persons.get(personId),

    scan: async (dossierId, scanId) => scans.get(scanName({ dossierId, scanId })),
    request: async (scan) => {
      if (scans.has(scanName(scan))) throw new Error('a scan of this name was asked for before');
      scans.set(scanName(scan), scan);
    },
    judge: async (scan) => {
      if (scans.get(scanName(scan))?.status !== 'awaited') return false;
      scans.set(scanName(scan), scan);
      return true;
    },
  };
}
