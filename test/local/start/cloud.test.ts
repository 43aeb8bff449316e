import { once } from 'node:events';
import { globSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import * as z from 'zod';
import { startSystem, type System } from '../../../local/system.ts';
import { firstRequest } from '../../../local/first-request.ts';
import { synthesize } from '../../../local/synthesize.ts';
import { temporaryDirectory } from './system.ts';
import { signedPost } from '../../emulator/signing.ts';

jest.setTimeout(30_000);

let assembly = '';
beforeAll(async () => {
  assembly = await synthesize(join(import.meta.dirname, '..', '..', '..'));
}, 120_000);

let directory = temporaryDirectory();
let clouds: System[] = [];
beforeEach(() => {
  directory = temporaryDirectory();
});
afterEach(async () => {
  await Promise.all(clouds.map((cloud) => cloud.close()));
  clouds = [];
  directory.remove();
});

async function start(from = assembly, ports: { apiPort?: number; awsPort?: number } = {}): Promise<System> {
  const cloud = await startSystem({
    assembly: from,
    dataDir: join(directory.path, 'data'),
    apiPort: 0,
    awsPort: 0,
    ...ports,
  });
  clouds.push(cloud);
  return cloud;
}

const Template = z.looseObject({
  Resources: z.record(z.string(), z.looseObject({ Type: z.string(), Properties: z.looseObject({}).optional() })),
});

/** The real assembly with one resource changed or added. */
function assemblyWith(
  logicalId: string | RegExp,
  change: (resource: z.infer<typeof Template>['Resources'][string]) => unknown,
): { path: string; templateFile: string; logicalId: string } {
  const path = join(directory.path, 'assembly');
  mkdirSync(path);
  for (const entry of readdirSync(assembly)) symlinkSync(join(assembly, entry), join(path, entry));
  const templateFile = join(path, 'DossierPost.template.json');
  const template = Template.parse(JSON.parse(readFileSync(templateFile, 'utf8')));
  rmSync(templateFile);
  const found =
    typeof logicalId === 'string'
      ? logicalId
      : (Object.keys(template.Resources).find((name) => logicalId.test(name)) ?? '');
  writeFileSync(
    templateFile,
    JSON.stringify({
      ...template,
      Resources: { ...template.Resources, [found]: change(template.Resources[found] ?? { Type: '' }) },
    }),
  );
  return { path, templateFile, logicalId: found };
}

function properties(more: object) {
  return (resource: { readonly Properties?: object | undefined }) => ({
    ...resource,
    Properties: { ...resource.Properties, ...more },
  });
}

// Holds ADR 0004.
describe('the local cloud', () => {
  it('the local cloud has a table, a bucket, a queue, functions and a state machine under the names of the template', async () => {
    const { stack, awsUrl, accessKey } = await start();
    const call = async (target: string) =>
      (await signedPost(awsUrl, 'any', { 'x-amz-target': target }, '{}', accessKey)).json();
    const tables = stack
      .ofType('AWS::DynamoDB::Table')
      .map(({ ref }) => ref)
      .toSorted();
    expect(await call('DynamoDB_20120810.ListTables')).toMatchObject({ TableNames: tables });
    expect(await call('AmazonSQS.ListQueues')).toEqual({
      QueueUrls: stack
        .ofType('AWS::SQS::Queue')
        .map(({ ref }) => ref)
        .toSorted(),
    });
    expect(await call('AWSStepFunctions.ListStateMachines')).toMatchObject({
      stateMachines: stack.ofType('AWS::StepFunctions::StateMachine').map(({ ref }) => ({ stateMachineArn: ref })),
    });
    expect(tables).toHaveLength(5);
  });

  it('the local cloud settles when a dossier that was registered has come to wait in its execution', async () => {
    const { apiUrl, awsUrl, accessKey, tokens, stack, clock, settled } = await start();
    const headers = {
      'authorization': `Bearer ${tokens.clerk}`,
      'content-type': 'application/json',
      'idempotency-key': 'settles-once',
    };
    expect(
      (await fetch(`${apiUrl}/v1/dossiers`, { method: 'POST', headers, body: JSON.stringify(firstRequest.body) }))
        .status,
    ).toBe(201);
    await settled();
    expect(clock.nextDue()).toBeGreaterThan(clock.now());
    const [machine] = stack.ofType('AWS::StepFunctions::StateMachine');
    const response = await signedPost(
      awsUrl,
      'states',
      { 'x-amz-target': 'AWSStepFunctions.ListExecutions' },
      JSON.stringify({ stateMachineArn: machine?.ref }),
      accessKey,
    );
    expect(await response.json()).toMatchObject({ executions: [{ status: 'RUNNING' }] });
  });

  it('the local cloud gives tokens of other units on demand', async () => {
    const { mint } = await start();
    const [, payload = ''] = (await mint({ role: 'courier', unit: 'PO-NARI' })).split('.');
    expect(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'))).toMatchObject({
      'cognito:groups': ['courier:PO-NARI'],
    });
  });
});

describe('a role that grants nothing', () => {
  const nothing = properties({ PolicyDocument: { Version: '2012-10-17', Statement: [] } });
  const register = async ({ apiUrl, tokens }: System) => {
    const headers = {
      'authorization': `Bearer ${tokens.clerk}`,
      'content-type': 'application/json',
      'idempotency-key': 'without-a-grant',
    };
    return (await fetch(`${apiUrl}/v1/dossiers`, { method: 'POST', headers, body: JSON.stringify(firstRequest.body) }))
      .status;
  };

  it('a role that grants nothing leaves its function without the book, as on AWS', async () => {
    const cloud = await start(assemblyWith(/^OperationsRegisterDossierRoleDefaultPolicy/, nothing).path);
    expect(await register(cloud)).toBe(500);
    const [log = ''] = globSync(join(directory.path, 'data', 'logs', '*RegisterDossier*.log'));
    expect(readFileSync(log, 'utf8')).toContain('"error":"AccessDeniedException"');
  });

  it('a role that grants nothing leaves the state machine without the book, and its history says so', async () => {
    const cloud = await start(assemblyWith(/^JourneyRoleDefaultPolicy/, nothing).path);
    expect(await register(cloud)).toBe(201);
    await cloud.settled();
    const call = async (operation: string, body: object): Promise<unknown> =>
      (
        await signedPost(
          cloud.awsUrl,
          'states',
          { 'x-amz-target': `AWSStepFunctions.${operation}` },
          JSON.stringify(body),
          cloud.accessKey,
        )
      ).json();
    const [machine] = cloud.stack.ofType('AWS::StepFunctions::StateMachine');
    const { executions } = z
      .object({ executions: z.array(z.object({ executionArn: z.string() })) })
      .parse(await call('ListExecutions', { stateMachineArn: machine?.ref }));
    const history = JSON.stringify(await call('GetExecutionHistory', { executionArn: executions[0]?.executionArn }));
    expect(history).toContain('TaskFailed');
    expect(history).toContain('is not authorized to perform: dynamodb:UpdateItem');
  });

  it('a role that cannot be judged here stops the start', async () => {
    const { path, templateFile } = assemblyWith(
      /^OperationsRegisterDossierRoleDefaultPolicy/,
      properties({ PolicyDocument: { Statement: [{ Effect: 'Allow', NotAction: 's3:*', Resource: '*' }] } }),
    );
    await expect(start(path)).rejects.toThrow(
      `Cannot run ${templateFile}: The permissions of OperationsRegisterDossierRoleDefaultPolicy`,
    );
  });
});

describe('what the local cloud cannot run stops the start with the resource and the file, and leaves nothing running', () => {
  it.each<[string, string | RegExp, Parameters<typeof assemblyWith>[1], string]>([
    [
      'an unknown resource',
      'Pump',
      () => ({ Type: 'AWS::Oil::Pump' }),
      'the local cloud does not know this type; teach it in emulator/template/resource-types.ts.',
    ],
    [
      'a layer',
      /^OperationsReadDossier[0-9A-F]{8}$/,
      properties({ Layers: ['arn:aws:lambda:layer'] }),
      'layers are not laid here',
    ],
    [
      'a FIFO queue',
      /^JourneyFeedDeadLetters[0-9A-F]{8}$/,
      properties({ FifoQueue: true }),
      'The local SQS has no FIFO queues',
    ],
    [
      'a filter that is not known',
      /^JourneyFeed[0-9A-F]{8}$/,
      properties({ FilterCriteria: { Filters: [{ Pattern: '{"eventName":[{"wildcard":"*"}]}' }] } }),
      'wildcard',
    ],
    [
      'a definition in another language',
      /^JourneyStateMachine[0-9A-F]{8}$/,
      properties({ DefinitionString: '{"StartAt":"A","States":{"A":{"Type":"Succeed"}}}' }),
      'JSONata',
    ],
  ])(
    'what the local cloud cannot run stops the start with the resource and the file: %s',
    async (_, resource, change, words) => {
      const { path, templateFile, logicalId } = assemblyWith(resource, change);
      const failure = await start(path).then(() => 'it started', String);
      expect(failure).toContain(`Cannot run the resource ${logicalId} of type `);
      expect(failure).toContain(` in ${templateFile}: `);
      expect(failure).toContain(words);
      await start();
    },
  );

  it('a port that is taken stops the start before anything was started', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = z.object({ port: z.number() }).parse(server.address());
    await expect(start(assembly, { awsPort: port })).rejects.toThrow(
      `The port ${port} is taken or not allowed; choose another one with --aws-port.`,
    );
    server.close();
    await start();
  });
});
