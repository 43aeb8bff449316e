/** `npm run verify`: checks an archive without the system: its files, the chain of its events, the law over them. */
import { readFileSync } from 'node:fs';
import { verifyArchive } from './verify-archive.ts';
import * as z from 'zod';
import { BadFlag, readFlags } from '../../emulator/command-line.ts';
import { runCommand } from './connection.ts';

const help = `npm run verify -- FILE   what npm run export wrote, or POST …/archive; ends with 1 when something is wrong
npm run verify -- FILE --day 2026-11-25        and all that arrived on that day is in its seal
npm run verify -- FILE --seal DIGEST           and its seals are those of which one was kept elsewhere under this digest\n`;

await runCommand(async () => {
  const { values, positionals } = readFlags({
    allowPositionals: true,
    options: { help: { type: 'boolean' }, day: { type: 'string' }, seal: { type: 'string' } },
  });
  const [file, ...more] = positionals;
  if (values.help === true || file === undefined || more.length > 0) return help;
  const { day, seal } = values;
  if (day !== undefined && !z.iso.date().safeParse(day).success)
    throw new BadFlag(`${day} is no day: write 2026-11-25.`);
  const { faults, told } = verifyArchive(read(file), { day, seal });
  if (faults.length > 0) process.exitCode = 1;
  return `${[...told, ...faults.map((fault) => `WRONG: ${fault}.`)].join('\n')}\n`;
});

/** @throws BadFlag */
function read(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (cause) {
    throw new BadFlag(`${file} cannot be read.`, { cause });
  }
}
