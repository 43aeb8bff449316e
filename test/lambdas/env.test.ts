import { describe, expect, it } from '@jest/globals';
import { readdirSync } from 'node:fs';
import { Env as advanceJourney } from '../../lambdas/advance-journey/env.ts';
import { Env as archiveDossier } from '../../lambdas/archive-dossier/env.ts';
import { Env as checkSlips } from '../../lambdas/check-slips/env.ts';
import { Env as confirmScan } from '../../lambdas/confirm-scan/env.ts';
import { Env as listDossiers } from '../../lambdas/list-dossiers/env.ts';
import { Env as listScans } from '../../lambdas/list-scans/env.ts';
import { Env as openScan } from '../../lambdas/open-scan/env.ts';
import { Env as readDesk } from '../../lambdas/read-desk/env.ts';
import { Env as readDossier } from '../../lambdas/read-dossier/env.ts';
import { Env as manageSubscriptions } from '../../lambdas/manage-subscriptions/env.ts';
import { Env as callWebhook } from '../../lambdas/call-webhook/env.ts';
import { Env as sendWebhooks } from '../../lambdas/send-webhooks/env.ts';
import { Env as wakeWebhooks } from '../../lambdas/wake-webhooks/env.ts';
import { Env as publishEvents } from '../../lambdas/publish-events/env.ts';
import { Env as readFeed } from '../../lambdas/read-feed/env.ts';
import { Env as reportStatus } from '../../lambdas/report-status/env.ts';
import { Env as recordBag } from '../../lambdas/record-bag/env.ts';
import { Env as printPaper } from '../../lambdas/print-paper/env.ts';
import { Env as readClock } from '../../lambdas/read-clock/env.ts';
import { Env as listMessages } from '../../lambdas/list-messages/env.ts';
import { Env as readCustody } from '../../lambdas/read-custody/env.ts';
import { Env as readLooks } from '../../lambdas/read-looks/env.ts';
import { Env as readRound } from '../../lambdas/read-round/env.ts';
import { Env as readTimeline } from '../../lambdas/read-timeline/env.ts';
import { Env as recordEvent } from '../../lambdas/record-event/env.ts';
import { Env as recordEvents } from '../../lambdas/record-events/env.ts';
import { Env as recordOverdue } from '../../lambdas/record-overdue/env.ts';
import { Env as registerDossier } from '../../lambdas/register-dossier/env.ts';
import { Env as requestScanUpload } from '../../lambdas/request-scan-upload/env.ts';
import { Env as requestScanUploads } from '../../lambdas/request-scan-uploads/env.ts';
import { Env as refuseRoute } from '../../lambdas/refuse-route/env.ts';
import { Env as resumeExecution } from '../../lambdas/resume-execution/env.ts';
import { Env as sealDays } from '../../lambdas/seal-days/env.ts';
import { Env as tellCitizens } from '../../lambdas/tell-citizens/env.ts';
import { Env as sweepDue } from '../../lambdas/sweep-due/env.ts';
import { Env as trackInDetail } from '../../lambdas/track-in-detail/env.ts';
import { Env as trackDossier } from '../../lambdas/track-dossier/env.ts';

/** As CloudFormation names things. */
const names = {
  BOOK_TABLE: 'DossierPost-Book7A3F91C2-1J5K9QX2M8Z',
  LIMITS_TABLE: 'DossierPost-Limits5D6E7F80-2B3C4D5E6F7',
  LOOKS_TABLE: 'DossierPost-Looks1C2D3E4F-5G6H7J8K9L0',
  PEOPLE_TABLE: 'DossierPost-People0B1C2D3E-4F5G6H7J8K9',
  SCANS_BUCKET: 'dossierpost-scans3f2a1b0c-x1y2z3a4b5c6',
  SEALS_BUCKET: 'dossierpost-seals4a3b2c1d-y1z2a3b4c5d6',
  SLIP_KEYS: 'A 2026-11-29 arn:aws:kms:ap-southeast-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab',
  ZALO_QUEUE_URL: 'https://sqs.ap-southeast-1.amazonaws.com/111122223333/DossierPost-TellingZalo',
  STATUS_QUEUE_URL: 'https://sqs.ap-southeast-1.amazonaws.com/111122223333/PublisherStatusUpdates-abc',
  DEAD_LETTER_QUEUE_URL: 'https://sqs.ap-southeast-1.amazonaws.com/111122223333/JourneyFeedDeadLetters-abc',
  STATE_MACHINE_ARN: 'arn:aws:states:ap-southeast-1:111122223333:stateMachine:JourneyStateMachine79E50E5D-abc',
  FEEDS_TABLE: 'DossierPost-Feeds6E7F8091-3C4D5E6F7A8',
  FEED_LANES: '16',
  WAKE_QUEUE_URL: 'https://sqs.ap-southeast-1.amazonaws.com/111122223333/WebhooksWakes-abc',
  FEED_SOURCE: 'urn:dossier-post:DossierPost',
  ROUTES: 'GET /v1/dossiers,POST /v1/dossiers',
} as const;
type Name = keyof typeof names;

const needs = {
  'advance-journey': [advanceJourney, ['BOOK_TABLE', 'STATE_MACHINE_ARN', 'DEAD_LETTER_QUEUE_URL']],
  'archive-dossier': [archiveDossier, ['BOOK_TABLE', 'LOOKS_TABLE', 'SCANS_BUCKET', 'SEALS_BUCKET']],
  'seal-days': [sealDays, ['BOOK_TABLE', 'SEALS_BUCKET']],
  'confirm-scan': [confirmScan, ['BOOK_TABLE', 'SCANS_BUCKET']],
  'list-dossiers': [listDossiers, ['BOOK_TABLE']],
  'list-scans': [listScans, ['BOOK_TABLE']],
  'open-scan': [openScan, ['BOOK_TABLE', 'LOOKS_TABLE', 'SCANS_BUCKET']],
  'read-dossier': [readDossier, ['BOOK_TABLE', 'PEOPLE_TABLE', 'LOOKS_TABLE']],
  'read-looks': [readLooks, ['BOOK_TABLE', 'LOOKS_TABLE']],
  'read-desk': [readDesk, ['BOOK_TABLE']],
  'read-round': [readRound, ['BOOK_TABLE']],
  'refuse-route': [refuseRoute, ['ROUTES']],
  'read-timeline': [readTimeline, ['BOOK_TABLE']],
  'manage-subscriptions': [manageSubscriptions, ['FEEDS_TABLE', 'FEED_LANES', 'WAKE_QUEUE_URL']],
  'call-webhook': [callWebhook, ['FEEDS_TABLE', 'FEED_SOURCE']],
  'send-webhooks': [sendWebhooks, ['FEEDS_TABLE', 'WAKE_QUEUE_URL']],
  'wake-webhooks': [wakeWebhooks, ['FEEDS_TABLE', 'WAKE_QUEUE_URL']],
  'publish-events': [
    publishEvents,
    ['BOOK_TABLE', 'FEEDS_TABLE', 'WAKE_QUEUE_URL', 'STATUS_QUEUE_URL', 'DEAD_LETTER_QUEUE_URL', 'FEED_SOURCE'],
  ],
  'read-feed': [readFeed, ['FEEDS_TABLE']],
  'report-status': [reportStatus, ['BOOK_TABLE']],
  'record-bag': [recordBag, ['BOOK_TABLE']],
  'print-paper': [printPaper, ['BOOK_TABLE', 'PEOPLE_TABLE', 'LOOKS_TABLE', 'SLIP_KEYS']],
  'read-custody': [readCustody, ['BOOK_TABLE']],
  'list-messages': [listMessages, ['BOOK_TABLE']],
  'read-clock': [readClock, ['BOOK_TABLE']],
  'record-event': [recordEvent, ['BOOK_TABLE', 'PEOPLE_TABLE']],
  'record-events': [recordEvents, ['BOOK_TABLE', 'PEOPLE_TABLE']],
  'record-overdue': [recordOverdue, ['BOOK_TABLE']],
  'register-dossier': [registerDossier, ['BOOK_TABLE', 'PEOPLE_TABLE']],
  'request-scan-uploads': [requestScanUploads, ['BOOK_TABLE', 'SCANS_BUCKET']],
  'request-scan-upload': [requestScanUpload, ['BOOK_TABLE', 'SCANS_BUCKET']],
  'resume-execution': [resumeExecution, ['BOOK_TABLE']],
  'sweep-due': [sweepDue, ['BOOK_TABLE']],
  'check-slips': [checkSlips, ['BOOK_TABLE', 'SLIP_KEYS']],
  'tell-citizens': [tellCitizens, ['BOOK_TABLE', 'PEOPLE_TABLE', 'ZALO_QUEUE_URL']],
  'track-in-detail': [trackInDetail, ['BOOK_TABLE', 'LIMITS_TABLE', 'PEOPLE_TABLE']],
  'track-dossier': [trackDossier, ['BOOK_TABLE', 'LIMITS_TABLE']],
} as const satisfies Record<string, readonly [unknown, readonly Name[]]>;

describe('what a function is told of its surroundings', () => {
  it('what a function is told of its surroundings is looked at for every function that is told something', () => {
    const told = readdirSync('lambdas').filter((name) => readdirSync(`lambdas/${name}`).includes('env.ts'));
    expect(Object.keys(needs).toSorted()).toEqual(told.toSorted());
  });

  describe.each(Object.entries(needs))('%s', (_operation, [env, wanted]) => {
    const environment: Readonly<Record<string, string>> = Object.fromEntries(wanted.map((name) => [name, names[name]]));

    it('a function takes the names that CloudFormation gives, and nothing else of the process', () => {
      expect(env.parse({ ...environment, PATH: '/usr/bin', AWS_REGION: 'ap-southeast-1' })).toEqual(environment);
    });

    it.each(wanted)('a function does not start without %s, nor with an empty one', (name) => {
      expect(env.safeParse({ ...environment, [name]: undefined }).success).toBe(false);
      expect(env.safeParse({ ...environment, [name]: '' }).success).toBe(false);
    });
  });
});
