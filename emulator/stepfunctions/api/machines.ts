import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { machineArn } from '../arn.ts';
import { InvalidDefinition, parseDefinition } from '../definition/parse.ts';
import type { JsonObject } from '../json.ts';
import type { MachineRow } from '../store.ts';
import { compact, operation, pageSchema, pageSize, readPageToken, seconds, writePageToken, type Api } from './api.ts';
import { ApiError } from './error.ts';

const arn = z.string().min(1).max(2_048);

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_CreateStateMachine.html */
export const createStateMachine = operation(
  z.object({
    name: z.string(),
    definition: z.string(),
    roleArn: z.string().default(''),
    type: z.string().default('STANDARD'),
    description: z.string().optional(),
  }),
  async (api, input) => {
    checkName(input.name);
    if (input.type !== 'STANDARD') {
      throw new ApiError('StateMachineTypeNotSupported', `Only STANDARD state machines run here, not '${input.type}'`);
    }
    checkDefinition(input.definition);
    const own = machineArn(api.region, api.accountId, input.name);
    const known = api.store.machine(own) ?? (await insert(api, own, input));
    // Idempotent by name, definition and role.
    if (known.roleArn === input.roleArn && api.store.definition(known.definition) === input.definition)
      return created(known);
    throw new ApiError('StateMachineAlreadyExists', `State Machine Already Exists: '${own}'`);
  },
);

/**
 * Running executions keep the definition they began with.
 * https://docs.aws.amazon.com/step-functions/latest/apireference/API_UpdateStateMachine.html
 */
export const updateStateMachine = operation(
  z.object({ stateMachineArn: arn, definition: z.string().optional(), roleArn: z.string().optional() }),
  async (api, input) => {
    const known = existing(api, input.stateMachineArn);
    if (input.definition === undefined && input.roleArn === undefined) {
      throw new ApiError('MissingRequiredParameter', 'Either the definition, the role ARN, or both must be specified');
    }
    if (input.definition !== undefined) checkDefinition(input.definition);
    const revision = randomUUID();
    const updatedAt = api.clock.now();
    await api.engine.commit(() => {
      // Most starts of the local cloud change nothing: a definition is kept once.
      const wanted = input.definition ?? api.store.definition(known.definition);
      const same = wanted === api.store.definition(known.definition);
      const definition = same ? known.definition : api.store.addDefinition(wanted);
      api.store.saveMachine({ ...known, definition, roleArn: input.roleArn ?? known.roleArn, updatedAt, revision });
    });
    return { updateDate: seconds(updatedAt), revisionId: revision };
  },
);

/**
 * https://docs.aws.amazon.com/step-functions/latest/apireference/API_DeleteStateMachine.html: its executions come to
 * their end first.
 */
export const deleteStateMachine = operation(z.object({ stateMachineArn: arn }), async (api, input) => {
  const known = api.store.machine(input.stateMachineArn);
  if (!known) return {};
  await api.engine.commit(() => {
    if (api.store.hasOpenExecutions(known.arn)) api.store.saveMachine({ ...known, deleting: true });
    else api.store.removeMachine(known.arn);
  });
  return {};
});

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_DescribeStateMachine.html */
export const describeStateMachine = operation(z.object({ stateMachineArn: arn }), (api, input) => {
  const machine = existing(api, input.stateMachineArn);
  return compact({
    stateMachineArn: machine.arn,
    name: machine.name,
    status: machine.deleting ? 'DELETING' : 'ACTIVE',
    definition: api.store.definition(machine.definition),
    roleArn: machine.roleArn,
    type: 'STANDARD',
    creationDate: seconds(machine.createdAt),
    loggingConfiguration: { level: 'OFF', includeExecutionData: false },
    tracingConfiguration: { enabled: false },
    revisionId: machine.revision,
    description: machine.description,
  });
});

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_ListStateMachines.html */
export const listStateMachines = operation(z.object(pageSchema), (api, input) => {
  const size = pageSize(input.maxResults);
  const found = api.store.machines(input.nextToken === undefined ? '' : readPageToken(input.nextToken), size + 1);
  const page = found.slice(0, size);
  const last = page.at(-1);
  return compact({
    stateMachines: page.map((machine) => ({
      stateMachineArn: machine.arn,
      name: machine.name,
      type: 'STANDARD',
      creationDate: seconds(machine.createdAt),
    })),
    nextToken: found.length > size && last ? writePageToken(last.arn) : undefined,
  });
});

/** @throws ApiError StateMachineDoesNotExist, InvalidArn */
export function existing(api: Api, machine: string): MachineRow {
  if (!/^arn:aws[\w-]*:states:[\w-]+:\d{12}:stateMachine:/u.test(machine))
    throw new ApiError('InvalidArn', `Invalid Arn: '${machine}'`);
  const found = api.store.machine(machine);
  if (found) return found;
  throw new ApiError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${machine}'`);
}

/** 1 to 80 characters without white space, wildcards, brackets and the like. @throws ApiError InvalidName */
export function checkName(name: string): void {
  // The list is of the API reference: white space, < > { } [ ] ? * " # % \ ^ | ~ ` $ & , ; : / and controls.
  if (/^[^\s<>{}[\]?*"#%\\^|~`$&,;:/\p{Cc}]{1,80}$/u.test(name)) return;
  throw new ApiError('InvalidName', `Invalid Name: '${name}'`);
}

/** @throws ApiError InvalidDefinition, which names every state and field that is wrong */
function checkDefinition(definition: string): void {
  try {
    parseDefinition(definition);
  } catch (error) {
    if (error instanceof InvalidDefinition) throw new ApiError('InvalidDefinition', error.message);
    throw error;
  }
}

async function insert(
  api: Api,
  own: string,
  input: { name: string; definition: string; roleArn: string; description?: string | undefined },
): Promise<MachineRow> {
  const now = api.clock.now();
  await api.engine.commit(() => {
    // Another create of the same name may have been quicker.
    if (api.store.machine(own)) return;
    api.store.saveMachine({
      arn: own,
      name: input.name,
      definition: api.store.addDefinition(input.definition),
      roleArn: input.roleArn,
      ...(input.description === undefined ? {} : { description: input.description }),
      createdAt: now,
      updatedAt: now,
      revision: randomUUID(),
      deleting: false,
    });
  });
  return existing(api, own);
}

function created(machine: MachineRow): JsonObject {
  return { stateMachineArn: machine.arn, creationDate: seconds(machine.createdAt) };
}
