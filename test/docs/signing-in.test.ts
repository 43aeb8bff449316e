import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { aTown } from '../journeys/a-town.ts';
import type { Town } from '../journeys/town.ts';
import { roles } from '../../domain/roles.ts';
import { scopeOf } from '../../contract/roles.ts';
import { clientName } from '../../lib/identities.ts';

const project = join(import.meta.dirname, '..', '..');
const guide = readFileSync(join(project, 'docs', 'api', 'signing-in.md'), 'utf8');

describe('the guide to signing in', () => {
  let town: Town;
  aTown((booted) => {
    town = booted;
  });

  it('the guide to signing in has lines that run as they stand, all in one shell', async () => {
    const lines = [...guide.matchAll(/^```sh\n([^]*?)^```$/gm)]
      .map(([, block = '']) => block)
      .join('')
      .replaceAll('npm run --silent token --', `npm run --silent token -- --aws-port ${new URL(town.awsUrl).port}`)
      .replaceAll('http://127.0.0.1:3000', town.apiUrl);
    const { stdout } = await promisify(execFile)('bash', ['-ec', lines], { cwd: project });
    expect(stdout).toContain(`${town.awsUrl}/oauth2/authorize?response_type=code`);
    expect(stdout).toContain('"place":{"name":"Registered"');
    expect(stdout.match(/"expires_in":3600,"token_type":"Bearer"/g)).toHaveLength(2);
    expect(stdout).not.toContain('"error"');
  });

  it('the guide to signing in names the client, the scope and the flow of every role', () => {
    for (const role of roles) {
      const flow = role === 'portal' ? 'client credentials' : 'code with PKCE';
      expect(guide).toMatch(
        new RegExp(`^\\| ${role} \\| .ClientIdOf${clientName(role)}.[^|]* \\| ${flow} \\| .${scopeOf(role)}. \\|`, 'm'),
      );
    }
  });

  it('the guide to signing in reckons what tokens cost a month', () => {
    const dollars = (tokens: number) => `$${((tokens * 2.25) / 1000).toFixed(2).replace(/\.00$/, '')}`;
    expect(guide).toContain(`One an hour is ${24 * 30} and ${dollars(24 * 30)} a month`);
    expect(guide).toContain(`each of 100,000 calls is ${dollars(100_000)}`);
  });
});
