import { randomUUID } from 'node:crypto';
import { startOfNextWorkingDay, type WorkingCalendar } from '../../domain/calendar/working-calendar.ts';
import type { EventType } from '../../domain/journey/events.ts';
import type {
  ApiClient,
  DossierAnswer,
  EventBody,
  RegisterBody,
  ScanAnswer,
  ScanFile,
} from '../../client/api-client.ts';
import type { Clock } from '../../emulator/clock/clock.ts';
import type { Bearer } from '../sign-in.ts';

/** Somebody who speaks to the API: a role, and the post office or agency it speaks for. */
export type Speaker = Pick<Bearer, 'role' | 'unit'>;

/** What the demo needs of the system it runs on. */
export interface World {
  as(speaker: Speaker): ApiClient;
  readonly clock: Pick<Clock, 'now' | 'jumpTo'>;
  /** Resolves when every execution has followed its dossier. */
  settled(): Promise<void>;
}

/** A dossier on its way, as the stories lead it. Each step waits until the state machine has followed. */
export interface Traveller {
  readonly dossier: DossierAnswer;
  /** The scans that were verified so far. */
  readonly scans: readonly ScanAnswer[];
  report(by: Speaker, type: EventType, details?: EventBody['details']): Promise<void>;
  /** Uploads a scan and has it verified. @returns its SHA-256, as an event names its evidence */
  bringScan(by: Speaker, file: ScanFile): Promise<string>;
  /** Epoch milliseconds. */
  now(): number;
  /** Lets this many minutes pass. */
  later(minutes: number): Promise<void>;
  /** Lets the time pass until an instant; an instant that is over already is not waited for. */
  until(instant: number): Promise<void>;
  /** Lets the night pass, and the days of rest: until one hour after the office has opened. */
  nextMorning(calendar: WorkingCalendar): Promise<void>;
}

const minute = 60_000;

/** Opens a dossier and takes it by the hand. */
export async function setOut(world: World, opener: Speaker, registration: RegisterBody): Promise<Traveller> {
  const dossier = await world.as(opener).register(registration);
  await world.settled();
  return meet(world, dossier);
}

/** Takes a dossier by the hand that is on its way already. */
export function meet(world: World, dossier: DossierAnswer): Traveller {
  return { ...timeIn(world), dossier, ...stepsOf(world, dossier.dossierId) };
}

/** How time passes in the stories. */
export function timeIn({ clock, settled }: World): Pick<Traveller, 'now' | 'later' | 'until' | 'nextMorning'> {
  const until = async (instant: number): Promise<void> => {
    if (instant > clock.now()) await clock.jumpTo(instant);
    await settled();
  };
  return {
    now: () => clock.now(),
    until,
    later: async (minutes) => until(clock.now() + minutes * minute),
    nextMorning: async (calendar) => until(startOfNextWorkingDay(clock.now(), calendar) + 60 * minute),
  };
}

function stepsOf({ as, clock, settled }: World, dossierId: string): Pick<Traveller, 'report' | 'bringScan' | 'scans'> {
  const scans: ScanAnswer[] = [];
  return {
    scans,
    report: async (by, type, details = {}) => {
      await as(by).record(dossierId, {
        eventId: randomUUID(),
        type,
        occurredAt: new Date(clock.now()).toISOString(),
        details,
      });
      await settled();
    },
    bringScan: async (by, file) => {
      const scan = await as(by).bringScan(dossierId, file);
      scans.push(scan);
      return scan.sha256;
    },
  };
}
