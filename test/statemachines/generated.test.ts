import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
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
