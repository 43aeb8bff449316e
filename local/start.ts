/** `npm start`: the whole system on this machine, until Ctrl-C. */
import { join, relative, resolve } from 'node:path';
import { startSystem, type System } from './system.ts';
import { BadFlag, readFlags, readPort } from '../emulator/command-line.ts';
import { isForPeople } from '../emulator/errors.ts';
import { SynthesisFailed, synthesize } from './synthesize.ts';
import { welcome, welcomeJson } from './welcome.ts';

const help = `npm start -- [flags]

  --port N       the HTTP API's port (default 3000; 0 takes any free one)
  --aws-port N   the port of DynamoDB, S3 and Step Functions (default 4566; 0 takes any free one)
  --data DIR     where everything is kept (default .local/data)
  --virus-check  uploads wait for a virus check, as with npm run deploy -- --virus-check
  --fresh        throws away what is kept there, and starts empty
  --json         says what is needed in one line of JSON, when ready (npm start --silent -- --json leaves npm's own lines out)
  --help         this
`;

const project = join(import.meta.dirname, '..');

try {
  await main();
} catch (error) {
  if (error instanceof BadFlag) leave(2, `${error.message} See npm start -- --help`);
  if (isForPeople(error) || error instanceof SynthesisFailed) leave(1, error.message);
  throw error;
}

async function main(): Promise<void> {
  const { values } = readFlags({
    options: {
      'port': { type: 'string', default: '3000' },
      'aws-port': { type: 'string', default: '4566' },
      'data': { type: 'string', default: join(project, '.local', 'data') },
      'virus-check': { type: 'boolean', default: false },
      'fresh': { type: 'boolean', default: false },
      'json': { type: 'boolean', default: false },
      'help': { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(help);
    return;
  }
  const ports = { apiPort: readPort('--port', values.port), awsPort: readPort('--aws-port', values['aws-port']) };
  if (ports.apiPort === ports.awsPort && ports.apiPort !== 0) throw new BadFlag('--port and --aws-port must differ.');

  const assembly = await synthesize(
    project,
    () => process.stderr.write('Building the template and the functions, which takes some seconds …\n'),
    values['virus-check'] ? ['virusCheck=true'] : [],
  );
  const dataDir = resolve(values.data);
  const cloud = await startSystem({
    assembly,
    dataDir,
    ...ports,
    fresh: values.fresh,
    log: (line) => process.stderr.write(`${line}\n`),
  });
  stopOnSignal(cloud);
  process.stdout.write(values.json ? welcomeJson(cloud, dataDir) : welcome(cloud, shortest(dataDir), hasColours()));
}

/** The first signal ends it in good order, a second one at once. */
function stopOnSignal(cloud: System): void {
  let stopping = false;
  const stop = (): void => {
    if (stopping) process.exit(130);
    stopping = true;
    cloud.close().then(
      () => process.exit(0),
      (error: unknown) => leave(1, String(error)),
    );
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  // Whoever reads what we print has gone: npm start | head
  process.stdout.on('error', stop);
}

/** As one would type it here. */
function shortest(path: string): string {
  const fromHere = relative(process.cwd(), path);
  return fromHere === '' || fromHere.startsWith('..') ? path : fromHere;
}

function hasColours(): boolean {
  return process.stdout.isTTY && process.env['NO_COLOR'] === undefined;
}

function leave(code: number, words: string): never {
  process.stderr.write(`${words}\n`);
  process.exit(code);
}
