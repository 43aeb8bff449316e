/**
 * Runs executions that AWS recorded, over the Step Functions protocol, and tells where we differ:
 *
 *   npm run asl-cases -- FILE [--endpoint URL]
 *
 * Without an endpoint the cases run against our own engine, with the Lambda functions they call, thrown away
 * afterwards. Ends with 1 when anything differs.
 */
import { randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import { readCases } from './asl-cases/cases.ts';
import { compare, type Verdict } from './asl-cases/compare.ts';
import { eachInTurn } from './in-turn.ts';
import { remoteEndpoint, runCase, throwAwayEndpoint } from './asl-cases/run.ts';

const { values, positionals } = parseArgs({ allowPositionals: true, options: { endpoint: { type: 'string' } } });
const [file] = positionals;
if (file === undefined) {
  console.error('usage: npm run asl-cases -- FILE [--endpoint URL]');
  process.exit(2);
}

const cases = readCases(file);
const endpoint = values.endpoint === undefined ? await throwAwayEndpoint() : remoteEndpoint(values.endpoint);
const run = randomUUID().slice(0, 8);
const verdicts = await eachInTurn(cases, (recorded, index) =>
  runCase(endpoint, recorded, `case-${run}-${index}`).then(
    (observed) => compare(recorded, observed),
    (error: unknown): Verdict => ({
      status: false,
      output: false,
      types: false,
      history: false,
      differences: [String(error)],
    }),
  ),
);
for (const [index, recorded] of cases.entries()) {
  const verdict = verdicts[index];
  if (verdict && verdict.differences.length > 0)
    console.log([recorded.id, ...verdict.differences.map((difference) => `    ${difference}`)].join('\n'));
}
await endpoint.close();

const parts = ['status', 'output', 'types', 'history'] as const;
const names = { status: 'final status', output: 'output or error', types: 'event types', history: 'full history' };
for (const part of parts) {
  const good = verdicts.filter((verdict) => verdict[part]).length;
  console.log(
    `${names[part].padEnd(16)} ${good} of ${verdicts.length} (${((100 * good) / Math.max(1, verdicts.length)).toFixed(1)} %)`,
  );
}
const calling = cases.filter(({ lambdas }) => lambdas.length > 0).length;
if (values.endpoint !== undefined && calling > 0)
  console.log(
    `${calling} cases call Lambda functions, which that endpoint must have itself; without --endpoint they are brought along.`,
  );
process.exit(verdicts.every(({ history, output, status }) => history && output && status) ? 0 : 1);
