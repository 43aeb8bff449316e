import { randomUUID } from 'node:crypto';
import type { System } from './system.ts';
import { vietnamTime } from '../emulator/clock/vietnam-time.ts';
import { tokenPath } from '../emulator/control.ts';
import { firstRequest } from './first-request.ts';

/** What a newcomer needs to go on, for a terminal. */
export function welcome(cloud: System, dataDir: string, colours: boolean): string {
  const bold = (text: string) => (colours ? `\u001B[1m${text}\u001B[22m` : text);
  const tokens = Object.entries(cloud.tokens).map(([role, token]) => `  ${role.padEnd(8)}${token}`);
  return `${[
    '',
    bold('Tokens, each good for a year of this clock'),
    '',
    ...tokens,
    '',
    `  of another unit: curl -sS ${cloud.awsUrl}${tokenPath} -H 'content-type: application/json' -d '{"role":"clerk","unit":"PO-NARI"}'`,
    '',
    bold('Register a first dossier'),
    '',
    curlLine(cloud),
    '',
    bold('Look at the journeys with the AWS CLI'),
    '',
    `  ${profileLine(cloud)}`,
    `  aws stepfunctions list-executions --state-machine-arn ${stateMachineArn(cloud)}`,
    '',
    bold('dossier-post runs, all of it, on this machine. Ctrl-C stops it.'),
    '',
    `  API    ${cloud.apiUrl}`,
    `  AWS    ${cloud.awsUrl}  (DynamoDB, S3, Step Functions, SQS; signed with the keys above)`,
    `  Ops    ${cloud.awsUrl}/_local/  (every execution, its graph, stop, redrive, the clock's next timer)`,
    `  Clock  ${vietnamTime(cloud.clock.now())}, ${ahead(cloud.clock.offsetMs)}. Move it: ${clockCommand(cloud)} +3d  (or --to-next, --to 2026-12-01T08:00+07:00)`,
    `  Data   ${dataDir}  (kept; npm start -- --fresh throws it away; the functions' logs lie in ${dataDir}/logs)`,
    `  Inert  ${inertTypes(cloud)}  (only AWS can keep what they promise; emulator/template/resource-types.ts has the reasons)`,
    '',
  ].join('\n')}\n`;
}

/** The same in one line for a program. */
export function welcomeJson(cloud: System, dataDir: string): string {
  const { apiUrl, awsUrl, tokens, clock, accessKey } = cloud;
  const ready = {
    apiUrl,
    awsUrl,
    region: cloud.stack.region,
    accessKeyId: accessKey.accessKeyId,
    secretAccessKey: accessKey.secretAccessKey,
    tokens,
    stateMachineArn: stateMachineArn(cloud),
    now: new Date(clock.now()).toISOString(),
    offsetMs: clock.offsetMs,
    dataDir,
    pid: process.pid,
  };
  return `${JSON.stringify(ready)}\n`;
}

/** The key makes the request safe to send twice: it opens one dossier. */
function curlLine({ apiUrl, tokens }: System): string {
  const { role, path, body } = firstRequest;
  return `  curl -sS ${apiUrl}${path} -H 'authorization: Bearer ${tokens[role]}' -H 'content-type: application/json' -H 'idempotency-key: ${randomUUID()}' -d '${JSON.stringify(body)}'`;
}

/**
 * What the SDKs and the AWS CLI, which reads another name of the Region, have to know, for a shell. The secret has no
 * character that a shell would read.
 */
function profileLine({ awsUrl, accessKey, stack }: System): string {
  return `export AWS_ENDPOINT_URL=${awsUrl} AWS_REGION=${stack.region} AWS_DEFAULT_REGION=${stack.region} AWS_ACCESS_KEY_ID=${accessKey.accessKeyId} AWS_SECRET_ACCESS_KEY=${accessKey.secretAccessKey}`;
}

/** `12 LogGroup, 8 Permission` */
function inertTypes({ stack }: System): string {
  const counts = new Map<string, number>();
  for (const { type } of stack.inert) counts.set(type, (counts.get(type) ?? 0) + 1);
  return [...counts].map(([type, count]) => `${count} ${type.split('::').at(-1)}`).join(', ');
}

function stateMachineArn({ stack }: System): string {
  return stack.ofType('AWS::StepFunctions::StateMachine')[0]?.ref ?? '';
}

/** The command finds the usual port by itself. */
function clockCommand({ awsUrl }: System): string {
  const port = new URL(awsUrl).port;
  return `npm run clock --${port === '4566' ? '' : ` --aws-port ${port}`}`;
}

function ahead(offsetMs: number): string {
  if (offsetMs < 1000) return 'the real time';
  const [days, hours, minutes] = [
    Math.floor(offsetMs / 86_400_000),
    Math.floor(offsetMs / 3_600_000) % 24,
    Math.floor(offsetMs / 60_000) % 60,
  ];
  return `${days} d ${hours} h ${minutes} min ahead of the real time`;
}
