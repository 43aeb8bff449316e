import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Bags } from '../../../domain/custody/bag.ts';
import { takeInAndPack, type TakeInBag } from '../../../domain/custody/bag.ts';
import { takeInAll, type TakeInAll } from '../../../domain/intake/take-in-all.ts';
import { takeIn, type Intake, type Said, type TakeIn } from '../../../domain/intake/take-in.ts';
import { takeStatus, type TakeStatus } from '../../../domain/status/take-status.ts';
import { drawTrackingCode } from '../../identifiers.ts';
import { dynamoDesk } from '../book.ts';

/** Where what is reported is written; what says nothing of people asks for no table of them. */
export interface ReportDoor extends Omit<Intake, 'book'> {
  readonly client: DynamoDBDocumentClient;
  readonly book: string;
  readonly people?: string;
}

function intakeBehind({ client, book, people = 'none', now, pause }: ReportDoor): Intake {
  return { book: dynamoDesk(client, { book, people }), now, pause };
}

/** Whoever asks for another tracking code does not choose it. */
function withDrawnCode(said: Said): Said {
  if (said.report.type !== 'TrackingCodeReplaced') return said;
  return { ...said, report: { ...said.report, newTrackingCode: drawTrackingCode() } };
}

/** Takes in one report. */
export function takingIn(door: ReportDoor): TakeIn {
  const intake = intakeBehind(door);
  return async (said) => takeIn(intake, withDrawnCode(said));
}

/** Takes in reports about any dossiers. */
export function takingInAll(door: ReportDoor): TakeInAll {
  const intake = intakeBehind(door);
  return async (all) => takeInAll(intake, all.map(withDrawnCode));
}

/** Takes in what is said of the dossiers of a bag. */
export function takingInBags(door: ReportDoor, bags: Bags): TakeInBag {
  const intake = intakeBehind(door);
  return async (fact) => takeInAndPack(intake, bags, fact);
}

/** Takes in what an agency's system says. */
export function takingStatus(door: ReportDoor): TakeStatus {
  const intake = intakeBehind(door);
  return async (said) => takeStatus(intake, said);
}
