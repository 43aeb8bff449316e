import { takeIn } from '../../domain/intake/take-in.ts';
import { decide } from '../../domain/journey/decide.ts';
import type { Executions } from '../../domain/ports/executions.ts';
import { advanceJourney } from '../../lambdas/advance-journey/advance-journey.ts';
import type { resumeExecution } from '../../lambdas/resume-execution/resume-execution.ts';
import { sweepDue } from '../../lambdas/sweep-due/sweep-due.ts';
import type { MemoryBook } from '../doubles/book.ts';
import { secretName } from './secret.ts';

/** A bug that the simulation has to find: what is put in the place of what is right. */
export interface Planted {
  readonly book?: (right: MemoryBook) => MemoryBook;
  readonly take?: typeof takeIn;
  readonly advance?: typeof advanceJourney;
  readonly resume?: typeof resumeExecution;
  readonly sweep?: typeof sweepDue;
  readonly losesBatch?: true;
  readonly backwards?: true;
}

export interface Bug extends Planted {
  readonly what: string;
  /** It shows only when two things go wrong together, or two people act on one dossier. */
  readonly needsTwo?: true;
}

/** Appends otherwise than is right. */
function appending(change: (append: MemoryBook['append'], right: MemoryBook) => MemoryBook['append']): Planted {
  return { book: (right) => ({ ...right, append: change(right.append, right) }) };
}

/** Executions that behave otherwise than is right, under the leader that is. */
function leading(change: (right: Executions) => Partial<Executions>): Planted {
  return {
    advance: (book, executions, editions, now) =>
      advanceJourney(book, { ...executions, ...change(executions) }, editions, now),
  };
}

const idle: typeof resumeExecution = () => async () => 'left';
const neverSweeps: typeof sweepDue = () => async () => ({
  rung: 0,
  renewed: 0,
  findings: 0,
  failed: 0,
  standing: 0,
  isMore: false,
});

/** Each was a fault of this system once, or of others; all but a few need two faults, or two people. */
export const bugs: readonly Bug[] = [
  {
    what: 'a head is overwritten that somebody else has moved meanwhile',
    needsTwo: true,
    ...appending((append, right) => async (step, personal) => {
      const written = await append(step, personal);
      if (written !== 'overtaken') return written;
      const { dossierId } = step.dossier;
      right.lay(step.dossier, [...(await right.timeline(dossierId)), step.event]);
      return 'written';
    }),
  },
  {
    what: 'an event that is there already is written once more',
    needsTwo: true,
    book: (right) => ({
      ...right,
      eventById: async () => undefined,
      append: async (step, personal) => {
        const written = await right.append(step, personal);
        if (written !== 'known') return written;
        const { dossierId } = step.dossier;
        right.lay(step.dossier, [...(await right.timeline(dossierId)), step.event]);
        return 'written';
      },
    }),
  },
  {
    what: 'what was stored is looked for before the head is read, and a twin is refused for its own label',
    needsTwo: true,
    take: async (intake, said) => {
      const taken = await takeIn(intake, said);
      return 'isNew' in taken && !taken.isNew ? { refusal: { name: 'EventIdReused' } } : taken;
    },
  },
  {
    what: 'a late fact is written where it arrived, not where it happened',
    needsTwo: true,
    take: async ({ book, now }, said) => {
      const head = await book.head(said.dossierId);
      if (head === undefined || (await book.eventById(said.dossierId, said.report.eventId)))
        return takeIn({ book, now, pause: async () => undefined }, said);
      const decision = decide(head, said.report, now());
      if (!decision.ok) return { refusal: decision.refusal };
      const written = await book.append(decision.value, said.personal);
      return written === 'written' ? { ...decision.value, isNew: true } : { refusal: { name: 'Overtaken' } };
    },
  },
  {
    what: 'a fact that happened before the newest move is refused',
    needsTwo: true,
    take: async (intake, said) => {
      const head = await intake.book.head(said.dossierId);
      const isLate = head !== undefined && said.report.occurredAt < head.since;
      return isLate
        ? { refusal: { name: 'NoSuchStep', place: head.place, on: said.report.type } }
        : takeIn(intake, said);
    },
  },
  {
    what: 'a registration that lapsed is over, whatever happened before',
    needsTwo: true,
    take: async (intake, said) => {
      const head = await intake.book.head(said.dossierId);
      return head?.place === 'Cancelled'
        ? { refusal: { name: 'NoSuchStep', place: head.place, on: said.report.type } }
        : takeIn(intake, said);
    },
  },
  {
    what: 'a wrong clock is believed',
    needsTwo: true,
    take: async (intake, said) => {
      const { sentAt, ...report } = said.report;
      return takeIn(intake, { ...said, report });
    },
  },
  {
    what: 'an early fact is answered and thrown away',
    ...appending(
      (append) => async (step, personal) => (step.event.standing === 'parked' ? 'written' : append(step, personal)),
    ),
  },
  {
    what: 'an early fact lies on nobody’s desk',
    ...appending(
      (append) => async (step, personal) =>
        append({ ...step, matters: { opened: [], closed: step.matters.closed } }, personal),
    ),
  },
  {
    what: 'what was settled stays on the desk',
    needsTwo: true,
    ...appending(
      (append) => async (step, personal) =>
        append({ ...step, matters: { opened: step.matters.opened, closed: [] } }, personal),
    ),
  },
  {
    what: 'a late event does not record what it changed of others',
    needsTwo: true,
    ...appending((append) => async (step, personal) => {
      const { judgedAnew, ...event } = step.event;
      return append({ ...step, event }, personal);
    }),
  },
  {
    what: 'a late event does not record its place in the legal order',
    needsTwo: true,
    ...appending((append) => async (step, personal) => {
      const { order, ...event } = step.event;
      return append({ ...step, event }, personal);
    }),
  },
  {
    what: 'the timeline is read without its newest event',
    needsTwo: true,
    book: (right) => ({ ...right, timeline: async (dossierId) => (await right.timeline(dossierId)).slice(0, -1) }),
  },
  {
    what: 'the name of whoever took the paper goes into the book',
    ...appending(
      (append) => async (step, personal) =>
        personal?.receiverName === undefined
          ? append(step, personal)
          : append(
              { ...step, event: { ...step.event, details: { ...step.event.details, sealNumber: secretName } } },
              personal,
            ),
    ),
  },
  {
    what: 'a head without a date is stored',
    ...appending((append) => async (step, personal) => {
      const { dueAt, ...dossier } = step.dossier;
      return append({ ...step, dossier }, personal);
    }),
  },
  {
    what: 'a clock that rang late is written with the time of ringing',
    needsTwo: true,
    ...appending(
      (append) => async (step, personal) =>
        step.event.by.role === 'clock'
          ? append({ ...step, event: { ...step.event, occurredAt: step.event.receivedAt } }, personal)
          : append(step, personal),
    ),
  },
  {
    what: 'an execution is not led aside',
    ...leading(() => ({ leadAside: async () => 'led' })),
  },
  {
    what: 'an execution that is over is taken for one that runs, and its end is told to nobody',
    needsTwo: true,
    resume: idle,
    ...leading(() => ({ status: async () => ({ isRunning: true, startedAt: 0 }) })),
  },
  {
    what: 'a stream record that fails is thrown away, and no sweep looks for what is missing',
    needsTwo: true,
    losesBatch: true,
    sweep: neverSweeps,
  },
  {
    what: 'a sweep rings, but has nobody look after the execution',
    needsTwo: true,
    resume: idle,
    sweep: (book, isUnreadable, now) =>
      sweepDue({ ...book, nudge: async () => undefined }, isUnreadable, now, async () => undefined),
  },
  {
    what: 'whoever loses a race is told that he was stored',
    needsTwo: true,
    ...appending((append) => async (step, personal) => {
      const written = await append(step, personal);
      return written === 'overtaken' ? 'written' : written;
    }),
  },
  {
    what: 'a scan is written among the events, and moves the version',
    take: async (intake, said) => {
      const { book, now } = intake;
      const head = await book.head(said.dossierId);
      const isScan = said.report.type === 'Scanned' && !(await book.eventById(said.dossierId, said.report.eventId));
      if (head === undefined || !isScan) return takeIn(intake, said);
      const decision = decide(head, said.report, now());
      if (!decision.ok) return takeIn(intake, said);
      const written = await book.append(decision.value, said.personal);
      return written === 'written' ? { ...decision.value, isNew: true } : { refusal: { name: 'Overtaken' } };
    },
  },
  {
    what: 'a late event wakes no execution, and no sweep looks for what is missing',
    needsTwo: true,
    sweep: neverSweeps,
    ...appending(
      (append) => async (step, personal) =>
        append(
          step.event.order === undefined ? step : { ...step, event: { ...step.event, milestone: false } },
          personal,
        ),
    ),
  },
  {
    what: 'the wait of an execution that was replaced is written over the newer one, and it is not ended',
    needsTwo: true,
    backwards: true,
    ...leading(() => ({ end: async () => undefined })),
  },
  {
    what: 'what a phone said of its clock is forgotten',
    needsTwo: true,
    book: (right) => ({ ...right, deviceClock: async () => undefined }),
  },
];
