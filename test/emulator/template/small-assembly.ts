import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Writes a cloud assembly with one stack, as `cdk synth` would, and answers its directory. */
export function writeAssembly(template: unknown, assets: Readonly<Record<string, string>> = {}): string {
  const directory = mkdtempSync(join(tmpdir(), 'assembly-'));
  const write = (file: string, content: unknown) => writeFileSync(join(directory, file), JSON.stringify(content));
  write('manifest.json', {
    version: '48.0.0',
    artifacts: {
      'Small.assets': { type: 'cdk:asset-manifest', properties: { file: 'Small.assets.json' } },
      'Small': { type: 'aws:cloudformation:stack', properties: { templateFile: 'Small.template.json' } },
    },
  });
  write('Small.template.json', template);
  write('Small.assets.json', {
    files: Object.fromEntries(
      Object.entries(assets).map(([hash, path]) => [hash, { source: { path, packaging: 'zip' } }]),
    ),
  });
  return directory;
}

/** Where the stacks of these tests say they are. */
export const place = {
  region: 'ap-southeast-1',
  accountId: '000000000000',
  apiEndpoint: 'http://127.0.0.1:3000',
  awsEndpoint: 'http://127.0.0.1:4566',
} as const;
