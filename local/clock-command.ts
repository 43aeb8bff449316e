/** `npm run clock`: reads and moves the clock of a local cloud that is running. */
import * as z from 'zod';
import { BadFlag, readFlags, readPort } from '../emulator/command-line.ts';
import { vietnamTime } from '../emulator/clock/vietnam-time.ts';
import { clockPath } from '../emulator/control.ts';

const help = `npm run clock                                      says what time it is
npm run clock -- +3d                               moves on by days, hours, minutes or seconds: +3d, +2h30m
npm run clock -- --to-next                         moves to the next deadline
npm run clock -- --to 2026-12-01T08:00+07:00       moves to an instant
npm run clock -- --aws-port 4567 ...               of the local cloud on that AWS port (default 4566)
`;

const Reading = z.object({ now: z.iso.datetime(), nextDue: z.iso.datetime().nullable() });
const Refusal = z.object({ message: z.string() });

try {
  process.stdout.write(await answer());
} catch (error) {
  if (!(error instanceof BadFlag)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

async function answer(): Promise<string> {
  const { values, positionals } = readFlags({
    allowPositionals: true,
    options: {
      'to-next': { type: 'boolean' },
      'to': { type: 'string' },
      'aws-port': { type: 'string', default: '4566' },
      'help': { type: 'boolean' },
    },
  });
  if (values.help === true) return help;
  const wishes = [
    ...positionals,
    ...(values['to-next'] === true ? ['to-next'] : []),
    ...(values.to === undefined ? [] : [values.to]),
  ];
  if (wishes.length > 1) throw new BadFlag(`One move at a time, not ${wishes.join(' and ')}.`);
  const { now, nextDue } = Reading.parse(await ask(readPort('--aws-port', values['aws-port']), wishes[0]));
  const next =
    nextDue === null
      ? 'Nothing waits for a time.'
      : `The next deadline falls due at ${vietnamTime(Date.parse(nextDue))}.`;
  return `It is ${vietnamTime(Date.parse(now))}. ${next}\n`;
}

async function ask(port: number, move: string | undefined): Promise<unknown> {
  const init =
    move === undefined
      ? {}
      : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ move }) };
  const response = await reach(`http://127.0.0.1:${port}${clockPath}`, init, port);
  const body: unknown = await response.json();
  if (!response.ok) throw new BadFlag(Refusal.parse(body).message);
  return body;
}

async function reach(url: string, init: RequestInit, port: number): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (cause) {
    throw new BadFlag(
      `No local cloud answers on port ${port}. Start it with npm start, or name its port with --aws-port.`,
      { cause },
    );
  }
}
