import type { Dossier, JourneyEvent } from '../journey/dossier.ts';
import type { Step } from '../journey/decide.ts';

/**
 * What is left in the book when an execution arrives at a place: who may wake it, and how far it has followed the
 * events.
 */
export interface Wait {
  readonly place: string;
  readonly taskToken: string;
  /** Number of the last event that the execution has followed. */
  readonly followed: number;
  readonly generation: number;
  /** Of the definition that the execution runs: it has the roads of that edition. */
  readonly edition: number;
}

/** Reading the book. */
export interface BookReader {
  /** The head of a dossier; undefined when there is none. */
  head(dossierId: string): Promise<Dossier | undefined>;
}

export interface TimelineReader {
  /** Every event in order. */
  timeline(dossierId: string): Promise<readonly JourneyEvent[]>;
}

export interface BookWriter extends BookReader {
  /** The event that carries this id, if it was recorded. */
  eventById(dossierId: string, eventId: string): Promise<JourneyEvent | undefined>;
  /**
   * Appends one event and moves the head, together or not at all.
   * `overtaken`: the head had moved since it was read. `known`: this event id is in the book already.
   */
  append(step: Step): Promise<'written' | 'overtaken' | 'known'>;
}

/** The desk that also hears who took the paper. */
export interface DeliveryWriter extends BookWriter {
  /** As in `BookWriter`; the name of whoever took the paper is kept with the person, in the same act as the event. */
  append(step: Step, receiver?: string): Promise<'written' | 'overtaken' | 'known'>;
}

/** What the execution of a dossier needs to be led on. */
export interface JourneyReader {
  wait(dossierId: string): Promise<Wait | undefined>;
  /** The first event after `followed` that moved the paper. */
  nextMilestone(dossierId: string, followed: number): Promise<JourneyEvent | undefined>;
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
  /** Writes all of it or nothing. `before`: this key opened that dossier earlier. */
  open(
    entry: Entry<Person>,
  ): Promise<'opened' | { readonly before: { readonly dossierId: string; readonly request: string } }>;
}

/** The people's own store. */
export interface People<Person> {
  /** Undefined when the person's data have been erased. */
  person(personId: string): Promise<Person | undefined>;
}

/** The public's way in: the code on the slip. */
export interface TrackingReader extends BookReader, TimelineReader {
  dossierIdOf(trackingCode: string): Promise<string | undefined>;
}
