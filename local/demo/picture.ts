import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** Where Linux keeps a browser that prints. */
const browsers = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/**
 * Takes a picture of a page, where a browser is at hand.
 * @returns the file; undefined where there is no browser, or it takes none
 */
export function pictureOf(html: string, file: string): string | undefined {
  const browser = browsers.find((path) => existsSync(path));
  if (browser === undefined) return undefined;
  const folder = mkdtempSync(join(tmpdir(), 'dossier-post-slip-'));
  const target = resolve(file);
  try {
    writeFileSync(join(folder, 'slip.html'), html);
    spawnSync(
      browser,
      [
        '--headless',
        '--no-sandbox',
        '--hide-scrollbars',
        '--window-size=620,880',
        `--user-data-dir=${join(folder, 'profile')}`,
        `--screenshot=${target}`,
        join(folder, 'slip.html'),
      ],
      { stdio: 'ignore', timeout: 60_000 },
    );
    return existsSync(target) ? target : undefined;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
