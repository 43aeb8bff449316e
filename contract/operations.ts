import { confirmScan } from './confirm-scan.ts';
import { listDossiers } from './list-dossiers.ts';
import { openScan } from './open-scan.ts';
import type { Operation } from './operation.ts';
import { readClock } from './read-clock.ts';
import { readCustody } from './read-custody.ts';
import { readDossier } from './read-dossier.ts';
import { readTimeline } from './read-timeline.ts';
import { recordBag } from './record-bag.ts';
import { recordEvent } from './record-event.ts';
import { recordEvents } from './record-events.ts';
import { registerDossier } from './register-dossier.ts';
import { reportStatus } from './report-status.ts';
import { reportHealth } from './report-health.ts';
import { requestScanUpload } from './request-scan-upload.ts';
import { trackDossier } from './track-dossier.ts';

/** Every operation of the HTTP API, in the order in which a newcomer meets them. */
export const operations = [
  registerDossier,
  listDossiers,
  readDossier,
  readTimeline,
  readCustody,
  readClock,
  recordEvent,
  recordEvents,
  recordBag,
  reportStatus,
  requestScanUpload,
  confirmScan,
  openScan,
  trackDossier,
  reportHealth,
] as const satisfies readonly Operation[];

export type OperationName = (typeof operations)[number]['name'];
