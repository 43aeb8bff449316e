/** `npm run fuzz:planted`: puts bugs into a copy of the project, one at a time, and tells which the fuzzer misses. */
import { spawnSync } from 'node:child_process';
import { cpSync, globSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const bugs = [
  {
    what: 'everybody with a token may read every dossier and its people',
    file: 'domain/people/rights.ts',
    changes: [
      ['return rightsOf(dossier, party).some(({ may }) => may.includes(deed));', 'return true;'],
      ['return new Set(rightsOf(dossier, party).flatMap(({ sees }) => sees));', 'return new Set(personFields);'],
    ],
  },
  {
    what: 'JSON that is none is a surprise',
    file: 'adapters/http/request.ts',
    changes: [
      [
        "if (!(error instanceof DuplicateKey)) return { ok: false, fault: 'MalformedJson' };",
        'if (!(error instanceof DuplicateKey)) throw error;',
      ],
    ],
  },
  {
    what: 'tracking answers more than the contract says',
    file: 'lambdas/track-dossier/track-dossier.ts',
    changes: [['place: placeView(place),', "place: { ...placeView(place), office: 'PO-BACKAN' },"]],
  },
  {
    what: 'a refusal lets a browser guess what it is',
    file: 'adapters/http/endpoint.ts',
    changes: [['{ after: secure, onError: secure }', '{ onError: secure }']],
  },
  {
    what: 'a registration with an agency that nobody knows is answered as a dossier that nobody knows',
    file: 'domain/journey/register.ts',
    changes: [["{ name: 'UnknownAgency', agencyId: asked.agencyId }", "{ name: 'UnknownDossier' }"]],
  },
] as const;

const copy = mkdtempSync(join(tmpdir(), 'fuzz-planted-'));
process.once('exit', () => rmSync(copy, { recursive: true, force: true }));
for (const entry of globSync('*', { exclude: ['node_modules', 'cdk.out', 'coverage'] }))
  cpSync(entry, join(copy, entry), { recursive: true });
symlinkSync(join(process.cwd(), 'node_modules'), join(copy, 'node_modules'));

let missed = 0;
for (const { what, file, changes } of bugs) {
  const right = readFileSync(join(copy, file), 'utf8');
  const wrong = changes.reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`${file} has changed: plant “${what}” anew`);
    return text.replaceAll(from, to);
  }, right);
  writeFileSync(join(copy, file), wrong);
  const run = spawnSync(process.execPath, ['--no-warnings', 'test/fuzz/fuzz.ts', '--requests', '5000'], {
    cwd: copy,
    encoding: 'utf8',
  });
  writeFileSync(join(copy, file), right);
  if (run.status !== 1 || !run.stdout.includes('--only')) missed += 1;
  console.log(`${what}\n${run.stdout}${run.stderr}`.replaceAll(/^/gm, '  ').trim(), '\n');
}
console.log(`${bugs.length - missed} of ${bugs.length} bugs found.`);
process.exitCode = missed === 0 ? 0 : 1;
