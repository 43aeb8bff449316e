import { archiveDossier } from './archive-dossier.ts';
import { checkSlips } from './check-slips.ts';
import { confirmScan } from './confirm-scan.ts';
import { listDossiers } from './list-dossiers.ts';
import { listDossiersCsv } from './list-dossiers-csv.ts';
import { listAgencies } from './list-agencies.ts';
import { listCalendars } from './list-calendars.ts';
import { listCommunes } from './list-communes.ts';
import { listEventTypes } from './list-event-types.ts';
import { listPlaces } from './list-places.ts';
import { listPostOffices } from './list-post-offices.ts';
import { listProcedures } from './list-procedures.ts';
import { listReasons } from './list-reasons.ts';
import { listServiceTerms } from './list-service-terms.ts';
import { listTariffs } from './list-tariffs.ts';
import { listScans } from './list-scans.ts';
import { openScan } from './open-scan.ts';
import type { Operation } from './operation.ts';
import { readClock } from './read-clock.ts';
import { listMessages } from './list-messages.ts';
import { readCustody } from './read-custody.ts';
import { readDesk } from './read-desk.ts';
import { readDossier } from './read-dossier.ts';
import { readLooks } from './read-looks.ts';
import { readRound } from './read-round.ts';
import { readTimeline } from './read-timeline.ts';
import { recordBag } from './record-bag.ts';
import { recordEvent } from './record-event.ts';
import { recordEvents } from './record-events.ts';
import { registerDossier } from './register-dossier.ts';
import { reportStatus } from './report-status.ts';
import { reportHealth } from './report-health.ts';
import { requestScanUpload } from './request-scan-upload.ts';
import { showApology } from './show-apology.ts';
import { showHandover } from './show-handover.ts';
import { showManifest } from './show-manifest.ts';
import { showNotice } from './show-notice.ts';
import { showStatement } from './show-statement.ts';
import { showLabel } from './show-label.ts';
import { showOffices } from './show-offices.ts';
import { showPrices } from './show-prices.ts';
import { showProcedures } from './show-procedures.ts';
import { showQuality } from './show-quality.ts';
import { showTracking } from './show-tracking.ts';
import { showSlip } from './show-slip.ts';
import { requestScanUploads } from './request-scan-uploads.ts';
import { createSubscription } from './create-subscription.ts';
import { listSubscriptions } from './list-subscriptions.ts';
import { readSubscription } from './read-subscription.ts';
import { changeSubscription } from './change-subscription.ts';
import { endSubscription } from './end-subscription.ts';
import { readFeed } from './read-feed.ts';
import { rotateSecret } from './rotate-secret.ts';
import { replaySubscription } from './replay-subscription.ts';
import { listDeliveries } from './list-deliveries.ts';
import { testWebhook } from './test-webhook.ts';
import { redeliverEvent } from './redeliver-event.ts';
import { trackDossier } from './track-dossier.ts';
import { trackInDetail } from './track-in-detail.ts';
import { trackTypedCode } from './track-typed-code.ts';

/** Every operation of the HTTP API, in the order in which a newcomer meets them. */
export const operations = [
  registerDossier,
  listDossiers,
  listDossiersCsv,
  readDesk,
  readRound,
  readDossier,
  readTimeline,
  readCustody,
  listMessages,
  readClock,
  readLooks,
  archiveDossier,
  showSlip,
  showLabel,
  showHandover,
  showManifest,
  showStatement,
  showApology,
  showNotice,
  recordEvent,
  recordEvents,
  recordBag,
  reportStatus,
  requestScanUpload,
  requestScanUploads,
  listScans,
  confirmScan,
  openScan,
  createSubscription,
  listSubscriptions,
  readSubscription,
  changeSubscription,
  endSubscription,
  readFeed,
  rotateSecret,
  replaySubscription,
  listDeliveries,
  testWebhook,
  redeliverEvent,
  showTracking,
  trackDossier,
  trackTypedCode,
  trackInDetail,
  checkSlips,
  listProcedures,
  listAgencies,
  listPostOffices,
  listCommunes,
  listTariffs,
  listServiceTerms,
  listCalendars,
  listReasons,
  listEventTypes,
  listPlaces,
  showPrices,
  showQuality,
  showProcedures,
  showOffices,
  reportHealth,
] as const satisfies readonly Operation[];

type Known = (typeof operations)[number];
type AnsweredBy<O extends Operation> = O extends { readonly answeredBy: infer Name } ? Name : O['name'];

/** The folder under `lambdas/` of a function that answers operations. */
export type FunctionName = AnsweredBy<Known>;

/** The folder under `lambdas/` of the function that answers this operation. */
export function functionOf(operation: Known): FunctionName {
  return 'answeredBy' in operation ? operation.answeredBy : operation.name;
}

/** The functions that answer such operations, each once. */
export function functionsThat(answer: (operation: Operation) => boolean): readonly FunctionName[] {
  return [...new Set(operations.filter(answer).map(functionOf))];
}
