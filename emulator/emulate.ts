/** `npm run emulate`: runs any synthesized CDK assembly on this machine, until Ctrl-C. */
import { join, resolve } from 'node:path';
import { startCloud } from './cloud.ts';
import { clientsPath } from './control.ts';
import { BadFlag, readFlags, readPort } from './command-line.ts';
import { isForPeople } from './errors.ts';

const help = `npm run emulate -- --assembly cdk.out [flags]

  --assembly DIR  what cdk synth wrote, with one stack
  --port N        the HTTP API's port (default 3000; 0 takes any free one)
  --aws-port N    the port of the AWS services (default 4566; 0 takes any free one)
  --data DIR      where everything is kept (default .local/emulated)
  --fresh         throws away what is kept there, and starts empty
`;

try {
  await main();
} catch (error) {
  if (!isForPeople(error) && !(error instanceof BadFlag)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(error instanceof BadFlag ? 2 : 1);
}

async function main(): Promise<void> {
  const { values } = readFlags({
    options: {
      'assembly': { type: 'string' },
      'port': { type: 'string', default: '3000' },
      'aws-port': { type: 'string', default: '4566' },
      'data': { type: 'string', default: join('.local', 'emulated') },
      'fresh': { type: 'boolean', default: false },
      'help': { type: 'boolean', default: false },
    },
  });
  if (values.help || values.assembly === undefined) {
    process.stdout.write(help);
    return;
  }
  const cloud = await startCloud({
    assembly: resolve(values.assembly),
    dataDir: resolve(values.data),
    apiPort: readPort('--port', values.port),
    awsPort: readPort('--aws-port', values['aws-port']),
    fresh: values.fresh,
    log: (line) => process.stderr.write(`${line}\n`),
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => void cloud.close().then(() => process.exit(0)));
  const { accessKeyId, secretAccessKey } = cloud.accessKey;
  process.stdout.write(
    [
      `API   ${cloud.apiUrl ?? 'the template has none'}`,
      `AWS   ${cloud.awsUrl} (its pages: ${cloud.awsUrl}/_local/)`,
      ...(cloud.appClients.length > 0
        ? [`OAuth ${cloud.awsUrl}/oauth2/token (clients and secrets: ${cloud.awsUrl}${clientsPath})`]
        : []),
      `Keys  export AWS_ACCESS_KEY_ID=${accessKeyId} AWS_SECRET_ACCESS_KEY=${secretAccessKey} AWS_REGION=${cloud.stack.region} AWS_ENDPOINT_URL=${cloud.awsUrl}`,
      ...cloud.stack.inert.map(({ logicalId, type, reason }) => `Inert ${logicalId} (${type}): ${reason}`),
      '',
    ].join('\n'),
  );
}
