import { parseItemCode } from '../codes/item-code.ts';
import { faultIn, impossibleOf } from './checks.ts';
import type { Dossier } from './dossier.ts';
import { eventFacts, proofs, type Detail, type Details, type EventType } from './events.ts';
import { isSaid } from './guards.ts';
import { isFor, linesFrom, speakersOf, type Line } from './lines.ts';
import type { Refusal } from './refusals.ts';
import type { Report } from './report.ts';
import { lawEdition, remarks, rules, stands, type Check } from './rules.ts';

/** It happened to paper or money, whatever the law says of it. */
export function isPhysical(type: EventType): boolean {
  return eventFacts[type].kind === 'physical-fact';
}

/** A report as it goes into the book: what was parsed, not what was typed. What cannot be parsed is refused later. */
export function asKept(report: Report): Report {
  const { itemCode } = report.details;
  const parsed = itemCode === undefined ? undefined : parseItemCode(itemCode);
  return parsed?.ok === true ? { ...report, details: { ...report.details, itemCode: parsed.value } } : report;
}

/** The line of today's law that a report is for, from where the dossier is; or why there is none. */
export function lineFor(dossier: Dossier, report: Report): Line | Refusal {
  const lines = linesFrom(dossier).filter((line) => line.on === report.type);
  if (lines.length === 0) return { name: 'NoSuchStep', place: dossier.place, on: report.type };
  const mine = lines.filter((line) => isFor(line, dossier, report.by));
  if (mine.length === 0) return notYours(dossier, report, lines);
  // Only when what decides between two ways was not said does none match: then it is that which is missing.
  return mine.find((line) => isSaid(line.saying, report.details, report.by.role)) ?? missingProof(report, mine);
}

function notYours(dossier: Dossier, { type }: Report, lines: readonly Pick<Line, 'by' | 'only'>[]): Refusal {
  return {
    name: 'NotYourStep',
    place: dossier.place,
    on: type,
    by: [...new Set(lines.flatMap((line) => speakersOf(line, dossier)))],
  };
}

function missingProof(report: Report, lines: readonly Line[]): Refusal {
  return {
    name: 'ProofMissing',
    on: report.type,
    missing: [...new Set(lines.flatMap((line) => line.requires))].filter((detail) => isUnsaid(report, detail)),
  };
}

/**
 * What is wrong with a report on a line: of a physical fact only what makes it impossible, or leaves open what
 * happened; what differs from the book is a dispute, and what proves it may follow.
 */
export function faultOn(
  line: Pick<Line, 'requires' | 'allows' | 'checks'>,
  dossier: Dossier,
  report: Report,
  receivedAt: number,
): Refusal | undefined {
  const checks = line.checks ?? [];
  return (
    detailFault(report, line.requires, line.allows) ??
    faultIn(isPhysical(report.type) ? impossibleOf(checks) : checks, dossier, report, receivedAt)
  );
}

function isUnsaid(report: Report, detail: Detail): boolean {
  return report.details[detail] === undefined;
}

function detailFault(
  report: Report,
  requires: readonly Detail[],
  allows: readonly Detail[] | undefined,
): Refusal | undefined {
  const missing = requires.filter(
    (detail) => isUnsaid(report, detail) && !(isPhysical(report.type) && proofs.includes(detail)),
  );
  if (missing.length > 0) return { name: 'ProofMissing', on: report.type, missing };
  const unneeded = saidDetails(report.details).filter(
    (detail) => !requires.includes(detail) && !allows?.includes(detail),
  );
  return unneeded.length > 0 ? { name: 'UnneededDetails', on: report.type, unneeded } : undefined;
}

/**
 * What is wrong with a fact that no line takes from where the dossier is: whether it is anybody's to report is told by
 * the lines that take it elsewhere.
 */
export function faultAnywhere(dossier: Dossier, report: Report, receivedAt: number): Refusal | undefined {
  const lines = [...rules, ...remarks].filter((line) => line.on === report.type && stands(line, lawEdition));
  const mine = lines.filter((line) => isFor(line, dossier, report.by));
  if (mine.length === 0) return notYours(dossier, report, lines);
  const inEvery = mine[0]?.requires.filter((detail) => mine.every(({ requires }) => requires.includes(detail))) ?? [];
  const inAny = mine.flatMap(({ requires, allows }) => [...requires, ...(allows ?? [])]);
  const checks = [...new Set(mine.flatMap((line): readonly Check[] => line.checks ?? []))];
  return detailFault(report, inEvery, inAny) ?? faultIn(impossibleOf(checks), dossier, report, receivedAt);
}

function isDetail(name: string, details: Details): name is Detail {
  return Object.hasOwn(details, name);
}
function saidDetails(details: Details): readonly Detail[] {
  return Object.keys(details)
    .filter((name): name is Detail => isDetail(name, details))
    .filter((detail) => details[detail] !== undefined);
}
