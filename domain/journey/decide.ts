import { postCalendar } from '../calendar/working-calendar.ts';
import { findProcedure } from '../catalogue/procedures.ts';
import { parseItemCode } from '../codes/item-code.ts';
import { faultIn } from './checks.ts';
import { clocks } from './clocks.ts';
import { deadlineOf, nextReminder } from './deadlines.ts';
import { isParty, type Dossier, type JourneyEvent } from './dossier.ts';
import type { Detail, Details } from './events.ts';
import { evolve } from './evolve.ts';
import { isSaid } from './guards.ts';
import { isFor, linesFrom, speakersOf, type Line } from './lines.ts';
import { granted, refused, type Outcome, type Refusal } from './refusals.ts';
import { arrivalOf, type Report } from './report.ts';
import { dateAfterSupplement, type SupplementTerm } from './supplement.ts';
import { lawEdition } from './rules.ts';

/**
 * What a granted report changes: one event to append, and the head as it is then. Both are written together or not at
 * all.
 */
export interface Step {
  readonly event: JourneyEvent;
  readonly dossier: Dossier;
}

/**
 * The law, applied: may this happen to this dossier now?
 * @param receivedAt epoch milliseconds of the server; a device's claim from the future is clamped to it
 * @returns the step, or the refusal: UnknownDossier, NoSuchStep, NotYourStep, ProofMissing, UnneededDetails,
 * ProofMismatch, ItemCodeRefused, DateRefused, UnknownPostOffice
 */
export function decide(dossier: Dossier, said: Report, receivedAt: number): Outcome<Step> {
  const report = asKept(said);
  if (!isParty(dossier, report.by)) return refused({ name: 'UnknownDossier' });
  const line = lineFor(dossier, report);
  if ('name' in line) return refused(line);
  const fault = detailFault(report, line) ?? faultIn(line.checks ?? [], dossier, report, receivedAt);
  return fault ? refused(fault) : granted(take(dossier, report, line, receivedAt));
}

/** A report as it goes into the book: what was parsed, not what was typed. What cannot be parsed is refused later. */
function asKept(report: Report): Report {
  const { itemCode } = report.details;
  const parsed = itemCode === undefined ? undefined : parseItemCode(itemCode);
  return parsed?.ok === true ? { ...report, details: { ...report.details, itemCode: parsed.value } } : report;
}

function lineFor(dossier: Dossier, report: Report): Line | Refusal {
  const lines = linesFrom(dossier).filter((line) => line.on === report.type);
  if (lines.length === 0) return { name: 'NoSuchStep', place: dossier.place, on: report.type };
  const mine = lines.filter((line) => isFor(line, dossier, report.by));
  if (mine.length === 0)
    return {
      name: 'NotYourStep',
      place: dossier.place,
      on: report.type,
      by: [...new Set(lines.flatMap((line) => speakersOf(line, dossier)))],
    };
  // Only when what decides between two ways was not said does none match: then it is that which is missing.
  return mine.find((line) => isSaid(line.saying, report.details)) ?? missingProof(report, mine);
}

function missingProof(report: Report, lines: readonly Line[]): Refusal {
  return {
    name: 'ProofMissing',
    on: report.type,
    missing: [...new Set(lines.flatMap((line) => line.requires))].filter(
      (detail) => report.details[detail] === undefined,
    ),
  };
}

function detailFault(report: Report, line: Line): Refusal | undefined {
  const missing = line.requires.filter((detail) => report.details[detail] === undefined);
  if (missing.length > 0) return { name: 'ProofMissing', on: report.type, missing };
  const unneeded = saidDetails(report.details).filter(
    (detail) => !line.requires.includes(detail) && !line.allows?.includes(detail),
  );
  return unneeded.length > 0 ? { name: 'UnneededDetails', on: report.type, unneeded } : undefined;
}

function isDetail(name: string, details: Details): name is Detail {
  return Object.hasOwn(details, name);
}
function saidDetails(details: Details): readonly Detail[] {
  return Object.keys(details)
    .filter((name): name is Detail => isDetail(name, details))
    .filter((detail) => details[detail] !== undefined);
}

/** The event, with all that has to be looked up for it; what it makes of the dossier follows from it alone. */
function take(dossier: Dossier, report: Report, line: Line, receivedAt: number): Step {
  const { eventId, type, by, device, details } = report;
  const ahead = Math.round((report.occurredAt - receivedAt) / 1000);
  const arrivedAt = arrivalOf(dossier, report, receivedAt);
  const resultDueAt =
    line.effects?.includes('set-result-date') === true ? resultDate(dossier, details, arrivedAt) : undefined;
  const undated: JourneyEvent = {
    eventId,
    number: dossier.version + 1,
    type,
    from: dossier.place,
    to: line.to,
    occurredAt: Math.min(report.occurredAt, receivedAt),
    receivedAt,
    ...(ahead > 0 ? { aheadSeconds: ahead } : {}),
    by,
    ...(device === undefined ? {} : { device }),
    details,
    milestone: line.milestone,
    ...(resultDueAt === undefined ? {} : { resultDueAt }),
    effects: line.effects ?? [],
    edition: { law: lawEdition, calendar: postCalendar.version },
  };
  const dueAt = dueDate(dossier, undated, arrivedAt);
  const event = dueAt === undefined ? undated : { ...undated, dueAt };
  return { event, dossier: evolve(dossier, event) };
}

/** When the place's clock runs out from now on: a remark leaves it, a reminder asks again on the next working day. */
function dueDate(dossier: Dossier, event: JourneyEvent, arrivedAt: number): number | undefined {
  if (event.milestone) return deadlineOf(event.to, arrivedAt, evolve(dossier, event), event.details);
  return event.effects.includes('remind') ? nextReminder(dossier.place, event.receivedAt) : dossier.dueAt;
}

/**
 * The agency's date: the one it names, or, when the papers are complete again, what their coming makes of the old one.
 */
function resultDate(dossier: Dossier, details: Details, arrivedAt: number): number | undefined {
  if (details.resultDueAt !== undefined || dossier.resultDueAt === undefined) return details.resultDueAt;
  if (dossier.place !== 'SupplementRequested') return undefined;
  return dateAfterSupplement(supplementTerm(dossier), dossier.resultDueAt, dossier.since, arrivedAt);
}

/** No procedure is known yet whose own law lets the term stand still. */
function supplementTerm({ procedureCode }: Dossier): SupplementTerm {
  const processing = findProcedure(procedureCode)?.processing.value;
  return { rule: 'restart', workingDays: processing?.kind === 'working-days' ? processing.days : undefined };
}

/**
 * The clock of the dossier's place ran out, says the state machine: what does that mean?
 * @returns the report to decide on; undefined when the deadline has moved or the journey has ended meanwhile
 */
export function runOut(dossier: Dossier, now: number): Report | undefined {
  const clock = clocks[dossier.place];
  if (!clock || dossier.dueAt === undefined || dossier.dueAt > now) return undefined;
  return {
    // The same deadline can be missed once only: its number makes a repeated report a duplicate. The dots keep it apart
    // from every
    // id that may come over the wire: nobody can take the clock's name and so silence it.
    eventId: `clock.${dossier.version}.${dossier.dueAt}`,
    type: clock.then,
    // On its own date, however late somebody rings.
    occurredAt: dossier.dueAt,
    by: { role: 'clock', unit: 'journey' },
    details: {},
  };
}
