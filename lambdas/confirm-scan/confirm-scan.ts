import type { Answer, Refused, UseCase } from '../../contract/operation.ts';
import type { confirmScan as operation } from '../../contract/confirm-scan.ts';
import { scanView } from '../../contract/scan-view.ts';
import type { Door, OpenedScans } from '../../domain/people/door.ts';
import type { ScanStore } from '../../domain/ports/scan-store.ts';
import type { Refusal } from '../../domain/journey/refusals.ts';
import { asAnnounced, type Scan, type ScanContents } from '../../domain/scans.ts';
import type { ScanCheck } from '../../domain/ports/scan-check.ts';

export interface ConfirmScanPorts {
  readonly door: Door<OpenedScans>;
  readonly store: Pick<ScanStore, 'quarantined' | 'release' | 'keepPictures' | 'discard'>;
  readonly check: ScanCheck;
  readonly now: () => number;
}

/**
 * Inspects an uploaded file and takes it out of quarantine, or refuses it for good. Asked again, it answers the same.
 */
export function confirmScan(ports: ConfirmScanPorts): UseCase<typeof operation> {
  return async ({ path: { dossierId, scanId } }, caller) => {
    const opened = await ports.door.open(dossierId, caller, 'scan');
    if (!opened) return { refusal: { name: 'UnknownDossier' } };
    const scan = await opened.scan(scanId);
    if (!scan) return { refusal: { name: 'UnknownScan' } };
    return scan.status === 'awaited' ? judge({ ...ports, scans: opened }, scan) : judged(scan);
  };
}

/** A file of some megabytes is looked through in a few seconds. */
const virusCheckSeconds = 5;

interface Judging extends ConfirmScanPorts {
  /** Of the dossier that was opened. */
  readonly scans: OpenedScans;
}

async function judge(ports: Judging, scan: Scan): Promise<Answer<typeof operation> | Refused> {
  const { scans, store, check, now } = ports;
  const lies = await store.quarantined(scan);
  if (lies !== undefined && 'heldBack' in lies)
    return lies.heldBack === 'waits'
      ? { refusal: { name: 'ScanNotReady', retryAfter: virusCheckSeconds } }
      : refuse(ports, scan, { name: 'ScanRefused', why: lies.heldBack });
  const upload = asAnnounced(scan, lies);
  if (!upload.ok) return refuse(ports, scan, upload.refusal);
  const opened = await check.open(upload.value.bytes, scan.contentType);
  if (!opened.ok) return refuse(ports, scan, opened.refusal);
  // In this order, so that being cut off anywhere harms nothing: a line that says "verified" never points at nothing,
  // and until it says so the file can be inspected again.
  await store.keepPictures(scan, opened.value);
  await store.release(scan, upload.value);
  const contents: ScanContents = {
    ...opened.value.contents,
    preview: true,
    ...(upload.value.virusFree === true ? { virusFree: true } : {}),
  };
  const verified: Scan = { ...scan, status: 'verified', decidedAt: now(), contents };
  if (!(await scans.judge(verified))) return judgedMeanwhile(ports, scan, { name: 'UnknownScan' });
  await store.discard(scan);
  return judged(verified);
}

async function refuse(ports: Judging, scan: Scan, refusal: Refusal): Promise<Answer<typeof operation> | Refused> {
  // Nothing there is no verdict: the upload may still come, or another confirmation has taken it out of quarantine
  // already.
  const verdict = refusal.name === 'ScanRefused' && refusal.why !== 'not-uploaded' ? refusal.why : undefined;
  const written =
    verdict !== undefined &&
    (await ports.scans.judge({ ...scan, status: 'refused', fault: verdict, decidedAt: ports.now() }));
  return written ? { refusal } : judgedMeanwhile(ports, scan, refusal);
}

/** Two confirmations at once: the verdict that came first is the answer of both. */
async function judgedMeanwhile(
  { scans }: Judging,
  { scanId }: Scan,
  otherwise: Refusal,
): Promise<Answer<typeof operation> | Refused> {
  const scan = await scans.scan(scanId);
  return scan && scan.status !== 'awaited' ? judged(scan) : { refusal: otherwise };
}

function judged(scan: Scan): Answer<typeof operation> | Refused {
  return scan.fault === undefined
    ? { status: 200, body: scanView(scan) }
    : { refusal: { name: 'ScanRefused', why: scan.fault } };
}
