import { parseArgs } from 'node:util';
import { arrived, carry, type Carried } from './carry.ts';
import { stepFunctionsAt } from './execution.ts';
import { narrate } from './narrate.ts';
import { reportOf } from './report.ts';
import { stories } from './stories.ts';
import { withThrowAwayCloud } from './throw-away-cloud.ts';

/**
 * Boots a throw-away system and carries three dossiers, one through each front door, to the citizen.
 * `--json` prints one JSON document instead of the story. Ends with 0 only when all three were delivered.
 */
const { values: wanted } = parseArgs({ options: { json: { type: 'boolean', default: false } } });
const tell = (text: string): void => {
  if (!wanted.json) console.log(text);
};

// Whoever reads may stop in the middle, as `| head` does.
process.stdout.once('error', () => process.exit(1));

const run = async (): Promise<boolean> => {
  const startedAt = performance.now();
  tell('Three dossiers, one through each front door, on a system that is thrown away afterwards.');
  tell('People and item codes are made up; procedures, offices, communes and fees are the catalogue’s.\n');
  const all = await withThrowAwayCloud(() => tell('Building the template and the functions (some seconds, once) …\n'), async ({ awsUrl, ...world }) => {
    const stepFunctions = stepFunctionsAt(awsUrl);
    const carried: Carried[] = [];
    for (const [index, story] of stories.entries()) {
      const one = await carry(world, stepFunctions, story).catch((cause: unknown) => {
        throw new Error(`dossier ${index + 1} of ${stories.length} (${story.registration.frontDoor}) got no further: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
      });
      carried.push(one);
      tell(narrate(one, index + 1, stories.length));
    }
    stepFunctions.destroy();
    return carried;
  });
  const report = reportOf(all, Math.round(performance.now() - startedAt));
  if (wanted.json) console.log(JSON.stringify(report, null, 2));
  else tell(lastWord(all, report.virtualDays, report.wallMs));
  return report.delivered;
};

const lastWord = (all: readonly Carried[], virtualDays: number, wallMs: number): string => {
  const there = all.filter(arrived).length;
  const billed = all.reduce((sum, { execution }) => sum + execution.billedTransitions, 0);
  return [
    '═'.repeat(100),
    `${there} of ${all.length} dossiers delivered: ${virtualDays} virtual days in ${(wallMs / 1000).toFixed(1)} s, ${billed} billed state transitions.`,
    ...all.filter((one) => !arrived(one)).map(({ dossier, execution }) => `Dossier ${dossier.dossierId} is at ${dossier.place.name}, its execution is ${execution.status}.`),
  ].join('\n');
};

try {
  process.exitCode = (await run()) ? 0 : 1;
} catch (error) {
  console.error(`The demo could not go on: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
