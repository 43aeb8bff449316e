import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { startTables, type Tables } from '../adapters/dynamodb/tables.ts';
import { workbench, type Workbench } from '../emulator/stepfunctions/workbench.ts';

const definition = readFileSync(new URL('../../statemachines/dossier-journey.asl.json', import.meta.url), 'utf8')
  .replaceAll('${BookTable}', 'Book')
  .replaceAll('${RecordOverdueFunction}', 'arn:aws:lambda:us-east-1:111111111111:function:record-overdue');

let tables: Tables;
let bench: Workbench;
let stateMachineArn: string;
let answer: unknown;
beforeAll(async () => {
  tables = await startTables();
  bench = await workbench({
    dynamodb: tables.call,
    invoke: async () => ({ payload: JSON.stringify(answer), requestId: 'r' }),
  });
  stateMachineArn = await bench.machine('journey', JSON.parse(definition));
});
afterAll(async () => {
  await bench.sfn.close();
  await tables.close();
});

const Line = z.object({ place: z.string(), taskToken: z.string(), generation: z.number(), followed: z.number() });
async function lineOf(dossierId: string): Promise<z.infer<typeof Line>> {
  const items = await tables.everything('Book');
  return Line.parse(items.find(({ pk, sk }) => pk === `DOSSIER#${dossierId}` && sk === 'WAIT'));
}

/** Two generations of a dossier's execution, of which the first does not know yet that it is the former one. */
async function twoGenerations(dossierId: string) {
  const dueAt = (days: number) => new Date(bench.clock.now() + days * 86_400_000).toISOString();
  const start = async (generation: number, resumeAt: string, followed: number, days: number) => {
    const input = { dossierId, generation, resumeAt, followed, dueAt: dueAt(days) };
    const arn = await bench.start(stateMachineArn, input, `${dossierId}-${generation}`);
    await bench.sfn.idle();
    return arn;
  };
  const former = await start(1, 'Registered', 1, 1);
  const { taskToken } = await lineOf(dossierId);
  const newer = await start(2, 'Registered', 1, 300);
  return { former, newer, formerToken: taskToken, position: { followed: 2, dueAt: dueAt(2) } };
}

// Holds ADR 0018.
describe('a former generation of an execution', () => {
  it.each<[string, (token: string, position: unknown) => Promise<unknown>]>([
    [
      'is led on',
      async (taskToken, position) => bench.call('SendTaskSuccess', { taskToken, output: JSON.stringify(position) }),
    ],
    [
      'is led aside',
      async (taskToken, position) =>
        bench.call('SendTaskFailure', { taskToken, error: 'AtAgency', cause: JSON.stringify(position) }),
    ],
    [
      'hears its clock',
      async () => {
        answer = { resumeAt: 'Registered', followed: 2 };
        await bench.pass(2 * 86_400_000);
      },
    ],
  ])(
    'a former generation of an execution that %s ends well at its next place, and the newer one waits on undisturbed',
    async (what, lead) => {
      const dossierId = `d-${what.replaceAll(' ', '-')}`;
      const { former, newer, formerToken, position } = await twoGenerations(dossierId);
      const before = await lineOf(dossierId);
      expect(before).toMatchObject({ generation: 2, place: 'Registered' });
      await lead(formerToken, position);
      await bench.sfn.idle();
      expect(await bench.describe(former)).toMatchObject({ status: 'SUCCEEDED' });
      expect(await bench.describe(newer)).toMatchObject({ status: 'RUNNING' });
      expect(await lineOf(dossierId)).toEqual(before);
    },
  );
});
