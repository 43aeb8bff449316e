import { randomUUID } from 'node:crypto';
import { roles } from '../domain/roles.ts';
import type { System } from './system.ts';
import { vietnamTime } from '../emulator/clock/vietnam-time.ts';
import { firstRequest } from './first-request.ts';

/** What a newcomer needs to go on, for a terminal: one screen. */
export function welcome(cloud: System, dataDir: string, colours: boolean): string {
  const bold = (text: string) => (colours ? `\u001B[1m${text}\u001B[22m` : text);
  return `${[
    '',
    bold('dossier-post runs, all of it, on this machine. Ctrl-C stops it.'),
    '',
    `  API    ${cloud.apiUrl}  (the contract: ${cloud.apiUrl}/docs)`,
    `  AWS    ${cloud.awsUrl}  (DynamoDB, S3, Step Functions, SQS)`,
    `  OAuth  ${cloud.awsUrl}/oauth2/token  (as Cognito: docs/api/signing-in.md; ${command(cloud, 'token')} --client portal prints a secret)`,
    `  Ops    ${cloud.awsUrl}/_local/  (every execution, its graph, stop, redrive)`,
    `  Clock  ${vietnamTime(cloud.clock.now())}, ${ahead(cloud.clock.offsetMs)}; ${command(cloud, 'clock')} +3d moves it`,
    `  Data   ${dataDir}  (kept; npm start -- --fresh throws it away; logs lie in ${dataDir}/logs)`,
    '',
    bold('Register a first dossier'),
    '',
    curlLine(cloud),
    '',
    bold('Look at it with the AWS CLI'),
    '',
    `  ${profileLine(cloud)}`,
    `  aws stepfunctions list-executions --state-machine-arn ${stateMachineArn(cloud)}`,
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
    signInUrl: awsUrl,
    clients: Object.fromEntries(roles.map((role) => [role, cloud.clientOf(role)])),
    stateMachineArn: stateMachineArn(cloud),
    now: new Date(clock.now()).toISOString(),
    offsetMs: clock.offsetMs,
    dataDir,
    pid: process.pid,
  };
  return `${JSON.stringify(ready)}\n`;
}

/** The key makes the request safe to send twice: it opens one dossier. */
function curlLine(cloud: System): string {
  const { role, unit, path } = firstRequest;
  return [
    `  curl -sS ${cloud.apiUrl}${path} -d @examples/first-dossier.json -H 'content-type: application/json' \\`,
    `    -H "authorization: Bearer $(${command(cloud, '--silent token')} ${role} ${unit})" -H 'idempotency-key: ${randomUUID()}'`,
  ].join('\n');
}

/**
 * What the SDKs and the AWS CLI, which reads another name of the Region, have to know, for a shell. The secret has no
 * character that a shell would read.
 */
function profileLine({ awsUrl, accessKey, stack }: System): string {
  return `export AWS_ENDPOINT_URL=${awsUrl} AWS_REGION=${stack.region} AWS_DEFAULT_REGION=${stack.region} AWS_ACCESS_KEY_ID=${accessKey.accessKeyId} AWS_SECRET_ACCESS_KEY=${accessKey.secretAccessKey}`;
}

function stateMachineArn({ stack }: System): string {
  return stack.ofType('AWS::StepFunctions::StateMachine')[0]?.ref ?? '';
}

/** An npm script of ours; it finds the usual port by itself. */
function command({ awsUrl }: System, script: string): string {
  const port = new URL(awsUrl).port;
  return `npm run ${script} --${port === '4566' ? '' : ` --aws-port ${port}`}`;
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
