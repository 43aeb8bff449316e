import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { SQSClient } from '@aws-sdk/client-sqs';
import { dynamoDue } from '../../adapters/dynamodb/due.ts';
import { dynamoFindings } from '../../adapters/dynamodb/findings.ts';
import { emptyQueue } from '../../adapters/sqs/dead-letters.ts';
import { replaceExecution } from '../../domain/execution/replace-execution.ts';
import type { FindingKind } from '../../domain/ports/book.ts';
import { farAway } from './connection.ts';

/** What ops may do to the executions of a book, and what it shows them. */
export interface OpsActs {
  /** The next execution of a dossier takes over, and a pause is lifted. @returns undefined for no such dossier */
  resume(dossierId: string): Promise<Resumed | undefined>;
  /** The same for every open dossier. @returns of how many it takes over */
  resumeEveryOpen(): Promise<number>;
  /** Empties a queue of dead letters, and has every dossier in it led on from the book, whatever the letter's age. */
  redrive(sqs: SQSClient, queueUrl: string): Promise<{ readonly letters: number; readonly dossiers: number }>;
  /** What does not heal by itself, the oldest first; `since` in ISO 8601. */
  findings(): Promise<readonly { readonly dossierId: string; readonly since: string; readonly remedy: string }[]>;
}

export type Resumed = Awaited<ReturnType<typeof replaceExecution>>;

export const resumedWords: Readonly<Record<Resumed, string>> = {
  raised: 'the next execution takes over',
  over: 'its journey is over: no execution is needed',
  left: 'somebody else has just replaced its execution',
  paused: 'its execution is paused',
};

const remedies: Readonly<Record<FindingKind, string>> = {
  paused: 'its execution ended three times in an hour. Mend what ends it, then resume it: npm run resume -- DOSSIER',
  due: 'its clock cannot be rung: the item cannot be read, or the law refuses it. Mend that; the next sweep rings it. See: npm run fold -- DOSSIER',
};

/** @param now epoch milliseconds, by the clock of the system that is meant */
export function opsActs(documents: DynamoDBDocumentClient, table: string, now: () => number): OpsActs {
  const book = dynamoDue(documents, table);
  const resume = async (dossierId: string): Promise<Resumed | undefined> => {
    if ((await book.head(dossierId)) === undefined) return undefined;
    return replaceExecution(book, dossierId, await book.executionLine(dossierId), 'asked', now());
  };
  return {
    resume,
    resumeEveryOpen: async () => {
      let raised = 0;
      for await (const { dossierId, kind } of book.dueBefore(farAway))
        if (kind === 'clock' && (await resume(dossierId)) === 'raised') raised += 1;
      return raised;
    },
    redrive: async (sqs, queueUrl) => {
      const looked = new Set<string>();
      const lookAfter = async (dossierId: string): Promise<void> => {
        if (!looked.has(dossierId)) await book.nudge(dossierId, now());
        looked.add(dossierId);
      };
      const letters = await emptyQueue(sqs, queueUrl, async (letter) => {
        if (letter === 'records') for await (const { dossierId } of book.dueBefore(farAway)) await lookAfter(dossierId);
        else if (letter !== 'nothing') await lookAfter(letter.dossierId);
      });
      return { letters, dossiers: looked.size };
    },
    findings: async () =>
      (await dynamoFindings(documents, table)).map(({ dossierId, kind, since }) => ({
        dossierId,
        since,
        remedy: remedies[kind].replace('DOSSIER', dossierId),
      })),
  };
}
