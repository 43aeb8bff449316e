import { readFileSync } from 'node:fs';
import type { ScanFile } from '../api-client.ts';

// Real files that show nobody; their README tells how they were made.
const sample = (name: string): Uint8Array<ArrayBuffer> => new Uint8Array(readFileSync(new URL(`../../test/samples/${name}`, import.meta.url)));

/** The papers of a dossier, three pages as a counter's scanner makes them. */
export const scannedPapers = (): ScanFile => ({ kind: 'papers', contentType: 'application/pdf', bytes: sample('application.pdf') });

/** A photo as a postman's telephone takes it. */
export const photo = (): ScanFile => ({ kind: 'photo', contentType: 'image/jpeg', bytes: sample('list-of-papers.jpg') });
