import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { functionsOf } from './functions.ts';
import { Synthesized } from './synthesized.ts';

const stack = new Synthesized();
const functions = functionsOf(stack);
const Room = z.object({ MemorySize: z.int(), Timeout: z.int(), ReservedConcurrentExecutions: z.int().optional() });
const Feed = z.object({ BatchSize: z.int(), ParallelizationFactor: z.int() });
const feed = Feed.parse(stack.the('JourneyFeed/Feed').properties);

function roomOf(operation: string): z.infer<typeof Room> {
  return Room.parse(functions.find((one) => one.operation === operation)?.resource.properties);
}

const answeringPeople = [
  'register-dossier',
  'list-dossiers',
  'read-desk',
  'read-round',
  'read-timeline',
  'record-bag',
  'report-status',
  'read-custody',
  'list-messages',
  'read-clock',
  'print-paper',
  'record-event',
  'record-events',
  'read-dossier',
  'read-looks',
  'request-scan-upload',
  'request-scan-uploads',
  'list-scans',
  'open-scan',
  'archive-dossier',
  'track-dossier',
  'track-in-detail',
  'check-slips',
  'report-health',
  'manage-subscriptions',
  'call-webhook',
  'read-feed',
  'read-catalogue',
];
const followingDossiers = [
  'advance-journey',
  'record-overdue',
  'resume-execution',
  'sweep-due',
  'publish-events',
  'wake-webhooks',
  'send-webhooks',
  'seal-days',
  'tell-citizens',
];
const showingPages = ['show-openapi', 'show-docs', 'show-problem', 'refuse-route'];

/** As couriers, clerks and whoever is on call see it: nobody waits in vain, nothing is cut off in the middle. */
describe('the room of the functions', () => {
  it('the room of the functions is looked at for every one of them', () => {
    expect([...answeringPeople, ...followingDossiers, ...showingPages, 'confirm-scan'].toSorted()).toEqual(
      functions.map(({ operation }) => operation).toSorted(),
    );
  });

  it.each([...answeringPeople, ...showingPages, 'confirm-scan'])(
    '%s answers before API Gateway gives up after 30 seconds',
    (operation) => {
      expect(roomOf(operation).Timeout).toBeLessThan(30);
    },
  );

  it.each(answeringPeople)('%s is not cut off by a cold start and three tries of a throttled table', (operation) => {
    expect(roomOf(operation).Timeout).toBeGreaterThanOrEqual(10);
  });

  it.each([...answeringPeople, ...followingDossiers])(
    '%s loads within a second on the share of a processor that its memory brings, and costs no more than it needs',
    (operation) => {
      // 1,769 MB are one vCPU: https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html
      expect(roomOf(operation).MemorySize).toBeGreaterThanOrEqual(1769 / 4);
      expect(roomOf(operation).MemorySize).toBeLessThanOrEqual(1769);
    },
  );

  it.each(showingPages)('%s holds a file and nothing more', (operation) => {
    const { Timeout, MemorySize } = roomOf(operation);
    expect(Timeout).toBeGreaterThanOrEqual(3);
    expect(MemorySize).toBeGreaterThanOrEqual(128);
    expect(MemorySize).toBeLessThanOrEqual(512);
  });

  it('confirm-scan opens the largest picture beside a full PDF engine, and ends its own check first', () => {
    const { Timeout, MemorySize } = roomOf('confirm-scan');
    const checkMs = /mostMilliseconds: ([\d_]+)/.exec(readFileSync('lambdas/confirm-scan/handler.ts', 'utf8'))?.[1];
    const checkSeconds = Number(checkMs?.replaceAll('_', '')) / 1000;
    // A hundred megapixels at four bytes, WebAssembly’s 2 GB, and Node itself; above one vCPU it opens no faster.
    expect(MemorySize).toBeGreaterThanOrEqual(2048 + 400 + 128);
    expect(MemorySize).toBeLessThanOrEqual(2 * 1769);
    // Reading the upload, writing the verdict and moving the file take some of the time as well.
    expect(checkSeconds).toBeGreaterThanOrEqual(15);
    expect(Timeout - checkSeconds).toBeGreaterThanOrEqual(5);
  });

  it('advance-journey is through with a batch in a tenth of its time, so that a slow Step Functions cuts none off', () => {
    const recordSeconds = 0.03;
    expect(feed.BatchSize * recordSeconds * 10).toBeLessThanOrEqual(roomOf('advance-journey').Timeout);
    expect(roomOf('advance-journey').Timeout).toBeLessThanOrEqual(120);
  });

  it('the batches are large enough that a busy morning is not paid by the record', () => {
    expect(feed.BatchSize).toBeGreaterThanOrEqual(50);
  });

  it('an hour of standing still on the worst day is caught up within ten minutes', () => {
    const [comesPerSecond, doesPerSecond] = [11, 33];
    // A table on demand begins with four shards.
    const left = 4 * feed.ParallelizationFactor * doesPerSecond - comesPerSecond;
    expect((3600 * comesPerSecond) / left).toBeLessThanOrEqual(10 * 60);
  });

  it('record-overdue has ended before the state machine gives it up and asks again', () => {
    const { States } = z
      .object({ States: z.object({ RecordOverdue: z.object({ TimeoutSeconds: z.int() }) }) })
      .parse(JSON.parse(readFileSync('statemachines/dossier-journey.asl.json', 'utf8')));
    expect(roomOf('record-overdue').Timeout).toBeLessThan(States.RecordOverdue.TimeoutSeconds);
    expect(roomOf('record-overdue').Timeout).toBeGreaterThanOrEqual(10);
  });

  it('resume-execution outlasts a throttled table, and a wrong definition does not keep it busy for long', () => {
    expect(roomOf('resume-execution').Timeout).toBeGreaterThanOrEqual(10);
    expect(roomOf('resume-execution').Timeout).toBeLessThanOrEqual(60);
  });

  it('sweep-due does its 500 items at 50 ms, even at half the speed, and ends before the next one starts', () => {
    expect(roomOf('sweep-due').Timeout).toBeGreaterThanOrEqual(2 * 500 * 0.05);
    expect(roomOf('sweep-due').Timeout).toBeLessThan(5 * 60);
  });
});

describe('what many callers at once may take', () => {
  const mayFlood = {
    'who knows a code, or tries some': ['track-dossier', 'track-in-detail', 'check-slips'],
    'who reads the contract': showingPages,
    'who sends scans': ['confirm-scan'],
    'the clocks after a holiday': ['record-overdue'],
    'a stream that catches up': ['advance-journey'],
    'a definition that fails every execution': ['resume-execution'],
  };

  it.each(Object.entries(mayFlood))('%s starves nobody else', (_who, operations) => {
    for (const operation of operations) {
      const most = roomOf(operation).ReservedConcurrentExecutions;
      expect([operation, most]).toEqual([operation, expect.any(Number)]);
      expect(most).toBeGreaterThanOrEqual(2);
      expect(most).toBeLessThanOrEqual(50);
    }
  });

  it('couriers, clerks and portals are bounded by the account alone', () => {
    for (const operation of ['register-dossier', 'record-event', 'read-dossier', 'request-scan-upload', 'open-scan'])
      expect(roomOf(operation)).not.toHaveProperty('ReservedConcurrentExecutions');
  });

  it('the stream is never short of instances for its batches, of four shards', () => {
    expect(roomOf('advance-journey').ReservedConcurrentExecutions).toBeGreaterThanOrEqual(
      4 * feed.ParallelizationFactor,
    );
  });

  it('what all functions may take together is what the account’s plan says, and leaves most of its thousand to people who work', () => {
    const reserved = functions.flatMap(({ operation }) => {
      const { ReservedConcurrentExecutions: most } = roomOf(operation);
      return most === undefined ? [] : [[operation, most] as const];
    });
    expect(Object.fromEntries(reserved)).toEqual({
      'advance-journey': 8,
      'archive-dossier': 5,
      'confirm-scan': 20,
      'publish-events': 8,
      'wake-webhooks': 1,
      'record-overdue': 20,
      'track-dossier': 50,
      'track-in-detail': 5,
      'check-slips': 5,
      'resume-execution': 5,
      'refuse-route': 5,
      'show-docs': 5,
      'show-openapi': 5,
      'show-problem': 5,
      'sweep-due': 1,
      'seal-days': 1,
      'tell-citizens': 1,
    });
    expect(reserved.reduce((sum, [, most]) => sum + most, 0)).toBeLessThanOrEqual(150);
  });
});
