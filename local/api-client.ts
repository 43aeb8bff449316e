import { createHash, randomUUID } from 'node:crypto';
import type * as z from 'zod';
import type { recordEvent } from '../contract/record-event.ts';
import type { registerDossier } from '../contract/register-dossier.ts';
import { routes, type Operation } from '../contract/routes.ts';
import type { ScanKind, ScanType } from '../domain/scans.ts';
import {
  dossierAnswer,
  dossierWithTimeline,
  linkAnswer,
  problemAnswer,
  recordedAnswer,
  scanAnswer,
  trackAnswer,
  uploadAnswer,
  type DossierAnswer,
  type DossierWithTimeline,
  type LinkAnswer,
  type ProblemAnswer,
  type RecordedAnswer,
  type ScanAnswer,
  type TrackAnswer,
  type UploadAnswer,
} from './api-answers.ts';

export type RegisterBody = z.input<typeof registerDossier>['body'];
export type EventBody = z.input<typeof recordEvent>['body'];

/** A file as it is scanned at a counter or photographed at a door. */
export interface ScanFile {
  readonly kind: ScanKind;
  readonly contentType: ScanType;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** The API said no. `code` is absent where the gateway refused before any function was asked. */
class ApiRefusal extends Error {
  override readonly name = 'ApiRefusal';
  readonly status: number;
  readonly code: string | undefined;
  readonly problem: ProblemAnswer;

  constructor(request: string, status: number, problem: ProblemAnswer) {
    const faults = problem.errors?.map(({ pointer, detail }) => `${pointer} ${detail}`).join('; ');
    super(`${request} was answered ${status} ${problem.code ?? problem.message ?? ''}${faults ? ` (${faults})` : ''}`);
    this.status = status;
    this.code = problem.code;
    this.problem = problem;
  }
}

/** The HTTP API as one caller sees it. Every call throws ApiRefusal for an answer that is no success. */
export interface ApiClient {
  /** @param idempotencyKey the same key opens a dossier once; a fresh one by default */
  register(body: RegisterBody, idempotencyKey?: string): Promise<DossierAnswer>;
  read(dossierId: string): Promise<DossierWithTimeline>;
  record(dossierId: string, body: EventBody): Promise<RecordedAnswer>;
  requestUpload(dossierId: string, file: ScanFile): Promise<UploadAnswer>;
  confirmScan(dossierId: string, scanId: string): Promise<ScanAnswer>;
  openScan(dossierId: string, scanId: string): Promise<LinkAnswer>;
  /** Asks for a place, uploads the file there, and has it checked. */
  bringScan(dossierId: string, file: ScanFile): Promise<ScanAnswer>;
  track(trackingCode: string): Promise<TrackAnswer>;
}

/**
 * Calls the HTTP API.
 * @param token asked before every call, since tokens outlive no jump of the clock; without it only the open routes
 * answer
 */
export function apiClient(apiUrl: string, token?: () => Promise<string>): ApiClient {
  const call = async <T>(
    answer: z.ZodType<T>,
    operation: Operation,
    parameters: Readonly<Record<string, string>>,
    body?: unknown,
    idempotencyKey?: string,
  ): Promise<T> => {
    const { method, path } = routeOf(operation, parameters);
    const response = await fetch(new URL(path, apiUrl), {
      method,
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${await token()}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const said: unknown = await response.json();
    if (!response.ok) throw new ApiRefusal(`${method} ${path}`, response.status, problemAnswer.parse(said));
    return answer.parse(said);
  };

  const client: ApiClient = {
    register: async (body, idempotencyKey = randomUUID()) =>
      call(dossierAnswer, 'register-dossier', {}, body, idempotencyKey),
    read: async (dossierId) => call(dossierWithTimeline, 'read-dossier', { dossierId }),
    record: async (dossierId, body) => call(recordedAnswer, 'record-event', { dossierId }, body),
    requestUpload: async (dossierId, { kind, contentType, bytes }) =>
      call(
        uploadAnswer,
        'request-scan-upload',
        { dossierId },
        { kind, contentType, size: bytes.length, sha256: sha256Of(bytes) },
      ),
    confirmScan: async (dossierId, scanId) => call(scanAnswer, 'confirm-scan', { dossierId, scanId }),
    openScan: async (dossierId, scanId) => call(linkAnswer, 'open-scan', { dossierId, scanId }),
    track: async (trackingCode) => call(trackAnswer, 'track-dossier', { trackingCode }),
    bringScan: async (dossierId, file) => {
      const { scanId, upload } = await client.requestUpload(dossierId, file);
      await uploadForm(upload, file);
      return client.confirmScan(dossierId, scanId);
    },
  };
  return client;
}

/** Hexadecimal, as scans are announced. */
export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function routeOf(operation: Operation, parameters: Readonly<Record<string, string>>): { method: string; path: string } {
  const route = routes.find((known) => known.operation === operation);
  if (!route) throw new Error(`no route of the contract leads to ${operation}`);
  return {
    method: route.method,
    path: route.path.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => encodeURIComponent(parameters[name] ?? '')),
  };
}

/** Posts the form as a browser would: every field in its order, the file last. */
async function uploadForm({ url, fields }: UploadAnswer['upload'], { contentType, bytes }: ScanFile): Promise<void> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append('file', new Blob([bytes], { type: contentType }));
  const response = await fetch(url, { method: 'POST', body: form });
  if (!response.ok) throw new Error(`the upload was answered ${response.status}: ${await response.text()}`);
}
