import type * as z from 'zod';
import type { Answer, Input, Operation } from '../contract/operation.ts';
import { archiveDossier } from '../contract/archive-dossier.ts';
import { confirmScan } from '../contract/confirm-scan.ts';
import { listDossiers } from '../contract/list-dossiers.ts';
import { listDossiersCsv } from '../contract/list-dossiers-csv.ts';
import { listAgencies } from '../contract/list-agencies.ts';
import { listCalendars } from '../contract/list-calendars.ts';
import { listCommunes } from '../contract/list-communes.ts';
import { listEventTypes } from '../contract/list-event-types.ts';
import { listPlaces } from '../contract/list-places.ts';
import { listPostOffices } from '../contract/list-post-offices.ts';
import { listProcedures } from '../contract/list-procedures.ts';
import { listReasons } from '../contract/list-reasons.ts';
import { listServiceTerms } from '../contract/list-service-terms.ts';
import { listTariffs } from '../contract/list-tariffs.ts';
import { listScans } from '../contract/list-scans.ts';
import { openScan } from '../contract/open-scan.ts';
import { changeSubscription } from '../contract/change-subscription.ts';
import { createSubscription } from '../contract/create-subscription.ts';
import { endSubscription } from '../contract/end-subscription.ts';
import { listSubscriptions } from '../contract/list-subscriptions.ts';
import { readSubscription } from '../contract/read-subscription.ts';
import { readFeed } from '../contract/read-feed.ts';
import { rotateSecret } from '../contract/rotate-secret.ts';
import { replaySubscription } from '../contract/replay-subscription.ts';
import { listDeliveries } from '../contract/list-deliveries.ts';
import { testWebhook } from '../contract/test-webhook.ts';
import { redeliverEvent } from '../contract/redeliver-event.ts';
import { readClock } from '../contract/read-clock.ts';
import { listMessages } from '../contract/list-messages.ts';
import { readCustody } from '../contract/read-custody.ts';
import { readDesk } from '../contract/read-desk.ts';
import { readDossier } from '../contract/read-dossier.ts';
import { readLooks } from '../contract/read-looks.ts';
import { readRound } from '../contract/read-round.ts';
import { readTimeline } from '../contract/read-timeline.ts';
import { recordBag } from '../contract/record-bag.ts';
import { recordEvent } from '../contract/record-event.ts';
import { recordEvents } from '../contract/record-events.ts';
import { registerDossier } from '../contract/register-dossier.ts';
import { reportStatus } from '../contract/report-status.ts';
import { requestScanUpload } from '../contract/request-scan-upload.ts';
import { requestScanUploads } from '../contract/request-scan-uploads.ts';
import { trackDossier } from '../contract/track-dossier.ts';
import { showApology } from '../contract/show-apology.ts';
import { showHandover } from '../contract/show-handover.ts';
import { showManifest } from '../contract/show-manifest.ts';
import { showNotice } from '../contract/show-notice.ts';
import { showStatement } from '../contract/show-statement.ts';
import { showLabel } from '../contract/show-label.ts';
import { showSlip } from '../contract/show-slip.ts';
import type { ScanKind, ScanType } from '../domain/scans.ts';
import { ApiRefusal, call, type Caller } from './call.ts';

export type RegisterBody = Input<typeof registerDossier>['body'];
export type BatchBody = Input<typeof recordEvents>['body'];
export type EventBody = Input<typeof recordEvent>['body'];
export type DossierAnswer = Answer<typeof registerDossier>['body'];
export type DossierWithTimeline = Answer<typeof readDossier>['body'];
export type EventAnswer = Answer<typeof recordEvent>['body']['event'];
export type ScanAnswer = Answer<typeof confirmScan>['body'];
export type Invitation = Answer<typeof requestScanUpload>['body'];

/** A file as it is scanned at a counter or photographed at a door. */
export interface ScanFile {
  readonly kind: ScanKind;
  readonly contentType: ScanType;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** The HTTP API as one caller sees it. Every call throws ApiRefusal for an answer that is no success. */
export interface ApiClient {
  /** @param idempotencyKey the same key opens a dossier once; a fresh one by default */
  register(body: RegisterBody, idempotencyKey?: string): Promise<DossierAnswer>;
  /** A page of one list: what waits for the caller's unit, or what it has to settle. */
  list(query?: Input<typeof listDossiers>['query']): Promise<Answer<typeof listDossiers>['body']>;
  /** The same as a sheet for Excel, a thousand lines at most. */
  sheet(query?: Input<typeof listDossiersCsv>['query']): Promise<string>;
  /** How much lies on the caller's unit's desk, a minute old at most. */
  desk(): Promise<Answer<typeof readDesk>['body']>;
  /** A courier's own day, `YYYY-MM-DD` in Vietnam. */
  round(day: string): Promise<Answer<typeof readRound>['body']>;
  read(dossierId: string): Promise<DossierWithTimeline>;
  /** Everything that was said, in the order of arrival; with `asOf`, what was known and what was true then. */
  timeline(
    dossierId: string,
    query?: Input<typeof readTimeline>['query'],
  ): Promise<Answer<typeof readTimeline>['body']>;
  /** Who has which document, and how it came there. */
  custody(dossierId: string): Promise<Answer<typeof readCustody>['body']>;
  messages(dossierId: string): Promise<Answer<typeof listMessages>['body']>;
  /** Every date, and why. */
  clock(dossierId: string): Promise<Answer<typeof readClock>['body']>;
  /** The papers of a dossier, each a page to be printed; every print is counted. */
  slip(dossierId: string, query?: Input<typeof showSlip>['query']): Promise<string>;
  label(dossierId: string, query?: Input<typeof showLabel>['query']): Promise<string>;
  handoverRecord(dossierId: string, query?: Input<typeof showHandover>['query']): Promise<string>;
  statement(dossierId: string, query?: Input<typeof showStatement>['query']): Promise<string>;
  apology(dossierId: string, query?: Input<typeof showApology>['query']): Promise<string>;
  notice(dossierId: string, query?: Input<typeof showNotice>['query']): Promise<string>;
  /** The hand-over record of everything in a bag. */
  manifest(bagCode: string, query?: Input<typeof showManifest>['query']): Promise<string>;
  /** @param version only if the dossier still has this one */
  record(dossierId: string, body: EventBody, version?: number): Promise<Answer<typeof recordEvent>['body']>;
  /** Who was shown what names a person: for ops and supervisors. */
  looks(dossierId: string, query?: Input<typeof readLooks>['query']): Promise<Answer<typeof readLooks>['body']>;
  /** A link to all of a dossier as one file that proves itself. */
  archive(dossierId: string): Promise<Answer<typeof archiveDossier>['body']>;
  /** Up to 500 events of any dossiers; each is answered by itself. */
  recordAll(body: BatchBody): Promise<Answer<typeof recordEvents>['body']>;
  /** One fact about a bag and all dossiers in it. */
  recordBag(body: Input<typeof recordBag>['body']): Promise<Answer<typeof recordBag>['body']>;
  /** The status that an agency's one-stop system has. */
  reportStatus(
    dossierId: string,
    body: Input<typeof reportStatus>['body'],
  ): Promise<Answer<typeof reportStatus>['body']>;
  /** @param rescanFor the earlier scan that this one is made again for */
  requestUpload(dossierId: string, file: ScanFile, rescanFor?: string): Promise<Invitation>;
  /** The same for up to 50 files of a dossier; each is answered by itself. */
  requestUploads(
    dossierId: string,
    files: readonly ScanFile[],
  ): Promise<Answer<typeof requestScanUploads>['body']['items']>;
  /** All scans of a dossier, and what of its evidence is missing. */
  listScans(dossierId: string): Promise<Answer<typeof listScans>['body']>;
  confirmScan(dossierId: string, scanId: string): Promise<ScanAnswer>;
  openScan(dossierId: string, scanId: string): Promise<Answer<typeof openScan>['body']>;
  /** Asks for a place, uploads the file there, and has it checked. */
  bringScan(dossierId: string, file: ScanFile): Promise<ScanAnswer>;
  /** What the caller's unit hears of, and how it reads what it has heard. */
  readonly subscriptions: {
    add(body?: Input<typeof createSubscription>['body']): Promise<Answer<typeof createSubscription>['body']>;
    list(): Promise<Answer<typeof listSubscriptions>['body']['items']>;
    read(subscriptionId: string): Promise<Answer<typeof readSubscription>['body']>;
    change(
      subscriptionId: string,
      body: Input<typeof changeSubscription>['body'],
    ): Promise<Answer<typeof changeSubscription>['body']>;
    /** Draws another secret for its webhook; for a day both sign. */
    rotate(subscriptionId: string): Promise<Answer<typeof rotateSecret>['body']>;
    /** Sends everything again that was published since an instant. */
    replay(subscriptionId: string, from: string): Promise<Answer<typeof replaySubscription>['body']>;
    /** Calls the webhook now, about nothing. */
    test(subscriptionId: string): Promise<Answer<typeof testWebhook>['body']>;
    /** Sends one event again. */
    redeliver(
      subscriptionId: string,
      body: Input<typeof redeliverEvent>['body'],
    ): Promise<Answer<typeof redeliverEvent>['body']>;
    /** The calls that were made, the newest first. */
    deliveries(
      subscriptionId: string,
      query?: Input<typeof listDeliveries>['query'],
    ): Promise<Answer<typeof listDeliveries>['body']>;
    end(subscriptionId: string): Promise<Answer<typeof endSubscription>['body']>;
    /** @param query `after` as the page before gave it, in `next` */
    events(subscriptionId: string, query?: Input<typeof readFeed>['query']): Promise<Answer<typeof readFeed>['body']>;
  };
  track(trackingCode: string): Promise<Answer<typeof trackDossier>['body']>;
  /** What is published: open to everybody, dated by `at`, searched by `q`. */
  readonly catalogue: {
    readonly procedures: Listed<typeof listProcedures>;
    readonly agencies: Listed<typeof listAgencies>;
    readonly postOffices: Listed<typeof listPostOffices>;
    readonly communes: Listed<typeof listCommunes>;
    readonly tariffs: Listed<typeof listTariffs>;
    readonly serviceTerms: Listed<typeof listServiceTerms>;
    readonly calendars: Listed<typeof listCalendars>;
    readonly reasons: Listed<typeof listReasons>;
    readonly eventTypes: Listed<typeof listEventTypes>;
    readonly places: Listed<typeof listPlaces>;
  };
}

/** Asks for one list of the catalogue. */
type Listed<O extends Operation & { request: { shape: { query: z.ZodObject } } }> = (
  query?: Input<O>['query'],
) => Promise<Answer<O>['body']>;

/** The operations of the contract by their everyday names, for a browser or Node. */
export function apiClient(caller: Caller): ApiClient {
  const client: ApiClient = {
    register: (body, idempotencyKey = crypto.randomUUID()) => call(caller, registerDossier, { idempotencyKey, body }),
    list: (query = {}) => call(caller, listDossiers, { query }),
    sheet: (query = {}) => call(caller, listDossiersCsv, { query }),
    desk: () => call(caller, readDesk, {}),
    round: (day) => call(caller, readRound, { path: { day } }),
    read: (dossierId) => call(caller, readDossier, { path: { dossierId } }),
    timeline: (dossierId, query = {}) => call(caller, readTimeline, { path: { dossierId }, query }),
    custody: (dossierId) => call(caller, readCustody, { path: { dossierId } }),
    messages: (dossierId) => call(caller, listMessages, { path: { dossierId } }),
    clock: (dossierId) => call(caller, readClock, { path: { dossierId } }),
    slip: (dossierId, query = {}) => call(caller, showSlip, { path: { dossierId }, query }),
    label: (dossierId, query = {}) => call(caller, showLabel, { path: { dossierId }, query }),
    handoverRecord: (dossierId, query = {}) => call(caller, showHandover, { path: { dossierId }, query }),
    statement: (dossierId, query = {}) => call(caller, showStatement, { path: { dossierId }, query }),
    apology: (dossierId, query = {}) => call(caller, showApology, { path: { dossierId }, query }),
    notice: (dossierId, query = {}) => call(caller, showNotice, { path: { dossierId }, query }),
    manifest: (bagCode, query = {}) => call(caller, showManifest, { path: { bagCode }, query }),
    record: (dossierId, body, version) =>
      call(caller, recordEvent, {
        path: { dossierId },
        body,
        ...(version === undefined ? {} : { ifMatch: `"${version}"` }),
      }),
    looks: (dossierId, query = {}) => call(caller, readLooks, { path: { dossierId }, query }),
    archive: (dossierId) => call(caller, archiveDossier, { path: { dossierId } }),
    recordAll: (body) => call(caller, recordEvents, { body }),
    recordBag: (body) => call(caller, recordBag, { body }),
    reportStatus: (dossierId, body) => call(caller, reportStatus, { path: { dossierId }, body }),
    requestUpload: async (dossierId, file, rescanFor) =>
      call(caller, requestScanUpload, {
        path: { dossierId },
        body: { ...(await announced(file)), ...(rescanFor === undefined ? {} : { rescanFor }) },
      }),
    requestUploads: async (dossierId, files) => {
      const items = await Promise.all(files.map(announced));
      return (await call(caller, requestScanUploads, { path: { dossierId }, body: { items } })).items;
    },
    listScans: (dossierId) => call(caller, listScans, { path: { dossierId } }),
    confirmScan: (dossierId, scanId) => call(caller, confirmScan, { path: { dossierId, scanId } }),
    openScan: (dossierId, scanId) => call(caller, openScan, { path: { dossierId, scanId } }),
    catalogue: {
      procedures: (query = {}) => call(caller, listProcedures, { query }),
      agencies: (query = {}) => call(caller, listAgencies, { query }),
      postOffices: (query = {}) => call(caller, listPostOffices, { query }),
      communes: (query = {}) => call(caller, listCommunes, { query }),
      tariffs: (query = {}) => call(caller, listTariffs, { query }),
      serviceTerms: (query = {}) => call(caller, listServiceTerms, { query }),
      calendars: (query = {}) => call(caller, listCalendars, { query }),
      reasons: (query = {}) => call(caller, listReasons, { query }),
      eventTypes: (query = {}) => call(caller, listEventTypes, { query }),
      places: (query = {}) => call(caller, listPlaces, { query }),
    },
    subscriptions: {
      add: (body = {}) => call(caller, createSubscription, { body }),
      list: async () => (await call(caller, listSubscriptions, {})).items,
      read: (subscriptionId) => call(caller, readSubscription, { path: { subscriptionId } }),
      change: (subscriptionId, body) => call(caller, changeSubscription, { path: { subscriptionId }, body }),
      rotate: (subscriptionId) => call(caller, rotateSecret, { path: { subscriptionId } }),
      replay: (subscriptionId, from) => call(caller, replaySubscription, { path: { subscriptionId }, body: { from } }),
      test: (subscriptionId) => call(caller, testWebhook, { path: { subscriptionId } }),
      redeliver: (subscriptionId, body) => call(caller, redeliverEvent, { path: { subscriptionId }, body }),
      deliveries: (subscriptionId, query = {}) => call(caller, listDeliveries, { path: { subscriptionId }, query }),
      end: (subscriptionId) => call(caller, endSubscription, { path: { subscriptionId } }),
      events: (subscriptionId, query = {}) => call(caller, readFeed, { path: { subscriptionId }, query }),
    },
    track: (trackingCode) => call(caller, trackDossier, { path: { trackingCode } }),
    bringScan: async (dossierId, file) => {
      const { scanId, upload } = await client.requestUpload(dossierId, file);
      if (upload) await uploadForm(upload, file);
      return checked(async () => client.confirmScan(dossierId, scanId));
    },
  };
  return client;
}

async function announced({ kind, contentType, bytes }: ScanFile) {
  return { kind, contentType, size: bytes.length, sha256: await sha256Of(bytes) };
}

/** Hexadecimal, as scans are announced. */
export async function sha256Of(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** A minute is ten times what a virus check takes. */
const mostChecks = 12;

/** Asks again while the file waits for its virus check, where there is one. */
async function checked<T>(confirm: () => Promise<T>, tries = 1): Promise<T> {
  try {
    return await confirm();
  } catch (error) {
    if (!(error instanceof ApiRefusal) || error.code !== 'ScanNotReady' || tries === mostChecks) throw error;
    const seconds = error.problem.retryAfter ?? 1;
    await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
    return checked(confirm, tries + 1);
  }
}

/** Posts the form as a browser would: every field in its order, the file last. */
async function uploadForm(
  { url, fields }: NonNullable<Invitation['upload']>,
  { contentType, bytes }: ScanFile,
): Promise<void> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append('file', new Blob([bytes], { type: contentType }));
  const response = await fetch(url, { method: 'POST', body: form });
  if (!response.ok) throw new Error(`the upload was answered ${response.status}: ${await response.text()}`);
}
