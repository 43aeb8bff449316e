import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { largestScan } from '../../contract/request-scan-upload.ts';
import { mebibytes } from '../../contract/scan-view.ts';
import { previewEdge } from '../../adapters/scan-check/preview.ts';
import { mostPages } from '../../adapters/scan-check/pdf.ts';
import { mostPixels } from '../../adapters/scan-check/pictures.ts';
import { operations } from '../../contract/operations.ts';
import { linkSeconds, mostAnnouncements, mostScanBytes, mostScans, uploadSeconds } from '../../domain/scans.ts';

const page = readFileSync('docs/api/scans.md', 'utf8');
function shown(figure: number): string {
  return figure.toLocaleString('en-US');
}

describe('the page about scans', () => {
  it.each([
    [
      'the largest file',
      `a file | ${mebibytes(largestScan)} MiB, ${shown(mostPages)} pages, ${mostPixels / 1e6} megapixels`,
    ],
    ['the room of a dossier', `${mostScans} scans and ${mebibytes(mostScanBytes)} MiB together`],
    ['how often files are announced', `${mostAnnouncements} announcements in all`],
    ['how many are asked for at once', `with \`items\`, at most ${mostScans}`],
    ['how long a form is good', `a form, good for ${uploadSeconds / 60} minutes`],
    ['how long a link is good', `links that are good for ${linkSeconds / 60} minutes`],
    ['how large a preview is', `at most ${shown(previewEdge)}\npixels`],
  ])('the page about scans says %s as it is', (_what, figure) => {
    expect(page).toContain(figure);
  });

  it('the page about scans has every operation on them', () => {
    const below = '/v1/dossiers/{dossierId}';
    const paths = operations.map(({ path }) => path).filter((path) => path.startsWith(`${below}/scans`));
    expect(paths.length).toBe(5);
    for (const path of paths) expect(page).toContain(path.slice(below.length));
  });
});
