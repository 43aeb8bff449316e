import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import * as z from 'zod';
import type { AccessKey } from '../../../emulator/signature/access-keys.ts';
import { roles } from '../../../domain/roles.ts';
import { firstRequest } from '../../../local/first-request.ts';
import { synthesize } from '../../../local/synthesize.ts';
import { end, run, startSystem, temporaryDirectory, type System } from './system.ts';
import { signedPost } from '../../emulator/signing.ts';

/** Some start and stop three processes, on a machine that may be busy. */
jest.setTimeout(60_000);

/** Building the template takes longer than any test may. */
beforeAll(async () => {
  await synthesize(join(import.meta.dirname, '..', '..', '..'));
}, 120_000);

let directory = temporaryDirectory();
let systems: System[] = [];
beforeEach(() => {
  directory = temporaryDirectory();
});
afterEach(async () => {
  await Promise.all(systems.map((system) => end(system, 'SIGKILL')));
  systems = [];
  directory.remove();
});

async function start(...more: readonly string[]): Promise<System> {
  const system = await startSystem(join(directory.path, 'data'), ...more);
  systems.push(system);
  return system;
}

const Dossier = z.object({ dossierId: z.string(), dueAt: z.string() });

async function register({ apiUrl, tokens }: System): Promise<z.infer<typeof Dossier>> {
  const headers = {
    'authorization': `Bearer ${tokens[firstRequest.role]}`,
    'content-type': 'application/json',
    'idempotency-key': 'the-first-one',
  };
  const response = await fetch(apiUrl + firstRequest.path, {
    method: 'POST',
    headers,
    body: JSON.stringify(firstRequest.body),
  });
  return Dossier.parse(await response.json());
}

async function readStatus({ apiUrl, tokens }: System, dossierId: string) {
  return (
    await fetch(`${apiUrl}/v1/dossiers/${dossierId}`, { headers: { authorization: `Bearer ${tokens['clerk']}` } })
  ).status;
}

const Executions = z.object({ executions: z.array(z.object({ name: z.string(), status: z.string() })) });

async function executions(system: System): Promise<z.infer<typeof Executions>['executions']> {
  const { awsUrl, stateMachineArn } = system;
  const target = { 'x-amz-target': 'AWSStepFunctions.ListExecutions' };
  const response = await signedPost(awsUrl, 'states', target, JSON.stringify({ stateMachineArn }), system);
  return Executions.parse(await response.json()).executions;
}

async function executionsOnceThere(system: System): ReturnType<typeof executions> {
  for (;;) {
    const found = await executions(system);
    if (found.length > 0) return found;
    await sleep(50);
  }
}

function clock(system: System, ...args: readonly string[]) {
  return run('clock-command.ts', ['--aws-port', new URL(system.awsUrl).port, ...args]).ended;
}

describe('npm start', () => {
  it('npm start says in one line of JSON how to use it, and everything said is true', async () => {
    const system = await start();
    expect([Object.keys(system.tokens), Object.keys(system.clients)]).toEqual([roles, roles]);
    expect(system.pid).toBe(system.child.pid);
    const { dossierId } = await register(system);
    expect(await readStatus(system, dossierId)).toBe(200);
    expect(await executionsOnceThere(system)).toEqual([
      { name: expect.stringContaining(dossierId), status: 'RUNNING' },
    ]);
  });

  it('npm start prints one screen without colours where nobody sees them, with a command that registers a dossier', async () => {
    const program = run('start.ts', ['--port', '0', '--aws-port', '0', '--data', join(directory.path, 'data')]);
    const [text, line = ''] = await program.says(/(curl -sS [^]*?-H 'idempotency-key: \S+')[^]*list-executions .*\n/);
    const { stdout } = await promisify(execFile)('bash', ['-c', line]);
    expect(JSON.parse(stdout)).toMatchObject({ place: { name: 'Registered' } });
    expect(text).not.toContain('\u001B');
    expect(text.trimEnd().split('\n').length).toBeLessThanOrEqual(24);
    await end(program);
  });

  it('npm start prints the keys with which AWS’s services are reached, the same at every start, and no others are', async () => {
    const at = ['--port', '0', '--aws-port', '0', '--data', join(directory.path, 'data')];
    const program = run('start.ts', at);
    const [, awsUrl = '', accessKeyId = '', secretAccessKey = ''] = await program.says(
      /export AWS_ENDPOINT_URL=(\S+) AWS_REGION=ap-southeast-1 AWS_DEFAULT_REGION=ap-southeast-1 AWS_ACCESS_KEY_ID=(\S+) AWS_SECRET_ACCESS_KEY=(\S+)\n/,
    );
    const list = async (key: AccessKey) =>
      (await signedPost(awsUrl, 'dynamodb', { 'x-amz-target': 'DynamoDB_20120810.ListTables' }, '{}', key)).status;
    expect(await list({ accessKeyId, secretAccessKey })).toBe(200);
    expect(await list({ accessKeyId: 'local', secretAccessKey: 'local' })).toBe(400);
    await end(program);
    expect(await start()).toMatchObject({ accessKeyId, secretAccessKey });
  });

  it.each(['SIGINT', 'SIGTERM'] as const)(
    'npm start ends in good order on %s, and lets go of its ports',
    async (signal) => {
      const system = await start();
      expect(await end(system, signal)).toMatchObject({ code: 0, stderr: expect.not.stringContaining('Error') });
      await expect(fetch(system.apiUrl)).rejects.toThrow();
      await expect(fetch(system.awsUrl)).rejects.toThrow();
    },
  );

  it('npm start goes on after kill -9 where it was: dossier, execution, deadline and tokens', async () => {
    const first = await start();
    const { dossierId } = await register(first);
    const before = await executionsOnceThere(first);
    await end(first, 'SIGKILL');
    const second = await start();
    expect(await readStatus({ ...second, tokens: first.tokens }, dossierId)).toBe(200);
    expect(await executions(second)).toEqual(before);
    expect((await clock(second)).stdout).toContain('The next deadline falls due');
    expect(await register(second)).toMatchObject({ dossierId });
  });

  it('npm start never turns the clock back, not by a stop and not by kill -9', async () => {
    const first = await start();
    await clock(first, '+30d');
    await end(first, 'SIGKILL');
    const second = await start();
    // The jump was to an instant 30 days ahead of the moment at which it was asked for, some milliseconds before it was
    // made.
    expect(second.offsetMs).toBeGreaterThan(29.9 * 86_400_000);
    await end(second);
    expect((await start()).offsetMs).toBeGreaterThanOrEqual(second.offsetMs);
  });

  it('npm start refuses data that another one has, and names it', async () => {
    const first = await start();
    const second = await run('start.ts', ['--port', '0', '--aws-port', '0', '--data', first.dataDir]).ended;
    expect(second).toEqual({
      code: 1,
      stdout: '',
      stderr: `The data in ${first.dataDir} belongs to a local cloud that is running (process ${first.pid}). Stop it, or choose another directory with --data.\n`,
    });
  });

  it('npm start says in one sentence which file is damaged and what to do, and starts nothing', async () => {
    const system = await start();
    await end(system);
    writeFileSync(join(system.dataDir, 'stepfunctions.db'), 'broken');
    const program = run('start.ts', ['--port', '0', '--aws-port', '0', '--data', system.dataDir]);
    expect(await program.ended).toEqual({
      code: 1,
      stdout: '',
      stderr: `${join(system.dataDir, 'stepfunctions.db')} is damaged: it is no SQLite database. Put back a copy of the whole data directory, or start with --fresh, which throws away everything in it.\n`,
    });
  });

  it.each(['--port', '--aws-port'])('npm start says plainly that the port of %s is taken', async (flag) => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = z.object({ port: z.number() }).parse(server.address());
    const other = flag === '--port' ? '--aws-port' : '--port';
    const program = await run('start.ts', [
      flag,
      String(address.port),
      other,
      '0',
      '--data',
      join(directory.path, 'data'),
    ]).ended;
    expect(program).toEqual({
      code: 1,
      stdout: '',
      stderr: `The port ${address.port} is taken or not allowed; choose another one with ${flag}.\n`,
    });
    server.close();
  });

  it('npm start throws the old data away with --fresh, and keeps it without', async () => {
    const first = await start();
    const { dossierId } = await register(first);
    await end(first);
    const second = await start('--fresh');
    expect(await readStatus({ ...second }, dossierId)).toBe(404);
    expect(await executions(second)).toEqual([]);
  });

  it('npm start never throws away a directory that is not its own', async () => {
    writeFileSync(join(directory.path, 'thesis.txt'), 'years of work');
    const program = await run('start.ts', ['--fresh', '--port', '0', '--aws-port', '0', '--data', directory.path])
      .ended;
    expect(program).toMatchObject({
      code: 1,
      stderr: `${directory.path} is not empty and not a data directory of the local cloud; choose another one with --data.\n`,
    });
    expect(existsSync(join(directory.path, 'thesis.txt'))).toBe(true);
  });

  it.each([
    [['--prot', '1'], "Unknown option '--prot'."],
    [['--port', 'x'], '--port wants a port\'s number from 0 (any free one) to 65535, not "x".'],
    [['--port', '65536'], '--port wants a port\'s number from 0 (any free one) to 65535, not "65536".'],
    [['--port', '4566'], '--port and --aws-port must differ.'],
    [['now'], "Unexpected argument 'now'."],
  ])('npm start says plainly what is wrong with the flags %j', async (flags, words) => {
    expect(await run('start.ts', flags).ended).toEqual({
      code: 2,
      stdout: '',
      stderr: `${words} See npm start -- --help\n`,
    });
  });

  it('npm start explains its flags', async () => {
    const { code, stdout } = await run('start.ts', ['--help']).ended;
    expect([code, stdout.match(/--[a-z-]+ /g)]).toEqual([
      0,
      ['--port ', '--aws-port ', '--data ', '--virus-check ', '--fresh ', '--json ', '--silent ', '--json ', '--help '],
    ]);
  });
});

describe('npm run clock', () => {
  it('npm run clock reads the clock, moves it by days, to the next deadline and to an instant, and lets what is due happen', async () => {
    const system = await start();
    const { dossierId } = await register(system);
    await executionsOnceThere(system);
    const read = await clock(system);
    expect(read.stdout).toMatch(
      /^It is \d{4}-\d\d-\d\d \d\d:\d\d:\d\d \+07:00\. The next deadline falls due at \d{4}-/,
    );
    expect((await clock(system, '+1d')).code).toBe(0);
    const next = await clock(system, '--to-next');
    expect([next.code, next.stderr]).toEqual([0, '']);
    expect(await executions(system)).not.toEqual([{ name: `${dossierId}-1`, status: 'RUNNING' }]);
    const far = await clock(system, '--to', '2030-01-02T03:04+07:00');
    expect(far.stdout).toMatch(/^It is 2030-01-02 03:04:\d\d \+07:00\./);
  });

  it('npm run clock does not run backwards, and says what it does not understand', async () => {
    const system = await start();
    expect(await clock(system, '--to', '2020-01-01T00:00Z')).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(
        /^2020-01-01T00:00Z has passed: it is \S+, and the clock does not run backwards\.\n$/,
      ),
    });
    expect(await clock(system, 'tomorrow')).toMatchObject({
      code: 1,
      stderr: '"tomorrow" is no time. Say +3d (or h, m, s), to-next, or an instant such as 2026-12-01T08:00+07:00.\n',
    });
    expect(await clock(system, '+1d', '--to-next')).toMatchObject({
      code: 1,
      stderr: 'One move at a time, not +1d and to-next.\n',
    });
    expect(await clock(system, '--to-next')).toMatchObject({ code: 1, stderr: 'Nothing waits for a time.\n' });
  });

  it('npm run clock says that nobody answers', async () => {
    expect(await run('clock-command.ts', ['--aws-port', '1']).ended).toEqual({
      code: 1,
      stdout: '',
      stderr: 'No local cloud answers on port 1. Start it with npm start, or name its port with --aws-port.\n',
    });
  });
});

describe('npm run token', () => {
  it('npm run token prints the client of a role for a shell, with the secret that the start has said and OAuth takes', async () => {
    const { awsUrl, clients, signInUrl } = await start();
    const print = (...args: readonly string[]) =>
      run('token-command.ts', ['--aws-port', new URL(awsUrl).port, ...args]).ended;
    const { clientId = '', clientSecret = '' } = clients['portal'] ?? {};
    expect((await print('--client', 'portal')).stdout).toBe(
      `SIGN_IN_URL=${signInUrl}\nCLIENT_ID=${clientId}\nCLIENT_SECRET=${clientSecret}\n`,
    );
    expect((await print('--client', 'clerk')).stdout).toMatch(
      /\nCLIENT_ID=\w+\nCALLBACK_URL=dossierpost:\/\/signed-in\n$/,
    );
    expect(await print('--client', 'king')).toMatchObject({ code: 1, stderr: expect.stringContaining('no role king') });
    const authorization = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`;
    const body = new URLSearchParams({ grant_type: 'client_credentials' });
    const answer = await fetch(`${signInUrl}/oauth2/token`, { method: 'POST', headers: { authorization }, body });
    expect(answer.status).toBe(200);
  });
});

describe('beside AWS, on the same port', () => {
  it('the issuer publishes its keys, and gives tokens of other units', async () => {
    const { awsUrl, apiUrl, tokens } = await start();
    const claims = z
      .object({ iss: z.string() })
      .parse(JSON.parse(Buffer.from(tokens['clerk']?.split('.')[1] ?? '', 'base64url').toString('utf8')));
    const keys: unknown = await (await fetch(`${awsUrl}${new URL(claims.iss).pathname}/.well-known/jwks.json`)).json();
    expect(keys).toMatchObject({ keys: [{ kty: 'RSA', alg: 'RS256' }] });
    const wish = (body: string, type = 'application/json') =>
      fetch(`${awsUrl}/_local/token`, { method: 'POST', headers: { 'content-type': type }, body });
    const { access_token: token } = z
      .object({ access_token: z.string() })
      .parse(await (await wish('{"role":"clerk","unit":"PO-NARI"}')).json());
    expect(
      (
        await fetch(`${apiUrl}/v1/dossiers/d-00000000000000000000000000`, {
          headers: { authorization: `Bearer ${token}` },
        })
      ).status,
    ).toBe(404);
    expect([
      (await wish('{"role":"king"}')).status,
      (await wish('{"role":"clerk"}', 'text/plain')).status,
      (await wish('{')).status,
    ]).toEqual([400, 400, 400]);
  });

  it('neither clock nor token is given to a page elsewhere whose name was made to point here', async () => {
    const { awsUrl } = await start();
    const ask = async (path: string, host: string) => {
      const call = request(new URL(path, awsUrl), {
        method: 'POST',
        headers: { host, 'content-type': 'application/json' },
      });
      call.end(path === '/_local/token' ? '{"role":"portal"}' : '{"move":"+1s"}');
      const [response] = z.tuple([z.object({ statusCode: z.number() })]).parse(await once(call, 'response'));
      return response.statusCode;
    };
    const { host } = new URL(awsUrl);
    expect([await ask('/_local/token', 'rebound.example'), await ask('/_local/clock', 'rebound.example')]).toEqual([
      421, 421,
    ]);
    expect([await ask('/_local/token', host), await ask('/_local/clock', host)]).toEqual([200, 200]);
  });
});
