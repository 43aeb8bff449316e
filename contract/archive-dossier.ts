import * as z from 'zod';
import { LeftOut } from './archive.ts';
import { Instant } from './dossier-view.ts';
import type { Operation } from './operation.ts';
import { dossierId, sha256 } from './wire.ts';

const ArchiveLink = z
  .strictObject({
    url: z.url().meta({ description: 'Good for five minutes; the archive itself is deleted after a day.' }),
    expiresAt: Instant,
    size: z.int().min(1).meta({ description: 'Bytes.' }),
    digest: sha256.meta({
      description: 'SHA-256 of its manifest: `npm run verify` tells it, and the looks of the dossier have it.',
    }),
    leftOut: z.array(LeftOut).readonly().meta({ description: 'What is not in it, and why.' }),
  })
  .meta({ id: 'ArchiveLink', description: 'A ZIP with all that belongs to a dossier, and a manifest that proves it.' });

/** Everything of a dossier as one file that can be checked without the system: events, custody, scans. */
export const archiveDossier = {
  name: 'archive-dossier',
  method: 'POST',
  path: '/v1/dossiers/{dossierId}/archive',
  doors: ['portal', 'clerk', 'officer', 'supervisor'],
  summary: { en: 'Save a dossier as one file that proves itself', vi: 'Lưu hồ sơ thành một tệp tự chứng minh' },
  request: z.strictObject({ path: z.strictObject({ dossierId }) }),
  statuses: [201],
  answer: ArchiveLink,
  // Up to 200 MiB are read and written.
  units: 50,
  refusals: ['UnknownDossier'],
} as const satisfies Operation;
