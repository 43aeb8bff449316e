/**
 * `npm run demo`: boots a throw-away system and carries three dossiers, one through each front door, to the citizen.
 * `--json` prints one JSON document instead of the story. Ends with 0 only when all three were delivered and their
 * executions succeeded.
 */
import { BadFlag, readFlags } from '../../emulator/command-line.ts';
import { arrived, carry, type Carried } from './carry.ts';
import { stepFunctionsAt } from './execution.ts';
import { heardInWords, narrate } from './narrate.ts';
import { pictureOf } from './picture.ts';
import { startReceiver } from './receiver.ts';
import { reportOf, type DemoReport } from './report.ts';
import { stories, type Story } from './stories.ts';
import { withThrowAwayCloud, type ThrowAwayCloud } from './throw-away-cloud.ts';

const usage = `npm run demo               carries three dossiers to the citizen's door, in Vietnamese; nothing is left behind
npm run demo -- --json     says the same as one JSON document
npm run demo -- --slip slip.png   also writes a picture of the first slip there, where Chromium is at hand
npm run demo -- --help     this`;

// Whoever reads may stop in the middle, as `| head` does.
process.stdout.once('error', () => process.exit(1));

try {
  await main();
} catch (error) {
  console.error(`The demo could not go on: ${wordsOf(error)}`);
  process.exitCode = error instanceof BadFlag ? 2 : 1;
}

async function main(): Promise<void> {
  const { json, help, slip } = readFlags({
    options: {
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
      slip: { type: 'string' },
    },
  }).values;
  if (help) {
    console.log(usage);
    return;
  }
  const tell = (text: string): void => {
    if (!json) console.log(text);
  };
  const startedAt = performance.now();
  tell('Three dossiers, one through each front door, on a system that is thrown away afterwards.');
  tell('People and item codes are made up; procedures, offices, communes and fees are the catalogue’s.\n');
  const building = (): void => tell('Building the template and the functions (some seconds, once) …\n');
  const { all, heard } = await withThrowAwayCloud(building, async (world) => {
    const receiver = await startReceiver(world.as({ role: 'portal' }));
    try {
      return { all: await carryAll(world, tell), heard: receiver.heard };
    } finally {
      await receiver.close();
    }
  });
  tell(heardInWords(heard));
  if (slip !== undefined) tell(pictureWords(all, slip));

  const report = reportOf(all, heard, Math.round(performance.now() - startedAt));
  if (json) console.log(JSON.stringify(report, null, 2));
  tell(lastWord(all, report));
  for (const { dossier, execution } of all.filter((one) => !arrived(one))) {
    console.error(
      `Dossier ${dossier.dossierId} is at ${dossier.place.name}, its execution is ${execution.status}: it was not delivered.`,
    );
  }
  process.exitCode = report.delivered ? 0 : 1;
}

/** One story after the other, each told when it is over. */
async function carryAll(world: ThrowAwayCloud, tell: (text: string) => void): Promise<readonly Carried[]> {
  const stepFunctions = stepFunctionsAt(world);
  const all: Carried[] = [];
  for (const [index, story] of stories.entries()) {
    const carried = await carry(world, stepFunctions, story).catch((cause: unknown) => stuck(story, index, cause));
    all.push(carried);
    tell(narrate(carried, index + 1, stories.length));
  }
  return all;
}

function stuck(story: Story, index: number, cause: unknown): never {
  throw new Error(
    `dossier ${index + 1} of ${stories.length} (${story.registration.frontDoor}) got no further: ${wordsOf(cause)}`,
    { cause },
  );
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function pictureWords(all: readonly Carried[], file: string): string {
  const picture = pictureOf(all.find((one) => one.slip !== undefined)?.slip ?? '', file);
  return picture === undefined ? 'No picture of the slip: there is no Chromium here.' : `The slip: ${picture}`;
}

function lastWord(all: readonly Carried[], { virtualDays, wallMs }: DemoReport): string {
  const billed = all.reduce((sum, { execution }) => sum + execution.billedTransitions, 0);
  return [
    '═'.repeat(100),
    `${all.filter(arrived).length} of ${all.length} dossiers delivered: ${virtualDays} virtual days in ${(wallMs / 1000).toFixed(1)} s, ${billed} billed state transitions.`,
  ].join('\n');
}
