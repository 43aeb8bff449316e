/** `npm run verify`: checks an archive without the system: its files, the chain of its events, the law over them. */
import { readFileSync } from 'node:fs';
import { verifyArchive } from './verify-archive.ts';
import { BadFlag, readFlags } from '../../emulator/command-line.ts';
import { runCommand } from './connection.ts';

const help = `npm run verify -- FILE   what npm run export wrote, or POST …/archive; ends with 1 when something is wrong\n`;

await runCommand(async () => {
  const { values, positionals } = readFlags({ allowPositionals: true, options: { help: { type: 'boolean' } } });
  const [file, ...more] = positionals;
  if (values.help === true || file === undefined || more.length > 0) return help;
  const { faults, told } = verifyArchive(read(file));
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
