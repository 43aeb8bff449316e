import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { contentsOf, pageWith, sizesIn, sizesPage } from '../lib/bundle-sizes.ts';
import { bundleAll } from '../lib/bundle.ts';

/**
 * `npm run bundle` prints how big each function is; `-- NAME` what is in one, the biggest first; `-- --write` enters
 * the functions that `docs/bundles.md` does not have yet.
 */
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { write: { type: 'boolean', default: false } },
});
const folder = mkdtempSync(join(tmpdir(), 'dossier-post-bundles-'));
try {
  const metafile = await bundleAll(folder);
  const sizes = sizesIn(folder);
  const asked = positionals.length > 0 ? positionals : [...sizes.keys()];
  for (const name of asked) console.log(`${String(sizes.get(name)).padStart(5)} kB gzip  ${name}`);
  for (const name of positionals)
    for (const [what, bytes] of contentsOf(metafile, name)) console.log(`${String(bytes).padStart(8)}  ${what}`);
  if (values.write) writeFileSync(sizesPage, pageWith(readFileSync(sizesPage, 'utf8'), sizes));
} finally {
  rmSync(folder, { recursive: true });
}
