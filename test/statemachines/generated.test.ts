import { spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import jsonata from 'jsonata';
import * as z from 'zod';
import { editions } from '../../domain/execution/editions.ts';
import { places } from '../../domain/journey/places.ts';
import { roadsIn } from '../../statemachines/editions.ts';
import { definitionEdition, journeyDefinition } from '../../statemachines/dossier-journey.ts';

const root = new URL('../../statemachines/', import.meta.url);
const source = readFileSync(new URL('dossier-journey.asl.json', root), 'utf8');
const Definition = z.looseObject({ States: z.record(z.string(), z.looseObject({ Type: z.string() })) });
const today = Definition.parse(JSON.parse(source));
const released = readdirSync(new URL('released/', root)).map((edition) => ({
  edition: Number(edition),
  text: readFileSync(new URL(`released/${edition}/dossier-journey.asl.json`, root), 'utf8'),
}));

/** Every string of a document. */
function strings(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(strings) : [];
}

describe('the committed definition (ADR 0017)', () => {
  it('the committed definition is what the table makes today (npm run asl)', () => {
    expect(source).toBe(`${JSON.stringify(journeyDefinition(), null, 2)}\n`);
  });

  it('the committed definition is valid for a public validator of the Amazon States Language', () => {
    const program = createRequire(import.meta.url).resolve('asl-validator/dist/bin/asl-validator.js');
    const file = fileURLToPath(new URL('dossier-journey.asl.json', root));
    const { status, stdout } = spawnSync(process.execPath, [program, '--json-path', file], { encoding: 'utf8' });
    expect([status, stdout]).toEqual([0, expect.stringContaining('valid')]);
  });

  it('the committed definition says nothing in JSONata that AWS’s version does not run', () => {
    const { version } = z
      .object({ version: z.string() })
      .parse(JSON.parse(readFileSync(createRequire(import.meta.url).resolve('jsonata/package.json'), 'utf8')));
    expect(version).toBe('2.0.6');
    const expressions = strings(JSON.parse(source)).filter((text) => text.startsWith('{%'));
    expect(expressions.length).toBeGreaterThan(100);
    for (const expression of new Set(expressions)) expect(() => jsonata(expression.slice(2, -2))).not.toThrow();
  });

  it('the committed definition has an edition of its own as soon as it is no longer a released one', () => {
    const same = released.find(({ text }) => text === source);
    const newest = Math.max(...released.map(({ edition }) => edition));
    expect(definitionEdition).toBe(same?.edition ?? newest + 1);
    const written = source.match(/":edition": \{\n\s*"N": "(\d+)"/g)?.map((text) => text.replaceAll(/\D+/g, ''));
    expect(new Set(written)).toEqual(new Set([String(definitionEdition)]));
  });

  it('the committed definition has its roads, and those of every released edition, where the leader of executions looks them up', () => {
    const all = [...released, { edition: definitionEdition, text: source }];
    expect(editions).toEqual(Object.fromEntries(all.map(({ edition, text }) => [edition, roadsIn(text)])));
    expect(editions[1]?.['Registered']).toEqual({
      next: 'Collected',
      aside: ['PickupScheduled', 'AtAgency', 'Cancelled'],
    });
    expect(editions[1]?.['Cancelled']).toEqual({ aside: [] });
    expect(Object.keys(editions[definitionEdition] ?? {}).toSorted()).toEqual([...places].toSorted());
  });

  it.each(released)(
    'the committed definition renames and removes no state of edition $edition, in which dossiers may still wait',
    ({ text }) => {
      for (const [name, state] of Object.entries(Definition.parse(JSON.parse(text)).States))
        expect([name, today.States[name]?.Type]).toEqual([name, state.Type]);
    },
  );
});

const Waiting = z.object({
  Arguments: z.object({
    ConditionExpression: z.string(),
    ExpressionAttributeValues: z.record(z.string(), z.unknown()),
  }),
  Retry: z.array(z.looseObject({ ErrorEquals: z.array(z.string()), MaxAttempts: z.number() })),
  Catch: z.array(z.looseObject({ ErrorEquals: z.array(z.string()), Output: z.string().optional() })),
});

describe('the machinery, said a second time whole', () => {
  it('the machinery asks the book where the paper is, tells it when a term ran out, and looks again when it cannot', () => {
    const { Resume, RecordOverdue, LookAgain, Superseded, UnknownPlace } = today.States;
    expect(Resume).toMatchObject({ Type: 'Choice', Default: 'UnknownPlace' });
    expect(Resume?.['Choices']).toEqual(
      places.map((place) => ({ Condition: `{% $states.input.resumeAt = '${place}' %}`, Next: place })),
    );
    expect({ ...RecordOverdue, Comment: '' }).toEqual({
      Type: 'Task',
      Comment: '',
      Resource: 'arn:aws:states:::lambda:invoke',
      Arguments: {
        FunctionName: '${RecordOverdueFunction}',
        Payload: { dossierId: '{% $states.context.Execution.Input.dossierId %}' },
      },
      Output: '{% $states.result.Payload %}',
      TimeoutSeconds: 60,
      Retry: [
        {
          ErrorEquals: ['States.ALL'],
          IntervalSeconds: 2,
          BackoffRate: 2,
          MaxAttempts: 12,
          MaxDelaySeconds: 900,
          JitterStrategy: 'FULL',
        },
      ],
      Catch: [{ ErrorEquals: ['States.ALL'], Output: '{% $states.input %}', Next: 'LookAgain' }],
      Next: 'Resume',
    });
    expect({ ...LookAgain, Comment: '' }).toEqual({ Type: 'Wait', Comment: '', Seconds: 300, Next: 'RecordOverdue' });
    expect({ ...Superseded, Comment: '' }).toEqual({ Type: 'Succeed', Comment: '' });
    // Ops read the cause on the page of the execution.
    expect(UnknownPlace).toEqual({
      Type: 'Fail',
      Error: 'UnknownPlace',
      Cause: 'resumeAt names no place of the journey',
    });
  });

  it('the wait on the way to the agency is written with all that the book and the sweep read of it', () => {
    expect({ ...today.States['InTransitToAgency'], Retry: [] }).toEqual({
      Type: 'Task',
      Resource: 'arn:aws:states:::aws-sdk:dynamodb:updateItem.waitForTaskToken',
      Arguments: {
        TableName: '${BookTable}',
        Key: { pk: { S: "{% 'DOSSIER#' & $states.context.Execution.Input.dossierId %}" }, sk: { S: 'WAIT' } },
        UpdateExpression:
          'SET place = :place, taskToken = :token, followed = :followed, generation = :generation, waitingSince = :since, attempt = :attempt, edition = :edition, due = :due, dueAt = :renewal',
        ConditionExpression:
          'attribute_not_exists(generation) OR generation < :generation OR (generation = :generation AND (followed < :followed OR (followed = :followed AND (waitingSince < :since OR (waitingSince = :since AND (attribute_not_exists(attempt) OR attempt <= :attempt))))))',
        ExpressionAttributeValues: {
          ':place': { S: 'InTransitToAgency' },
          ':token': { S: '{% $states.context.Task.Token %}' },
          ':followed': { N: '{% $string($states.input.followed) %}' },
          ':generation': { N: '{% $string($states.context.Execution.Input.generation) %}' },
          ':since': { S: '{% $states.context.State.EnteredTime %}' },
          ':attempt': { N: '{% $string($states.context.State.RetryCount) %}' },
          ':edition': { N: String(definitionEdition) },
          ':due': { S: 'DUE' },
          // 290 days: an execution lives for a year.
          ':renewal': { S: '{% $fromMillis($toMillis($states.context.Execution.StartTime) + 25056000000) %}' },
        },
      },
      TimeoutSeconds:
        '{% $states.input.dueAt ? $max([1, $ceil(($toMillis($states.input.dueAt) - $toMillis($states.context.State.EnteredTime)) / 1000)]) : 172800 %}',
      Retry: [],
      Catch: [
        ...['HandoverDisputed', 'Missing', 'ReturningToCitizen', 'InTransitToAgency'].map((place) => ({
          ErrorEquals: [place],
          Output: '{% $parse($states.errorOutput.Cause) %}',
          Next: place,
        })),
        { ErrorEquals: ['States.Timeout'], Output: '{% $states.input %}', Next: 'RecordOverdue' },
        { ErrorEquals: ['DynamoDb.ConditionalCheckFailedException'], Next: 'Superseded' },
        { ErrorEquals: ['States.ALL'], Output: '{% $states.input %}', Next: 'LookAgain' },
      ],
      Next: 'AtAgency',
    });
  });
});

describe('npm run asl', () => {
  it('npm run asl writes the definition and its roads where they lack or differ, and leaves alone what is the same', () => {
    const copy = mkdtempSync(join(tmpdir(), 'asl-'));
    const files = ['statemachines/dossier-journey.asl.json', 'domain/execution/editions.json'];
    const project = fileURLToPath(new URL('../', root));
    for (const folder of ['domain', 'statemachines', 'package.json'])
      cpSync(join(project, folder), join(copy, folder), { recursive: true });
    symlinkSync(join(project, 'node_modules'), join(copy, 'node_modules'));
    const write = (): readonly string[] => {
      const { status } = spawnSync(process.execPath, ['--no-warnings', 'statemachines/write-definition.ts'], {
        cwd: copy,
      });
      expect(status).toBe(0);
      return files.map((file) => readFileSync(join(copy, file), 'utf8'));
    };
    const whole = files.map((file) => readFileSync(join(project, file), 'utf8'));
    const [definition = '', roads = ''] = files.map((file) => join(copy, file));
    rmSync(definition);
    writeFileSync(roads, '{}');
    expect(write()).toEqual(whole);
    const long = new Date('2026-01-01T00:00:00Z');
    for (const file of [definition, roads]) utimesSync(file, long, long);
    expect(write()).toEqual(whole);
    expect([definition, roads].map((file) => statSync(file).mtime)).toEqual([long, long]);
    rmSync(copy, { recursive: true });
  });
});

const machinery = ['States.Timeout', 'DynamoDb.ConditionalCheckFailedException', 'States.ALL'];

describe('every place where paper waits', () => {
  const waiting = Object.entries(today.States).filter(
    ([name, { Type }]) => Type === 'Task' && name !== 'RecordOverdue',
  );

  it.each(waiting)('%s tries again what passes, at once and ever more slowly', (_name, state) => {
    const [retry, ...more] = Waiting.parse(state).Retry;
    expect(more).toEqual([]);
    expect(retry).toEqual({
      ErrorEquals: [
        'DynamoDb.ProvisionedThroughputExceededException',
        'DynamoDb.RequestLimitExceededException',
        'DynamoDb.ThrottlingException',
        'DynamoDb.TransactionConflictException',
        'DynamoDb.InternalServerErrorException',
        'DynamoDb.SdkClientException',
        'DynamoDb.DynamoDbException',
      ],
      IntervalSeconds: 1,
      BackoffRate: 2,
      MaxAttempts: 10,
      MaxDelaySeconds: 300,
      JitterStrategy: 'FULL',
    });
  });

  it.each(waiting)('%s goes on from where it was woken to, not from where it was', (_name, state) => {
    for (const { ErrorEquals, Output } of Waiting.parse(state).Catch)
      if (ErrorEquals[0] === undefined || !machinery.includes(ErrorEquals[0]))
        expect(Output).toBe('{% $parse($states.errorOutput.Cause) %}');
  });

  it('every place where paper waits asks the book again and again when a deadline cannot be recorded', () => {
    expect(today.States['RecordOverdue']).toMatchObject({
      TimeoutSeconds: 60,
      Retry: [
        {
          ErrorEquals: ['States.ALL'],
          IntervalSeconds: 2,
          BackoffRate: 2,
          MaxAttempts: 12,
          MaxDelaySeconds: 900,
          JitterStrategy: 'FULL',
        },
      ],
    });
    expect(today.States['Superseded']?.Type).toBe('Succeed');
  });
});
