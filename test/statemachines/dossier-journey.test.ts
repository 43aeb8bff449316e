import { clocks } from '../../domain/journey/clocks.ts';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import jsonata from 'jsonata';
import * as z from 'zod';
import { nominalSeconds } from '../../domain/journey/deadlines.ts';
import { isEnd, places } from '../../domain/journey/places.ts';
import { happyWayFrom, lawEdition, stands, waitingPlaces, waysFrom } from '../../domain/journey/rules.ts';

const catcher = z.object({ ErrorEquals: z.array(z.string()), Next: z.string(), Output: z.string().optional() });
const state = z.object({
  Type: z.string(),
  Resource: z.string().optional(),
  Error: z.string().optional(),
  Output: z.string().optional(),
  Next: z.string().optional(),
  TimeoutSeconds: z.union([z.number(), z.string()]).optional(),
  Catch: z.array(catcher).default([]),
  Choices: z.array(z.object({ Condition: z.string(), Next: z.string() })).default([]),
  Arguments: z.record(z.string(), z.unknown()).default({}),
});
const definition = z.object({ QueryLanguage: z.string(), StartAt: z.string(), States: z.record(z.string(), state) });

const source = readFileSync(new URL('../../statemachines/dossier-journey.asl.json', import.meta.url), 'utf8');
const { States, StartAt, QueryLanguage } = definition.parse(JSON.parse(source));

function stateOf(name: string) {
  const found = States[name];
  if (!found) throw new Error(`the state machine has no state ${name}`);
  return found;
}

function byName(one = '', other = ''): number {
  return one.localeCompare(other);
}

/** Side roads by the law's places; the clock's and a later generation's way out are the machine's own. */
const machinery = ['States.Timeout', 'DynamoDb.ConditionalCheckFailedException', 'States.ALL'];
function sideRoads(name: string) {
  return stateOf(name).Catch.filter(({ ErrorEquals }) => !ErrorEquals.some((error) => machinery.includes(error)));
}

async function evaluate(expression: string | number | undefined, states: unknown): Promise<unknown> {
  return jsonata(String(expression).replace(/^\{%|%\}$/g, '')).evaluate({}, { states });
}

// Holds ADR 0002.
describe('the state machine leads exactly where the table allows', () => {
  it('the state machine is written in JSONata and begins by asking the book where the paper is', () => {
    expect(QueryLanguage).toBe('JSONata');
    expect(StartAt).toBe('Resume');
  });

  it('the state machine knows every place of the law, and nothing else but its own five states', () => {
    expect(Object.keys(States).toSorted(byName)).toEqual(
      [...places, 'Resume', 'RecordOverdue', 'LookAgain', 'Superseded', 'UnknownPlace'].toSorted(byName),
    );
  });

  it.each(waitingPlaces)('%s: the happy way is Next, every other way a Catch by the name of the place', (place) => {
    expect(stateOf(place).Next).toBe(happyWayFrom(place));
    const aside = waysFrom(place).filter((to) => to !== happyWayFrom(place));
    expect(sideRoads(place).every(({ ErrorEquals, Next }) => ErrorEquals.length === 1 && ErrorEquals[0] === Next)).toBe(
      true,
    );
    expect(
      sideRoads(place)
        .map(({ Next }) => Next)
        .toSorted(byName),
    ).toEqual(aside.toSorted(byName));
  });

  it.each(waitingPlaces)(
    '%s: waits by writing its token into the book, and a new generation ends an old one',
    (place) => {
      expect(stateOf(place)).toMatchObject({
        Type: 'Task',
        Resource: 'arn:aws:states:::aws-sdk:dynamodb:updateItem.waitForTaskToken',
        Arguments: {
          ExpressionAttributeValues: { ':place': { S: place }, ':token': { S: '{% $states.context.Task.Token %}' } },
        },
      });
      expect(
        stateOf(place).Catch.find(({ ErrorEquals }) => ErrorEquals.includes('DynamoDb.ConditionalCheckFailedException'))
          ?.Next,
      ).toBe('Superseded');
    },
  );

  it.each(waitingPlaces)('%s: a deadline that runs out is told to the book', (place) => {
    expect(stateOf(place).Catch.filter(({ ErrorEquals }) => ErrorEquals.includes('States.Timeout'))).toEqual([
      { ErrorEquals: ['States.Timeout'], Next: 'RecordOverdue', Output: '{% $states.input %}' },
    ]);
    expect(stateOf('RecordOverdue').Next).toBe('Resume');
  });

  it('the state machine tells record-overdue which dossier it is about, and goes on with its answer', async () => {
    const { Resource, Arguments, Output } = stateOf('RecordOverdue');
    expect(Resource).toBe('arn:aws:states:::lambda:invoke');
    const { FunctionName, Payload } = z
      .object({ FunctionName: z.string(), Payload: z.strictObject({ dossierId: z.string() }) })
      .parse(Arguments);
    expect(FunctionName).toBe('${RecordOverdueFunction}');
    const states = { context: { Execution: { Input: { dossierId: 'd-1' } } }, result: { Payload: 'the answer' } };
    expect(await evaluate(Payload.dossierId, states)).toBe('d-1');
    expect(await evaluate(Output, states)).toBe('the answer');
  });

  it.each(waitingPlaces)('%s: writes into the line of its own dossier, whatever it was handed since', async (place) => {
    const {
      TableName,
      Key,
      ExpressionAttributeValues: values,
    } = z
      .object({
        TableName: z.string(),
        Key: z.object({ pk: z.object({ S: z.string() }), sk: z.object({ S: z.string() }) }),
        ExpressionAttributeValues: z.record(z.string(), z.record(z.string(), z.string())),
      })
      .parse(stateOf(place).Arguments);
    const states = {
      input: { followed: 7, dossierId: 'd-2', generation: 9 },
      context: {
        Execution: { Input: { dossierId: 'd-1', generation: 3, followed: 1 } },
        State: { EnteredTime: '2026-11-23T08:00:00.250Z', RetryCount: 2 },
      },
    };
    expect([TableName, await evaluate(Key.pk.S, states), Key.sk.S]).toEqual(['${BookTable}', 'DOSSIER#d-1', 'WAIT']);
    const said = async (name: string) => evaluate(Object.values(values[name] ?? {})[0], states);
    expect(await said(':followed')).toBe('7');
    expect(await said(':generation')).toBe('3');
    expect(await said(':since')).toBe('2026-11-23T08:00:00.250Z');
    expect(await said(':attempt')).toBe('2');
  });

  it.each([...waitingPlaces, 'RecordOverdue'])(
    '%s: an outage beyond all retries leads to a wait and then to the book, never to a failure',
    (name) => {
      expect(stateOf(name).Catch.at(-1)).toEqual({
        ErrorEquals: ['States.ALL'],
        Next: 'LookAgain',
        Output: '{% $states.input %}',
      });
      expect(stateOf('LookAgain')).toMatchObject({ Type: 'Wait', Next: 'RecordOverdue' });
    },
  );

  it.each(waitingPlaces)(
    '%s: stands among what is due from the 290th day of the execution, whatever the day of its start',
    async (place) => {
      const { ExpressionAttributeValues: values } = z
        .object({ ExpressionAttributeValues: z.record(z.string(), z.record(z.string(), z.string())) })
        .parse(stateOf(place).Arguments);
      expect(values[':due']).toEqual({ S: 'DUE' });
      const states = { context: { Execution: { StartTime: '2026-01-01T00:00:00.000Z' } } };
      expect(await evaluate(values[':renewal']?.['S'], states)).toBe('2026-10-18T00:00:00.000Z');
    },
  );

  it.each(waitingPlaces)('%s: waits until the dossier is due, to the second, and at least one', async (place) => {
    const states = (dueAt: string) => ({
      input: { dueAt },
      context: { State: { EnteredTime: '2026-11-23T08:00:00.250Z' } },
    });
    await expect(evaluate(stateOf(place).TimeoutSeconds, states('2026-11-25T10:00:00.000Z'))).resolves.toBe(
      2 * 86_400 + 7_200,
    );
    await expect(evaluate(stateOf(place).TimeoutSeconds, states('2026-11-20T10:00:00.000Z'))).resolves.toBe(1);
  });

  it.each(waitingPlaces)("%s: started without a date, it waits the table's own length", async (place) => {
    const clock = clocks.find((one) => one.place === place && one.when === undefined && stands(one, lawEdition));
    const seconds = await evaluate(stateOf(place).TimeoutSeconds, {
      input: {},
      context: { State: { EnteredTime: '2026-11-23T08:00:00.000Z' } },
    });
    expect(seconds).toBe(clock && nominalSeconds(clock));
  });

  it.each(places.filter(isEnd))('%s is an end', (place) => {
    // What leads on from an end is another generation's.
    expect(stateOf(place).Type).toBe('Succeed');
    expect(waysFrom(place)).toEqual(place === 'Delivered' ? ['OutForDelivery'] : []);
  });

  it('the state machine resumes at every place by its name, and fails loudly at a name it does not know', async () => {
    const choices = stateOf('Resume').Choices;
    expect(choices.map(({ Next }) => Next)).toEqual(places);
    for (const { Condition, Next } of choices) {
      await expect(evaluate(Condition, { input: { resumeAt: Next } })).resolves.toBe(true);
      await expect(evaluate(Condition, { input: { resumeAt: 'Elsewhere' } })).resolves.toBe(false);
    }
    expect(stateOf('UnknownPlace')).toMatchObject({ Type: 'Fail', Error: 'UnknownPlace' });
  });

  it('the state machine carries ids, numbers and dates only: no word about people', () => {
    const said = [...source.matchAll(/\$states\.(?:context\.Execution\.)?[Ii]nput\.(\w+)/g)].map(([, field]) => field);
    expect([...new Set(said)].toSorted(byName)).toEqual(['dossierId', 'dueAt', 'followed', 'generation', 'resumeAt']);
  });
});
