import type { Dossier, JourneyEvent, Note, NotePlace } from '../journey/dossier.ts';
import type { DeviceClock } from '../journey/device-clock.ts';
import type { Matter } from '../journey/matters.ts';
import type { Change } from '../execution/generations.ts';
import type { Step } from '../journey/step.ts';

/** Where an execution waits in the book: who may wake it, and how far it has followed the events. */
export interface Wait {
  readonly place: string;
  readonly taskToken: string;
  /** Number of the last event that the execution has followed. */
  readonly followed: number;
  /** Of the definition that the execution runs: it has the roads of that edition. */
  readonly edition: number;
}

/** The book's line on the execution of a dossier, on which the book's side and the state machine's meet. */
export interface ExecutionLine {
  /** Of the execution that follows the dossier; every older one is over or will be told so when it arrives. */
  readonly generation: number;
  /** Where this generation waits; absent until it has arrived somewhere. */
  readonly wait?: Wait;
  /** When the book raised the generation; absent for the first. Epoch milliseconds, as all here. */
  readonly raisedAt?: number;
  /** The token with which the generation before waited. */
  readonly formerToken?: string;
  /** When it arrived where it waits, and when a younger execution has to take over. */
  readonly waitingSince?: number;
  readonly renewAt?: number;
  /** Somebody wants to know whether the execution is still there. */
  readonly nudgedAt?: number;
  /** When the execution was resumed lately, because it had ended. */
  readonly resumedAt: readonly number[];
  /** Since when it is not resumed any more, because it ended again and again. */
  readonly pausedAt?: number;
}

/** Reading the book. */
export interface BookReader {
  /** The head of a dossier; undefined when there is none. */
  head(dossierId: string): Promise<Dossier | undefined>;
}

export interface TimelineReader {
  /** Every event in the order of arrival. */
  timeline(dossierId: string): Promise<readonly JourneyEvent[]>;
  /** The newest so many events, in the order of arrival. */
  newest(dossierId: string, most: number): Promise<readonly JourneyEvent[]>;
  /** The events of these numbers, in the order of the numbers given; those that are not there are left out. */
  numbered(dossierId: string, numbers: readonly number[]): Promise<readonly JourneyEvent[]>;
  /** The newest so many notes, in the order of arrival. @param until arrived by then (epoch ms); undefined for all */
  notes(dossierId: string, most: number, until?: number): Promise<readonly Note[]>;
  /** The next so many notes after a place, in the order of arrival. @param place undefined for the first */
  notesAfter(dossierId: string, place: NotePlace | undefined, most: number): Promise<readonly Note[]>;
}

export type Appended = 'written' | 'overtaken' | 'known' | 'code-taken';

export interface BookWriter extends BookReader, TimelineReader {
  /** The event or note that carries this id, if it was recorded; a note has no number. */
  eventById(dossierId: string, eventId: string): Promise<JourneyEvent | Note | undefined>;
  /**
   * Appends one event and moves the head, together or not at all.
   * `overtaken`: the head had moved since it was read. `known`: this event id is in the book already. `code-taken`: the
   * item code that it brings is on the item of another open dossier, or the tracking code another's.
   */
  append(step: Step): Promise<Appended>;
}

/** What a report says of people: kept apart from the book, in the same act as the event. */
export interface Personal {
  /** Who took the paper. */
  readonly receiverName?: string;
  /** The applicant's telephone number as it should have been. */
  readonly phone?: string;
}

/** The desk that also hears about people. */
export interface DeskWriter extends BookWriter {
  /** As in `BookWriter`; what is said of people is kept with the person, or not at all. */
  append(step: Step, personal?: Personal): Promise<Appended>;
  /**
   * Writes a note apart from the events, with what it says of people; the head does not move. `too-many`: the day's
   * measure of the dossier is full.
   */
  note(dossier: Dossier, note: Note, personal: Personal): Promise<'written' | 'known' | 'too-many'>;
  /** Whether an event was reported with the very same words about people; forgotten ones are taken for the same. */
  isSamePersonal(dossier: Dossier, eventId: string, personal: Personal): Promise<boolean>;
  /** What is known of the clock of a unit's device; undefined for nothing. */
  deviceClock(unit: string, deviceId: string): Promise<DeviceClock | undefined>;
  /** Remembers it; the newest counts. */
  keepDeviceClock(unit: string, deviceId: string, clock: DeviceClock): Promise<void>;
}

/** What the execution of a dossier needs to be led on. */
export interface JourneyReader {
  executionLine(dossierId: string): Promise<ExecutionLine | undefined>;
  /** The first event after `followed` that moved the paper. */
  nextMilestone(dossierId: string, followed: number): Promise<JourneyEvent | undefined>;
}

/** Who replaces executions. */
export interface GenerationWriter extends JourneyReader, BookReader {
  /**
   * Raises the generation of a dossier's execution, or pauses it, in one conditional write.
   * `overtaken`: the line is no longer that of this generation, so somebody else has replaced it.
   * @param generation the one to be replaced
   * @param now epoch milliseconds
   */
  replace(dossierId: string, generation: number, change: Change, now: number): Promise<'written' | 'overtaken'>;
  /** Has whoever leads the executions look after this one. @param now epoch milliseconds */
  nudge(dossierId: string, now: number): Promise<void>;
}

/** Something that should have happened, and did not. */
export interface DueItem {
  readonly dossierId: string;
  /**
   * The clock of the dossier's place, the day on which its execution has to be renewed, or something that its owner
   * should have settled.
   */
  readonly kind: 'clock' | 'renewal' | 'matter' | 'bag';
  /** The fact of a bag of which something is left to be done. */
  readonly bag?: { readonly bagCode: string; readonly eventId: string };
  /** The key of a matter. */
  readonly matter?: MatterKey;
  /** Epoch milliseconds. */
  readonly dueAt: number;
}

/** Which matter of a dossier. */
export type MatterKey = Pick<Matter, 'kind' | 'eventId'>;

/** What it is about: something that was due, or an execution that is paused. */
export type FindingKind = 'due' | 'paused';

/** What somebody of ops has to look at, because it does not heal by itself. */
export interface Finding {
  readonly dossierId: string;
  /** `unreadable`: the dossier's items are not what the code reads; `refused`: the law refuses its own clock. */
  readonly reason: 'unreadable' | 'refused';
  /** When it was found. Epoch milliseconds. */
  readonly at: number;
}

/** Who looks for what should have happened. */
export interface DueKeeper extends GenerationWriter {
  /** What was due before an instant, the oldest first. */
  dueBefore(instant: number): AsyncIterable<DueItem>;
  /** The execution of a journey that is over is renewed no more. */
  forgetRenewal(dossierId: string): Promise<void>;
  /** A matter was not settled in time: its row says so, and it is due again. @param dueAt epoch milliseconds */
  remindOf(dossierId: string, matter: MatterKey, dueAt: number): Promise<void>;
  /** Writes a finding where ops see it; one that stands there already stays as it is. */
  find(finding: Finding): Promise<void>;
  /** What stands on the desk of ops: findings of what was due, and dossiers whose execution is paused. */
  standing(): Promise<readonly { readonly dossierId: string; readonly kind: FindingKind }[]>;
  /** What was found of a dossier has passed. */
  settle(dossierId: string, kind: FindingKind): Promise<void>;
}

/**
 * A registration as it is written: the book's first lines, the person apart, and what makes a repeated request
 * recognisable.
 */
export interface Entry<Person> {
  readonly step: Step;
  readonly person: Person;
  /** Names the request: the same key from the same caller. */
  readonly key: string;
  /** What was asked, so that the same key with another request is noticed. */
  readonly request: string;
}

export interface Register<Person> extends BookReader {
  /**
   * Writes all of it or nothing. `before`: this key opened that dossier earlier. `code-taken`: another dossier has the
   * tracking code.
   */
  open(
    entry: Entry<Person>,
  ): Promise<'opened' | 'code-taken' | { readonly before: { readonly dossierId: string; readonly request: string } }>;
}

/** The people's own store. */
export interface People<Person> {
  /** Undefined when the person's data have been erased. */
  person(personId: string): Promise<Person | undefined>;
}

/** Tracking codes that ended before their time, because another took their place. */
export interface EndedCodes {
  ended(): Promise<readonly string[]>;
}

/** What of people guards the details that the public sees, and nothing else of them. */
export interface Phones {
  /** Undefined when nobody has this id, and when the person's data have been erased. */
  phoneOf(personId: string): Promise<string | undefined>;
}

/** The public's way in: the code on the slip. */
export interface TrackingReader extends BookReader, TimelineReader {
  dossierIdOf(trackingCode: string): Promise<string | undefined>;
}
