import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { documents, type DocumentName } from '../contract/documents.ts';
import { functionsThat, operations, type FunctionName } from '../contract/operations.ts';
import type { Env as ArchiveDossierEnv } from '../lambdas/archive-dossier/env.ts';
import type { Env as CallWebhookEnv } from '../lambdas/call-webhook/env.ts';
import type { Env as CheckSlipsEnv } from '../lambdas/check-slips/env.ts';
import type { Env as ConfirmScanEnv } from '../lambdas/confirm-scan/env.ts';
import type { Env as ListDossiersEnv } from '../lambdas/list-dossiers/env.ts';
import type { Env as ListScansEnv } from '../lambdas/list-scans/env.ts';
import type { Env as ManageSubscriptionsEnv } from '../lambdas/manage-subscriptions/env.ts';
import type { Env as OpenScanEnv } from '../lambdas/open-scan/env.ts';
import type { Env as PrintPaperEnv } from '../lambdas/print-paper/env.ts';
import type { Env as ReadClockEnv } from '../lambdas/read-clock/env.ts';
import type { Env as ListMessagesEnv } from '../lambdas/list-messages/env.ts';
import type { Env as ReadCustodyEnv } from '../lambdas/read-custody/env.ts';
import type { Env as ReadDeskEnv } from '../lambdas/read-desk/env.ts';
import type { Env as ReadDossierEnv } from '../lambdas/read-dossier/env.ts';
import type { Env as ReadFeedEnv } from '../lambdas/read-feed/env.ts';
import type { Env as ReadLooksEnv } from '../lambdas/read-looks/env.ts';
import type { Env as ReadRoundEnv } from '../lambdas/read-round/env.ts';
import type { Env as ReadTimelineEnv } from '../lambdas/read-timeline/env.ts';
import type { Env as RecordBagEnv } from '../lambdas/record-bag/env.ts';
import type { Env as RecordEventEnv } from '../lambdas/record-event/env.ts';
import type { Env as RecordEventsEnv } from '../lambdas/record-events/env.ts';
import type { Env as RefuseRouteEnv } from '../lambdas/refuse-route/env.ts';
import type { Env as RegisterDossierEnv } from '../lambdas/register-dossier/env.ts';
import type { Env as ReportStatusEnv } from '../lambdas/report-status/env.ts';
import type { Env as RequestScanUploadEnv } from '../lambdas/request-scan-upload/env.ts';
import type { Env as RequestScanUploadsEnv } from '../lambdas/request-scan-uploads/env.ts';
import type { Env as TrackDossierEnv } from '../lambdas/track-dossier/env.ts';
import type { Env as TrackInDetailEnv } from '../lambdas/track-in-detail/env.ts';
import type { BookTable } from './book-table.ts';
import type { FeedsTable } from './feeds-table.ts';
import type { KeyedTable } from './keyed-table.ts';
import type { LimitsTable } from './limits-table.ts';
import { OperationFunction, type CodeOf } from './operation-function.ts';
import { feedSource } from './publisher.ts';
import type { SlipKeys } from './slip-keys.ts';
import type { ScansBucket } from './scans-bucket.ts';
import type { Webhooks } from './webhooks.ts';
import type { SealsBucket } from './seals-bucket.ts';

/** Every function that answers the HTTP API; what no route takes has one, too. */
export type AnsweringName = FunctionName | DocumentName | 'refuse-route';

const routeKeys = [...operations, ...documents.map(({ path }) => ({ method: 'GET', path }))].map(
  ({ method, path }) => `${method} ${path}`,
);

/** What a function is given where the usual is not enough. */
interface Room {
  /** Usually over half a vCPU: a bundle loads in tens of milliseconds. */
  readonly memoryMegabytes?: number;
  /** Usually well under the 30 after which the HTTP API gives up on a function. */
  readonly seconds?: number;
  readonly reservedConcurrency?: number;
}

/**
 * Opening a file: a picture of a hundred megapixels is 400 MB, WebAssembly grows to 2 GB, and more than one vCPU opens
 * a hundred scanned pages in seconds. Twenty at once are a province's worst minute.
 */
const scanRoom: Room = { memoryMegabytes: 3008, seconds: 28, reservedConcurrency: 20 };

/** A file out of memory. */
const small: Room = { memoryMegabytes: 256, seconds: 5, reservedConcurrency: 5 };

/**
 * Anybody may ask where a dossier is; at 40 ms an answer 50 instances do 1,250 a second, and what a flood is refused
 * takes a millisecond.
 */
const mostStrangers = 50;

/** One look in a hundred asks for details. */
const fewStrangers = 5;

/** Whose callers are counted before they are answered. */
const behindDoors: readonly string[] = functionsThat(({ doors }) => doors !== 'open');

/** What is asked of the book in one request, and what is late or early judged by the whole timeline. */
const takingIn = [
  'dynamodb:GetItem',
  'dynamodb:BatchGetItem',
  'dynamodb:Query',
  'dynamodb:PutItem',
  'dynamodb:UpdateItem',
] as const;

export interface OperationsProps {
  readonly code: CodeOf;
  readonly book: BookTable;
  readonly people: KeyedTable;
  readonly looks: KeyedTable;
  readonly scans: ScansBucket;
  readonly limits: LimitsTable;
  readonly slipKeys: SlipKeys;
  readonly feeds: FeedsTable;
  readonly webhooks: Webhooks;
  /** So many lanes a new subscription has. */
  readonly feedLanes: number;
  /** Receivers on the machine itself may be called, without encryption. */
  readonly loopbackReceivers: boolean;
  readonly seals: SealsBucket;
}

/** What the HTTP API can do: one function for each operation of the contract, each with exactly the grants it needs. */
export class Operations extends Construct {
  readonly functions: Readonly<Record<AnsweringName, OperationFunction>>;

  constructor(
    scope: Construct,
    id: string,
    {
      code,
      book,
      people,
      looks,
      scans,
      limits,
      slipKeys,
      feeds,
      webhooks,
      feedLanes,
      loopbackReceivers,
      seals,
    }: OperationsProps,
  ) {
    super(scope, id);
    const BOOK_TABLE = book.tableName;
    const PEOPLE_TABLE = people.tableName;
    const LOOKS_TABLE = looks.tableName;
    const SCANS_BUCKET = scans.bucketName;
    const loopback = loopbackReceivers ? { LOOPBACK_RECEIVERS: 'on' as const } : {};
    const virusCheck = scans.virusCheck ? { VIRUS_CHECK: 'on' as const } : {};

    const answer = <Env extends Record<string, string>>(
      constructId: string,
      operation: AnsweringName,
      environment: Env,
      { memoryMegabytes = 1024, seconds = 15, reservedConcurrency }: Room = {},
    ): OperationFunction<Env> => {
      const fn = new OperationFunction(this, constructId, {
        operation,
        code,
        environment,
        memoryMegabytes,
        timeout: Duration.seconds(seconds),
        ...(reservedConcurrency === undefined ? {} : { reservedConcurrency }),
        calledBy: 'the HTTP API waits for its answer, and the client repeats a failed request',
      });
      if (behindDoors.includes(operation)) limits.allowCounting(fn);
      return fn;
    };

    const registerDossier = answer<RegisterDossierEnv>('RegisterDossier', 'register-dossier', {
      BOOK_TABLE,
      PEOPLE_TABLE,
    });
    book.grant(registerDossier, 'dynamodb:GetItem', 'dynamodb:PutItem');
    people.allowWriting(registerDossier);

    const recordEvent = answer<RecordEventEnv>('RecordEvent', 'record-event', { BOOK_TABLE, PEOPLE_TABLE });
    book.grant(recordEvent, ...takingIn);
    people.allowWriting(recordEvent, 'dynamodb:UpdateItem', 'dynamodb:ConditionCheckItem');

    // 500 items of one dossier, one after the other, are done in half of the gateway's 30 s.
    const recordEvents = answer<RecordEventsEnv>(
      'RecordEvents',
      'record-events',
      { BOOK_TABLE, PEOPLE_TABLE },
      { memoryMegabytes: 1769, seconds: 29 },
    );
    book.grant(recordEvents, ...takingIn);
    people.allowWriting(recordEvents, 'dynamodb:UpdateItem', 'dynamodb:ConditionCheckItem');

    // A hundred dossiers at once.
    const recordBag = answer<RecordBagEnv>(
      'RecordBag',
      'record-bag',
      { BOOK_TABLE },
      { memoryMegabytes: 1769, seconds: 29 },
    );
    book.grant(recordBag, ...takingIn);

    const reportStatus = answer<ReportStatusEnv>('ReportStatus', 'report-status', { BOOK_TABLE });
    book.grant(reportStatus, ...takingIn);

    const listDossiers = answer<ListDossiersEnv>('ListDossiers', 'list-dossiers', { BOOK_TABLE });
    // Codes lead to dossiers by items of their own; of everything that was lodged, the heads are read.
    book.grant(listDossiers, 'dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query');
    book.grantIndex(listDossiers, 'desk', 'dynamodb:Query');
    book.grantIndex(listDossiers, 'all', 'dynamodb:Query');

    const readDesk = answer<ReadDeskEnv>('ReadDesk', 'read-desk', { BOOK_TABLE });
    book.grant(readDesk, 'dynamodb:GetItem', 'dynamodb:UpdateItem');
    book.grantIndex(readDesk, 'desk', 'dynamodb:Query');

    const readRound = answer<ReadRoundEnv>('ReadRound', 'read-round', { BOOK_TABLE });
    book.grant(readRound, 'dynamodb:BatchGetItem');
    book.grantIndex(readRound, 'desk', 'dynamodb:Query');
    book.grantIndex(readRound, 'all', 'dynamodb:Query');

    const readDossier = answer<ReadDossierEnv>('ReadDossier', 'read-dossier', {
      BOOK_TABLE,
      PEOPLE_TABLE,
      LOOKS_TABLE,
    });
    book.grant(readDossier, 'dynamodb:GetItem', 'dynamodb:Query');
    people.allowReading(readDossier, 'dynamodb:GetItem');
    looks.allowWriting(readDossier);

    const readTimeline = answer<ReadTimelineEnv>('ReadTimeline', 'read-timeline', { BOOK_TABLE });
    book.grant(readTimeline, 'dynamodb:GetItem', 'dynamodb:Query');

    const readCustody = answer<ReadCustodyEnv>('ReadCustody', 'read-custody', { BOOK_TABLE });
    book.grant(readCustody, 'dynamodb:GetItem', 'dynamodb:Query');

    const listMessages = answer<ListMessagesEnv>('ListMessages', 'list-messages', { BOOK_TABLE });
    book.grant(listMessages, 'dynamodb:GetItem', 'dynamodb:Query');

    const readClock = answer<ReadClockEnv>('ReadClock', 'read-clock', { BOOK_TABLE });
    book.grant(readClock, 'dynamodb:GetItem', 'dynamodb:Query');

    const readLooks = answer<ReadLooksEnv>('ReadLooks', 'read-looks', { BOOK_TABLE, LOOKS_TABLE });
    book.grant(readLooks, 'dynamodb:GetItem');
    looks.allowReading(readLooks, 'dynamodb:Query');
    const printPaper = answer<PrintPaperEnv>('PrintPaper', 'print-paper', {
      BOOK_TABLE,
      PEOPLE_TABLE,
      LOOKS_TABLE,
      SLIP_KEYS: slipKeys.names,
    });
    slipKeys.allowSigning(printPaper);
    // Prints are counted beside their dossier.
    book.grant(printPaper, 'dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:UpdateItem');
    people.allowReading(printPaper, 'dynamodb:GetItem');
    looks.allowWriting(printPaper);

    const requestScanUpload = answer<RequestScanUploadEnv>('RequestScanUpload', 'request-scan-upload', {
      BOOK_TABLE,
      SCANS_BUCKET,
    });
    const requestScanUploads = answer<RequestScanUploadsEnv>(
      'RequestScanUploads',
      'request-scan-uploads',
      { BOOK_TABLE, SCANS_BUCKET },
      { memoryMegabytes: 1769, seconds: 20 },
    );
    for (const asking of [requestScanUpload, requestScanUploads]) {
      book.grant(asking, 'dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:PutItem', 'dynamodb:UpdateItem');
      scans.allowInviting(asking);
    }

    const listScans = answer<ListScansEnv>('ListScans', 'list-scans', { BOOK_TABLE });
    book.grant(listScans, 'dynamodb:GetItem', 'dynamodb:Query');

    const confirmScan = answer<ConfirmScanEnv>(
      'ConfirmScan',
      'confirm-scan',
      { BOOK_TABLE, SCANS_BUCKET, ...virusCheck },
      scanRoom,
    );
    book.grant(confirmScan, 'dynamodb:GetItem', 'dynamodb:UpdateItem');
    scans.allowVerifying(confirmScan);

    const openScan = answer<OpenScanEnv>('OpenScan', 'open-scan', {
      BOOK_TABLE,
      LOOKS_TABLE,
      SCANS_BUCKET,
      ...virusCheck,
    });
    book.grant(openScan, 'dynamodb:GetItem');
    looks.allowWriting(openScan);
    scans.allowOpening(openScan);

    const manageSubscriptions = answer<ManageSubscriptionsEnv>('ManageSubscriptions', 'manage-subscriptions', {
      FEEDS_TABLE: feeds.tableName,
      FEED_LANES: String(feedLanes),
      WAKE_QUEUE_URL: webhooks.wakes.queueUrl,
      ...loopback,
    });
    webhooks.allowWaking(manageSubscriptions);
    feeds.allowWriting(manageSubscriptions, 'dynamodb:UpdateItem');
    feeds.allowReading(manageSubscriptions, 'dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query');

    // A receiver has ten seconds.
    const callWebhook = answer<CallWebhookEnv>(
      'CallWebhook',
      'call-webhook',
      { FEEDS_TABLE: feeds.tableName, FEED_SOURCE: feedSource(this), ...loopback },
      { seconds: 25 },
    );
    feeds.allowWriting(callWebhook);
    feeds.allowReading(callWebhook, 'dynamodb:GetItem', 'dynamodb:Query');

    const readFeed = answer<ReadFeedEnv>('ReadFeed', 'read-feed', { FEEDS_TABLE: feeds.tableName });
    feeds.allowReading(readFeed, 'dynamodb:GetItem', 'dynamodb:Query');

    // 200 MiB are read from S3 and written to it in ten seconds; one scan and one part of the upload are in memory.
    const archiveDossier = answer<ArchiveDossierEnv>(
      'ArchiveDossier',
      'archive-dossier',
      { BOOK_TABLE, LOOKS_TABLE, SCANS_BUCKET, SEALS_BUCKET: seals.bucketName, ...virusCheck },
      { memoryMegabytes: 1769, seconds: 29, reservedConcurrency: 5 },
    );
    book.grant(archiveDossier, 'dynamodb:GetItem', 'dynamodb:Query');
    looks.allowWriting(archiveDossier);
    scans.allowArchiving(archiveDossier);
    seals.allowReading(archiveDossier);

    const trackDossier = answer<TrackDossierEnv>(
      'TrackDossier',
      'track-dossier',
      { BOOK_TABLE, LIMITS_TABLE: limits.tableName },
      { reservedConcurrency: mostStrangers },
    );
    limits.grant(trackDossier, 'dynamodb:UpdateItem');
    book.grant(trackDossier, 'dynamodb:GetItem', 'dynamodb:Query');

    const trackInDetail = answer<TrackInDetailEnv>(
      'TrackInDetail',
      'track-in-detail',
      { BOOK_TABLE, PEOPLE_TABLE, LIMITS_TABLE: limits.tableName },
      { reservedConcurrency: fewStrangers },
    );
    limits.grant(trackInDetail, 'dynamodb:UpdateItem');
    book.grant(trackInDetail, 'dynamodb:GetItem', 'dynamodb:Query');
    // Whoever answers everybody can ask for nothing else of people.
    people.allowReadingOnly(trackInDetail, 'phone');

    const checkSlips = answer<CheckSlipsEnv>(
      'CheckSlips',
      'check-slips',
      { BOOK_TABLE, SLIP_KEYS: slipKeys.names },
      { reservedConcurrency: fewStrangers },
    );
    book.grant(checkSlips, 'dynamodb:Query');
    slipKeys.allowPublishing(checkSlips);

    const readCatalogue = answer('ReadCatalogue', 'read-catalogue', {});

    const reportHealth = answer('ReportHealth', 'report-health', {});

    const showOpenapi = answer('ShowOpenapi', 'show-openapi', {}, small);
    const showDocs = answer('ShowDocs', 'show-docs', {}, small);
    const showProblem = answer('ShowProblem', 'show-problem', {}, small);
    const refuseRoute = answer<RefuseRouteEnv>('RefuseRoute', 'refuse-route', { ROUTES: routeKeys.join(',') }, small);

    this.functions = {
      'register-dossier': registerDossier,
      'record-event': recordEvent,
      'record-events': recordEvents,
      'record-bag': recordBag,
      'report-status': reportStatus,
      'list-dossiers': listDossiers,
      'read-desk': readDesk,
      'read-round': readRound,
      'read-dossier': readDossier,
      'read-timeline': readTimeline,
      'read-custody': readCustody,
      'list-messages': listMessages,
      'read-clock': readClock,
      'read-looks': readLooks,
      'print-paper': printPaper,
      'archive-dossier': archiveDossier,
      'request-scan-upload': requestScanUpload,
      'request-scan-uploads': requestScanUploads,
      'list-scans': listScans,
      'confirm-scan': confirmScan,
      'open-scan': openScan,
      'manage-subscriptions': manageSubscriptions,
      'read-feed': readFeed,
      'call-webhook': callWebhook,
      'track-dossier': trackDossier,
      'check-slips': checkSlips,
      'track-in-detail': trackInDetail,
      'read-catalogue': readCatalogue,
      'report-health': reportHealth,
      'show-openapi': showOpenapi,
      'show-docs': showDocs,
      'show-problem': showProblem,
      'refuse-route': refuseRoute,
    };
  }
}
