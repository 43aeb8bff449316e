import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SFNClient } from '@aws-sdk/client-sfn';
import { sfnExecutions } from '../../../adapters/stepfunctions/executions.ts';
import type { Executions } from '../../../domain/ports/executions.ts';
import { startRefusingAws, type RefusingAws } from '../refusing-aws.ts';

let aws: RefusingAws;
let client: SFNClient;
let executions: Executions;
beforeAll(async () => {
  aws = await startRefusingAws();
  client = new SFNClient(aws.clientConfig);
  executions = sfnExecutions(client, 'arn:aws:states:ap-southeast-1:111111111111:stateMachine:journey');
});
afterAll(async () => {
  client.destroy();
  await aws.close();
});

const position = { followed: 2 };
const leading: readonly (readonly [string, string, () => Promise<'led' | 'gone'>])[] = [
  ['led on', 'SendTaskSuccess', async () => executions.leadOn('token', position)],
  ['led aside', 'SendTaskFailure', async () => executions.leadAside('token', 'Cancelled', position)],
];

/** What may be well in a moment, or is a fault of ours: whoever asked has to ask again, or somebody has to look. */
const passing = [
  'ThrottlingException',
  'TooManyRequestsException',
  'ServiceUnavailable',
  'InternalFailure',
  'KmsThrottlingException',
  'AccessDeniedException',
  'InvalidOutput',
];

describe.each(leading)('an execution that is %s', (_how, operation, lead) => {
  it.each(['TaskTimedOut', 'TaskDoesNotExist', 'InvalidToken'])(
    'an execution is gone when Step Functions answers %s: an old token holds up nobody',
    async (name) => {
      aws.refuses({ [operation]: { name } });
      await expect(lead()).resolves.toBe('gone');
    },
  );

  it.each(passing)(
    'an execution is not gone when Step Functions answers %s: whoever led it tries again',
    async (name) => {
      aws.refuses({ [operation]: { name } });
      await expect(lead()).rejects.toMatchObject({ name });
    },
  );
});

describe('an execution that is started', () => {
  const start = async () => executions.start('d-1', 1, 'Registered', { followed: 1 });

  it('an execution that is started was there before when Step Functions says so', async () => {
    aws.refuses({ StartExecution: { name: 'ExecutionAlreadyExists' } });
    await expect(start()).resolves.toBe('exists');
  });

  it.each([...passing, 'ExecutionLimitExceeded', 'StateMachineDeleting'])(
    'an execution is started by nobody when Step Functions answers %s, and whoever asked hears it',
    async (name) => {
      aws.refuses({ StartExecution: { name } });
      await expect(start()).rejects.toMatchObject({ name });
    },
  );
});

describe('the standing of an execution', () => {
  it('the standing of an execution is unknown when there is none', async () => {
    aws.refuses({ DescribeExecution: { name: 'ExecutionDoesNotExist' } });
    await expect(executions.status('d-1', 1)).resolves.toBeUndefined();
  });

  it.each(passing)(
    'the standing of an execution is told to nobody when Step Functions answers %s: it is not taken for over',
    async (name) => {
      aws.refuses({ DescribeExecution: { name } });
      await expect(executions.status('d-1', 1)).rejects.toMatchObject({ name });
    },
  );
});

describe('an execution that a younger one replaces', () => {
  it('an execution that a younger one replaces ends by its own token, and is not stopped besides', async () => {
    aws.refuses({});
    await executions.end('d-1', 1, 'token');
    expect(aws.asked).toEqual(['SendTaskFailure']);
  });

  it.each([
    ['has no token', undefined, ['StopExecution']],
    ['has an old token', 'token', ['SendTaskFailure', 'StopExecution']],
  ])('an execution that a younger one replaces is stopped when it %s', async (_what, token, asked) => {
    aws.refuses({ SendTaskFailure: { name: 'TaskDoesNotExist' } });
    await executions.end('d-1', 1, token);
    expect(aws.asked).toEqual(asked);
  });

  it('an execution that is not there needs no end', async () => {
    aws.refuses({ StopExecution: { name: 'ExecutionDoesNotExist' } });
    await expect(executions.end('d-1', 1, undefined)).resolves.toBeUndefined();
  });

  it.each(passing)(
    'an execution that a younger one replaces is not taken for ended when Step Functions answers %s',
    async (name) => {
      aws.refuses({ StopExecution: { name } });
      await expect(executions.end('d-1', 1, undefined)).rejects.toMatchObject({ name });
      aws.refuses({ SendTaskFailure: { name } });
      await expect(executions.end('d-1', 1, 'token')).rejects.toMatchObject({ name });
    },
  );
});
