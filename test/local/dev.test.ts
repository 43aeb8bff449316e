import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { cpSync, globSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

describe('the system that is worked on (npm run dev)', () => {
  const project = mkdtempSync(join(tmpdir(), 'dossier-post-dev-'));
  let child: ChildProcessWithoutNullStreams;
  let said = '';
  let apiUrl = '';

  const until = async (words: string, from = 0): Promise<void> => {
    while (!said.slice(from).includes(words)) {
      if (child.exitCode !== null) throw new Error(`it ended: ${said}`);
      await sleep(25);
    }
  };
  /** Saves a file with one thing changed, and gives back how to undo it and what is said from then on. */
  const save = (file: string, before: string, after: string) => {
    const path = join(project, file);
    const whole = readFileSync(path, 'utf8');
    expect(whole).toContain(before);
    const from = said.length;
    writeFileSync(path, whole.replace(before, after));
    return { from, undo: () => writeFileSync(path, whole) };
  };
  const health = async (): Promise<unknown> => (await fetch(new URL('/v1/health', apiUrl))).json();

  beforeAll(async () => {
    for (const entry of globSync('*', { exclude: ['node_modules', 'cdk.out', 'coverage'] }))
      cpSync(entry, join(project, entry), { recursive: true });
    symlinkSync(join(process.cwd(), 'node_modules'), join(project, 'node_modules'));
    const flags = ['--port', '0', '--aws-port', '0', '--data', join(project, 'data')];
    child = spawn(process.execPath, ['--no-warnings', 'local/dev/dev.ts', ...flags], { cwd: project });
    for (const output of [child.stdout, child.stderr])
      output.setEncoding('utf8').on('data', (text: string) => (said += text));
    await until('What you save from here on is live');
    apiUrl = /API +(\S+)/.exec(said)?.[1] ?? '';
  });
  afterAll(async () => {
    child.kill('SIGTERM');
    while (child.exitCode === null && child.signalCode === null) await sleep(25);
    rmSync(project, { recursive: true, force: true });
  });

  it('the system that is worked on (npm run dev) answers with the code that was just saved, and says how long that took', async () => {
    expect(await health()).toEqual({ status: 'ok' });
    const { from } = save('lambdas/report-health/report-health.ts', "'ok'", "'well'");
    await until('report-health: live after', from);
    expect(await health()).toEqual({ status: 'well' });
  });

  it('the system that is worked on (npm run dev) goes on with the code before when what was saved does not build, and names the line', async () => {
    const { from, undo } = save('lambdas/report-health/report-health.ts', 'return {', 'return ;; }{');
    await until('what ran before goes on running', from);
    expect(said.slice(from)).toMatch(/lambdas\/report-health\/report-health\.ts:\d+: /);
    expect(await health()).toEqual({ status: 'well' });
    undo();
    await until('It builds again', from);
  });

  it('the system that is worked on (npm run dev) generates the state machine anew from a changed law, and starts it on the same address and data', async () => {
    const { from } = save('domain/journey/clocks.ts', '{ days: 7 }', '{ days: 8 }');
    await until('The new template is live after', from);
    const definition = readFileSync(join(project, 'statemachines/dossier-journey.asl.json'), 'utf8');
    expect(definition).toContain(`: ${8 * 86_400} %}`);
    expect(await health()).toEqual({ status: 'well' });
  });

  it('the system that is worked on (npm run dev) goes on with the old template when the new one cannot be made', async () => {
    const { from, undo } = save('lib/sweep.ts', 'reservedConcurrency: 1,', 'reservedConcurrency: -1,');
    await until('the old one', from);
    expect(await health()).toEqual({ status: 'well' });
    undo();
  });
});
