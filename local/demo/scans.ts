import { readFileSync } from 'node:fs';
import type { ScanFile } from '../../client/api-client.ts';

// Real files that show nobody; their README tells how they were made.
function sample(name: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(readFileSync(new URL(`../../test/samples/${name}`, import.meta.url)));
}

/** The papers of a dossier, three pages as a counter's scanner makes them. */
export function scannedPapers(): ScanFile {
  return { kind: 'papers', contentType: 'application/pdf', bytes: sample('application.pdf') };
}

/** A photo as a postman's telephone takes it. */
export function photo(): ScanFile {
  return { kind: 'photo', contentType: 'image/jpeg', bytes: sample('list-of-papers.jpg') };
}
