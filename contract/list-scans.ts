import * as z from 'zod';
import type { Evidence } from '../domain/evidence.ts';
import { evidenceKinds } from '../domain/journey/events.ts';
import { mostScanBytes, mostScans, roomTaken, type Scan } from '../domain/scans.ts';
import { EventName } from './dossier-view.ts';
import type { Operation } from './operation.ts';
import { ScanView, scanView } from './scan-view.ts';
import { dossierId } from './wire.ts';

const ListedScan = ScanView.extend({
  evidenceOf: z.array(z.string()).readonly().meta({ description: 'The ids of the events whose evidence it is.' }),
  rescannedAs: z.array(z.string()).readonly().meta({ description: 'The scans that were made again for it.' }),
}).meta({ id: 'ListedScan' });

const ScanList = z
  .strictObject({
    scans: z.array(ListedScan).readonly().meta({ description: 'In the order in which they were asked for.' }),
    missing: z
      .array(
        z
          .strictObject({
            eventId: z.string(),
            type: EventName,
            kind: z.enum(evidenceKinds),
            sha256: z.string(),
            scanId: z.string().exactOptional().meta({ description: 'Asked for, and not verified.' }),
          })
          .meta({ id: 'MissingEvidence' }),
      )
      .readonly()
      .meta({ description: 'What events speak of and no verified scan shows.' }),
    room: z.strictObject({ scans: z.int(), bytes: z.int() }).meta({ description: 'How much more the dossier takes.' }),
  })
  .meta({ id: 'ScanList', description: 'All scans of a dossier, and what is missing.' });

/** All scans of a dossier with what became of them: a lost scan id is found here. */
export const listScans = {
  name: 'list-scans',
  method: 'GET',
  path: '/v1/dossiers/{dossierId}/scans',
  doors: ['portal', 'clerk', 'courier', 'officer', 'supervisor', 'ops'],
  summary: { en: 'List the scans of a dossier', vi: 'Danh sách bản quét của hồ sơ' },
  request: z.strictObject({ path: z.strictObject({ dossierId }) }),
  statuses: [200],
  answer: ScanList,
  refusals: ['UnknownDossier'],
} as const satisfies Operation;

/** The scans of a dossier as parties see them. */
export function scanList(scans: readonly Scan[], evidence: readonly Evidence[]): z.output<typeof ScanList> {
  const taken = roomTaken(scans);
  return {
    scans: scans.map((scan) => ({
      ...scanView(scan),
      evidenceOf: evidence.filter(({ sha256 }) => sha256 === scan.sha256).map(({ event }) => event.eventId),
      rescannedAs: scans.filter(({ rescanFor }) => rescanFor === scan.scanId).map(({ scanId }) => scanId),
    })),
    missing: evidence
      .filter(({ scan }) => scan?.status !== 'verified')
      .map(({ event, kind, sha256, scan }) => ({
        ...event,
        kind,
        sha256,
        ...(scan === undefined ? {} : { scanId: scan.scanId }),
      })),
    room: { scans: mostScans - taken.scans, bytes: mostScanBytes - taken.bytes },
  };
}
