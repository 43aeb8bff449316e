import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ListExecutionsCommand, SFNClient } from '@aws-sdk/client-sfn';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { dynamoGenerations } from '../../adapters/dynamodb/generations.ts';
import { headItem } from '../../adapters/dynamodb/items.ts';
import { dossierKey, head } from '../../adapters/dynamodb/keys.ts';
import { sfnExecutions } from '../../adapters/stepfunctions/executions.ts';
import type { Edition } from '../../domain/execution/editions.ts';
import { positionOf } from '../../domain/execution/generations.ts';
import { evolve } from '../../domain/journey/evolve.ts';
import { noMatters } from '../../domain/journey/matters.ts';
import { isEnd, type Place } from '../../domain/journey/places.ts';
import { lawEdition, rules, stands, waitingPlaces, waysFrom } from '../../domain/journey/rules.ts';
import { createAwsEndpoint } from '../../emulator/aws-endpoint/aws-endpoint.ts';
import { advanceJourney } from '../../lambdas/advance-journey/advance-journey.ts';
import { recordOverdue } from '../../lambdas/record-overdue/record-overdue.ts';
import { journeyDefinition, definitionEdition } from '../../statemachines/dossier-journey.ts';
import { releasedDefinitions, roadsIn } from '../../statemachines/editions.ts';
import { startTables, type Tables } from '../adapters/dynamodb/tables.ts';
import { dossierAt } from '../domain/journey/town.ts';
import { freshEntry } from '../doubles/book.suite.ts';
import { everyKey } from '../emulator/signing.ts';
import { workbench, type Workbench } from '../emulator/stepfunctions/workbench.ts';

const State = z.looseObject({
  Type: z.string(),
  Next: z.string().optional(),
  Catch: z.array(z.looseObject({ ErrorEquals: z.array(z.string()), Next: z.string() })).optional(),
  Choices: z.array(z.looseObject({ Next: z.string() })).optional(),
});
const Definition = z.looseObject({ States: z.record(z.string(), State) });
type Definition = z.infer<typeof Definition>;

const today = JSON.stringify(journeyDefinition());
/** The roads of today's law; those that were ended are in the definition still. */
const roads = waitingPlaces.flatMap((from) =>
  waysFrom(from)
    .filter((to) => rules.some((rule) => rule.from === from && rule.to === to && stands(rule, lawEdition)))
    .map((to) => [from, to] as const),
);

/** What a definition was before the law changed: each change gives back an older one, in which today's road lacks. */
const changes: readonly (readonly [string, (old: Definition, from: Place, to: Place) => Definition])[] = [
  ['as it was', (old) => old],
  ['before the road was opened', (old, from, to) => withState(old, from, (state) => withoutRoad(state, to))],
  ['before the place was added', (old, from, to) => (from === to ? old : withoutPlace(old, to))],
  [
    'before another way was the happy one',
    (old, from, to) => (old.States[to] === undefined ? old : withState(old, from, (state) => asideInstead(state, to))),
  ],
];

function withState(old: Definition, name: string, change: (state: z.infer<typeof State>) => z.infer<typeof State>) {
  const state = old.States[name];
  return state === undefined ? old : { ...old, States: { ...old.States, [name]: change(state) } };
}

function withoutRoad(state: z.infer<typeof State>, to: string): z.infer<typeof State> {
  return {
    ...state,
    ...(state.Next === to ? { Next: 'UnknownPlace' } : {}),
    ...(state.Catch === undefined ? {} : { Catch: state.Catch.filter(({ ErrorEquals }) => !ErrorEquals.includes(to)) }),
    ...(state.Choices === undefined ? {} : { Choices: state.Choices.filter(({ Next }) => Next !== to) }),
  };
}

function withoutPlace(old: Definition, place: string): Definition {
  const { [place]: _gone, ...rest } = old.States;
  return {
    ...old,
    States: Object.fromEntries(Object.entries(rest).map(([name, state]) => [name, withoutRoad(state, place)])),
  };
}

/** What was happy was a side road, and the other way round. */
function asideInstead(state: z.infer<typeof State>, to: string): z.infer<typeof State> {
  const [happy, catches] = [state.Next, state.Catch ?? []];
  if (happy === undefined || happy === to) return state;
  const output = '{% $parse($states.errorOutput.Cause) %}';
  return {
    ...state,
    Next: to,
    Catch: [
      { ErrorEquals: [happy], Next: happy, Output: output },
      ...catches.filter(({ ErrorEquals }) => !ErrorEquals.includes(to) && !ErrorEquals.includes(happy)),
    ],
  };
}

let tables: Tables;
let bench: Workbench;
let close: () => Promise<void> = async () => undefined;
let client: SFNClient;
let stateMachineArn: string;
let tell: (dossierId: string) => Promise<unknown> = async () => undefined;

function substituted(definition: string): string {
  return definition
    .replaceAll('${BookTable}', 'Book')
    .replaceAll('${RecordOverdueFunction}', 'arn:aws:lambda:us-east-1:111111111111:function:record-overdue');
}

beforeAll(async () => {
  tables = await startTables();
  close = tables.close;
  bench = await workbench({
    dynamodb: tables.call,
    invoke: async (_name, payload) => {
      const { dossierId } = z.object({ dossierId: z.string() }).parse(JSON.parse(payload));
      return { payload: JSON.stringify(await tell(dossierId)), requestId: 'r' };
    },
  });
  const created = await bench.call('CreateStateMachine', {
    name: 'journey',
    definition: substituted(today),
    roleArn: 'arn:aws:iam::111111111111:role/machine',
  });
  ({ stateMachineArn } = z.object({ stateMachineArn: z.string() }).parse(created));
  const endpoint = await createAwsEndpoint({
    port: 0,
    dynamodb: { endpoint: 'http://127.0.0.1:1', noteWrite: () => {}, streamRefusal: () => undefined },
    stepFunctions: { handle: async (operation, body) => bench.sfn.handle(operation, body) },
    s3: { handle: async () => Promise.reject(new Error('not asked here')) },
    findKey: everyKey,
  });
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  client = new SFNClient({ endpoint: endpoint.url, region: 'us-east-1', credentials });
  close = async () => {
    client.destroy();
    await endpoint.close();
    await bench.sfn.close();
    await tables.close();
  };
});
afterAll(async () => close());

let dossiers = 0;

/** A dossier at `from` with an execution that runs `old`; then the law is today's. */
async function travelling(old: string, edition: number, from: Place) {
  const dossierId = freshEntry().step.dossier.dossierId.replace(/\d+$/, String(10_000 + (dossiers += 1)));
  const now = bench.clock.now();
  // Invited twice: what only waits to be fetched is waited for no longer.
  const invitedAt = [now - 20 * 86_400_000, now - 10 * 86_400_000];
  const dossier = { ...dossierAt(from, { since: now, dueAt: now + 86_400_000, invitedAt }), dossierId };
  await tables.client.send(
    new PutCommand({
      TableName: 'Book',
      Item: { pk: dossierKey(dossierId), sk: head, ...z.encode(headItem, dossier) },
    }),
  );
  const book = dynamoGenerations(tables.client, 'Book');
  const executions = sfnExecutions(client, stateMachineArn);
  await bench.call('UpdateStateMachine', { stateMachineArn, definition: substituted(old) });
  const { resumeAt, ...position } = positionOf(dossier);
  await executions.start(dossierId, 1, resumeAt, position);
  await bench.sfn.idle();
  await bench.call('UpdateStateMachine', { stateMachineArn, definition: substituted(today) });

  const editions = { [edition]: roadsIn(old), [definitionEdition]: roadsIn(today) } satisfies Record<number, Edition>;
  const advance = advanceJourney(book, executions, editions, () => bench.clock.now());
  tell = recordOverdue(book, editions, () => bench.clock.now());
  const standings = async () =>
    ((await client.send(new ListExecutionsCommand({ stateMachineArn, maxResults: 1000 }))).executions ?? [])
      .filter(({ name }) => name?.startsWith(`${dossierId}-`) === true)
      .map(({ name, status }) => `${name?.slice(dossierId.length + 1)} ${status}`)
      .toSorted();
  /** The stream's part: every write brings the leader back, until nothing is written any more. */
  const settle = async () => {
    for (let turn = 1; turn <= 8; turn += 1) {
      const before = JSON.stringify([await book.executionLine(dossierId), await standings()]);
      await advance(dossierId);
      await bench.sfn.idle();
      if (JSON.stringify([await book.executionLine(dossierId), await standings()]) === before) return turn;
    }
    throw new Error('it goes round and round');
  };
  const move = async (to: Place) => {
    const event = {
      ...freshEntry().step.event,
      number: dossier.version + 1,
      from,
      to,
      effects: [],
      milestone: true,
      receivedAt: now,
      ...(isEnd(to) ? {} : { dueAt: now + 2 * 86_400_000 }),
    };
    const moved = evolve(dossier, event);
    expect(await book.append({ event, dossier: moved, matters: noMatters })).toBe('written');
  };
  return { dossierId, book, move, settle, standings };
}

// Holds ADR 0018.
const released = releasedDefinitions();

describe.each(released)(
  'a dossier whose execution runs the definition of edition $edition',
  ({ edition, definition }) => {
    const known = roadsIn(definition);
    // What else may have changed is one and the same to every edition: it is tried on the newest.
    it.each(edition === released.at(-1)?.edition ? changes : changes.slice(0, 1))(
      'a dossier whose execution runs a definition %s goes every road of today’s law: no execution fails, and one alone is open',
      async (_what, change) => {
        // No execution waits at a place that its edition lacks.
        for (const [from, to] of roads.filter(([place]) => Object.hasOwn(known, place))) {
          const old = JSON.stringify(change(Definition.parse(JSON.parse(definition)), from, to));
          const { dossierId, book, move, settle, standings } = await travelling(old, edition, from);
          await move(to);
          await settle();
          const all = await standings();
          const open = all.filter((standing) => standing.endsWith('RUNNING'));
          expect([from, to, all.filter((standing) => !/ (RUNNING|SUCCEEDED)$/.test(standing))]).toEqual([from, to, []]);
          if (isEnd(to)) {
            expect([from, to, open]).toEqual([from, to, []]);
            continue;
          }
          const line = await book.executionLine(dossierId);
          expect([from, to, line?.wait?.place, open]).toEqual([from, to, to, [`${line?.generation} RUNNING`]]);
        }
      },
      120_000,
    );

    it('an execution from before a place was added to which a clock leads ends well, and the next generation waits there', async () => {
      const byTheClock = rules.filter(
        (rule) =>
          rule.by.includes('clock') &&
          rule.to !== rule.from &&
          stands(rule, lawEdition) &&
          Object.hasOwn(known, rule.from),
      );
      expect(byTheClock.length).toBeGreaterThan(2);
      for (const { from, to } of byTheClock) {
        const old = JSON.stringify(withoutPlace(Definition.parse(JSON.parse(definition)), to));
        const { dossierId, book, settle, standings } = await travelling(old, edition, from);
        await bench.pass(86_400_000 + 2_000);
        await settle();
        expect((await book.head(dossierId))?.place).toBe(to);
        expect([from, await standings()]).toEqual([from, isEnd(to) ? ['1 SUCCEEDED'] : ['1 SUCCEEDED', '2 RUNNING']]);
        if (!isEnd(to)) expect((await book.executionLine(dossierId))?.wait?.place).toBe(to);
      }
    });
  },
);
