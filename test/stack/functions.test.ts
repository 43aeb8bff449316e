import { readdirSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { functionsThat } from '../../contract/operations.ts';
import { functionsOf } from './functions.ts';
import { Synthesized } from './synthesized.ts';

const stack = new Synthesized();
const functions = functionsOf(stack);

const slipKeys = 'A 2026-11-29 SlipKeys/KeyA';
const [BOOK_TABLE, PEOPLE_TABLE, LOOKS_TABLE, SCANS_BUCKET, SEALS_BUCKET, STATE_MACHINE_ARN] = [
  'Book',
  'People',
  'Looks',
  'Scans',
  'Seals',
  'Journey/StateMachine',
];
/** Those that count their callers. */
const behindDoors: readonly string[] = functionsThat(({ doors }) => doors !== 'open');

/** What each function is told about its surroundings. */
const told: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'register-dossier': { BOOK_TABLE, PEOPLE_TABLE },
  'read-desk': { BOOK_TABLE },
  'read-round': { BOOK_TABLE },
  'list-dossiers': { BOOK_TABLE },
  'read-timeline': { BOOK_TABLE },
  'record-bag': { BOOK_TABLE },
  'report-status': { BOOK_TABLE },
  'manage-subscriptions': { FEEDS_TABLE: 'Feeds', FEED_LANES: '16', WAKE_QUEUE_URL: 'Webhooks/Wakes' },
  'call-webhook': { FEEDS_TABLE: 'Feeds', FEED_SOURCE: 'urn:dossier-post:DossierPost' },
  'send-webhooks': { FEEDS_TABLE: 'Feeds', WAKE_QUEUE_URL: 'Webhooks/Wakes' },
  'wake-webhooks': { FEEDS_TABLE: 'Feeds', WAKE_QUEUE_URL: 'Webhooks/Wakes' },
  'read-feed': { FEEDS_TABLE: 'Feeds' },
  'publish-events': {
    BOOK_TABLE,
    FEEDS_TABLE: 'Feeds',
    FEED_SOURCE: 'urn:dossier-post:DossierPost',
    WAKE_QUEUE_URL: 'Webhooks/Wakes',
    STATUS_QUEUE_URL: 'Publisher/StatusUpdates',
    DEAD_LETTER_QUEUE_URL: 'JourneyFeed/DeadLetters',
  },
  'read-custody': { BOOK_TABLE },
  'list-messages': { BOOK_TABLE },
  'read-clock': { BOOK_TABLE },
  'print-paper': { BOOK_TABLE, PEOPLE_TABLE, LOOKS_TABLE, SLIP_KEYS: slipKeys },
  'check-slips': { BOOK_TABLE, SLIP_KEYS: slipKeys },
  'record-event': { BOOK_TABLE, PEOPLE_TABLE },
  'record-events': { BOOK_TABLE, PEOPLE_TABLE },
  'read-dossier': { BOOK_TABLE, PEOPLE_TABLE, LOOKS_TABLE },
  'read-looks': { BOOK_TABLE, LOOKS_TABLE },
  'request-scan-upload': { BOOK_TABLE, SCANS_BUCKET },
  'request-scan-uploads': { BOOK_TABLE, SCANS_BUCKET },
  'list-scans': { BOOK_TABLE },
  'confirm-scan': { BOOK_TABLE, SCANS_BUCKET },
  'open-scan': { BOOK_TABLE, LOOKS_TABLE, SCANS_BUCKET },
  'track-in-detail': { BOOK_TABLE, LIMITS_TABLE: 'Limits', PEOPLE_TABLE },
  'archive-dossier': { BOOK_TABLE, LOOKS_TABLE, SCANS_BUCKET, SEALS_BUCKET },
  'track-dossier': { BOOK_TABLE, LIMITS_TABLE: 'Limits' },
  'report-health': {},
  // Which routes there are: `dossier-api.test.ts` holds them to the contract.
  'refuse-route': {
    ROUTES: functions.find(({ operation }) => operation === 'refuse-route')?.environment['ROUTES'] ?? '',
  },
  'advance-journey': { BOOK_TABLE, STATE_MACHINE_ARN, DEAD_LETTER_QUEUE_URL: 'JourneyFeed/DeadLetters' },
  'record-overdue': { BOOK_TABLE },
  'resume-execution': { BOOK_TABLE },
  'sweep-due': { BOOK_TABLE },
  'seal-days': { BOOK_TABLE, SEALS_BUCKET },
  'tell-citizens': {
    BOOK_TABLE,
    PEOPLE_TABLE,
    ZALO_QUEUE_URL: 'Telling/Zalo',
    EMAIL_FROM: 'bao-tin@dossier-post.example',
  },
};

// Holds ADR 0010.
describe('the functions', () => {
  it('every folder of lambdas/ is deployed once, and nothing else is', () => {
    expect(functions.map(({ operation }) => operation).toSorted()).toEqual(readdirSync('lambdas').toSorted());
  });

  describe.each(functions.map((one) => [one.operation, one] as const))(
    '%s',
    (operation, { resource, logGroup, environment }) => {
      it('a function runs on the Node of the project, on ARM, and is traced', () => {
        expect(resource.properties).toMatchObject({
          Runtime: `nodejs${process.versions.node.split('.')[0]}.x`,
          Architectures: ['arm64'],
          Handler: 'index.handler',
          TracingConfig: { Mode: 'Active' },
        });
      });

      it('a function knows where its work lies and nothing more', () => {
        expect(environment).toEqual({
          ...told[operation],
          ...(behindDoors.includes(operation) ? { CALLER_LIMITS_TABLE: 'Limits' } : {}),
          NODE_OPTIONS: '--enable-source-maps',
          POWERTOOLS_SERVICE_NAME: operation,
          POWERTOOLS_METRICS_NAMESPACE: 'DossierPost',
        });
      });

      it('a function logs JSON, kept for the six months in which a complaint may come', () => {
        expect(resource.properties['LoggingConfig']).toMatchObject({ LogFormat: 'JSON' });
        expect(logGroup.properties['RetentionInDays']).toBe(180);
        expect(logGroup.fate).toEqual(['RetainExceptOnCreate', 'Retain']);
      });
    },
  );
});
