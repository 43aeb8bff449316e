/** `npm run example`: runs one of `examples/` against the local system that is running. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { BadFlag, readFlags, readPort } from '../emulator/command-line.ts';
import { clientFrom, tokenFrom } from './running-system.ts';

const examples = ['portal', 'courier-phone', 'agency-desk', 'webhook-receiver'];
const help = `npm run example -- portal           registers through three doors, uploads, follows
npm run example -- courier-phone    queues without signal, sends with signal, shows what became of each
npm run example -- agency-desk      a bag with something missing and something torn
npm run example -- webhook-receiver a portal that is told of what arrives, and checks who tells it
                                    of the local system on --aws-port (default 4566) and --port (default 3000)
`;

try {
  await run();
} catch (error) {
  if (!(error instanceof BadFlag)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

async function run(): Promise<void> {
  const { values, positionals } = readFlags({
    allowPositionals: true,
    options: {
      'aws-port': { type: 'string', default: '4566' },
      'port': { type: 'string', default: '3000' },
      'help': { type: 'boolean' },
    },
  });
  const name = examples.find((known) => known === positionals[0]);
  if (values.help === true || name === undefined || positionals.length > 1) {
    process.stdout.write(help);
    return;
  }
  const aws = readPort('--aws-port', values['aws-port']);
  const env = {
    ...process.env,
    API_URL: `http://127.0.0.1:${readPort('--port', values.port)}`,
    ...(await clientFrom(aws, 'portal')),
    CLERK_TOKEN: await tokenFrom(aws, 'clerk', 'PO-BACKAN'),
    COURIER_TOKEN: await tokenFrom(aws, 'courier', 'PO-BACKAN'),
    OFFICER_TOKEN: await tokenFrom(aws, 'officer', 'AG-PASC-BACKAN'),
  };
  const program = fileURLToPath(new URL(`../examples/${name}.ts`, import.meta.url));
  process.exitCode = spawnSync(process.execPath, ['--no-warnings', program], { env, stdio: 'inherit' }).status ?? 1;
}
