import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SendEmailCommand, SESv2Client, type SendEmailCommandInput } from '@aws-sdk/client-sesv2';
import {
  InternalErrorException,
  InvalidParameterException,
  PublishCommand,
  SNSClient,
  SubscribeCommand,
  type PublishCommandInput,
} from '@aws-sdk/client-sns';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { App, Stack } from 'aws-cdk-lib';
import { HttpApi, HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { EmailIdentity, Identity } from 'aws-cdk-lib/aws-ses';
import * as z from 'zod';
import { startCloud, type Cloud } from '../../../emulator/cloud.ts';
import { TemplateProblem } from '../../../emulator/template/problem.ts';

const directory = mkdtempSync(join(tmpdir(), 'outbox-app-'));

/** A shop that may write by mail from its domain, and by SMS; its night watchman may do neither. */
function app(): string {
  const scope = new App({ outdir: join(directory, 'cdk.out') });
  const stack = new Stack(scope, 'Shop', { env: { account: '111122223333', region: 'eu-central-1' } });
  const domain = new EmailIdentity(stack, 'Domain', { identity: Identity.domain('shop.example') });
  new EmailIdentity(stack, 'Person', { identity: Identity.email('ana@home.example') });
  const teller = (id: string) =>
    new LambdaFunction(stack, id, {
      runtime: Runtime.NODEJS_24_X,
      handler: 'index.handler',
      code: Code.fromInline(`
        const { createRequire } = require('node:module');
        const here = createRequire(${JSON.stringify(join(process.cwd(), 'package.json'))});
        const { SNSClient, PublishCommand } = here('@aws-sdk/client-sns');
        const { SESv2Client, SendEmailCommand } = here('@aws-sdk/client-sesv2');
        const said = (sent) => sent.then(() => 'sent', ({ name, message }) => name + ': ' + message);
        const mail = (from) => ({ FromEmailAddress: from, Destination: { ToAddresses: ['bo@home.example'] }, Content: { Simple: { Subject: { Data: 's' }, Body: { Text: { Data: 't' } } } } });
        exports.handler = async () => ({
          sms: await said(new SNSClient({}).send(new PublishCommand({ PhoneNumber: '+84912345678', Message: 'x' }))),
          mail: await said(new SESv2Client({}).send(new SendEmailCommand(mail('till@shop.example')))),
          person: await said(new SESv2Client({}).send(new SendEmailCommand(mail('ana@home.example')))),
        });
      `),
    });
  const shop = teller('Teller');
  domain.grantSendEmail(shop);
  shop.addToRolePolicy(new PolicyStatement({ actions: ['sns:Publish'], resources: ['*'] }));
  const watchman = teller('Watchman');
  watchman.addToRolePolicy(
    new PolicyStatement({ actions: ['sns:Publish'], resources: ['arn:aws:sns:eu-central-1:111122223333:*'] }),
  );
  const door = new HttpApi(stack, 'Door');
  for (const [path, handler] of [
    ['/shop', shop],
    ['/watchman', watchman],
  ] as const)
    door.addRoutes({ path, methods: [HttpMethod.GET], integration: new HttpLambdaIntegration(path.slice(1), handler) });
  return scope.synth().directory;
}

const Outbox = z.object({
  messages: z.array(z.looseObject({ channel: z.string(), to: z.string(), from: z.string(), text: z.string() })),
});

let cloud: Cloud;
let sns: SNSClient;
let ses: SESv2Client;
function at() {
  const { accessKeyId, secretAccessKey } = cloud.accessKey;
  return {
    endpoint: cloud.awsUrl,
    region: 'eu-central-1',
    credentials: { accessKeyId, secretAccessKey },
    maxAttempts: 1,
  };
}
async function boot(): Promise<void> {
  cloud = await startCloud({
    assembly: join(directory, 'cdk.out'),
    dataDir: join(directory, 'data'),
    apiPort: 0,
    awsPort: 0,
  });
  sns = new SNSClient(at());
  ses = new SESv2Client(at());
}
beforeAll(async () => {
  app();
  await boot();
});
afterAll(async () => {
  await cloud.close();
  rmSync(directory, { recursive: true });
});

async function outbox() {
  return Outbox.parse(await (await fetch(`${cloud.awsUrl}/_local/outbox?as=json`)).json()).messages;
}
function textTo(PhoneNumber: string, more: Partial<PublishCommandInput> = {}) {
  return sns.send(new PublishCommand({ PhoneNumber, Message: 'Xin chào', ...more }));
}
function mail(more: Partial<SendEmailCommandInput> = {}): SendEmailCommandInput {
  return {
    FromEmailAddress: 'Shop <till@shop.example>',
    Destination: { ToAddresses: ['bo@home.example'] },
    Content: {
      Simple: {
        Subject: { Data: 'Đơn hàng', Charset: 'UTF-8' },
        Body: { Text: { Data: 'Cảm ơn <bạn> & hẹn gặp lại', Charset: 'UTF-8' } },
      },
    },
    ...more,
  };
}
function send(more: Partial<SendEmailCommandInput> = {}) {
  return ses.send(new SendEmailCommand(mail(more)));
}
function simple(Subject: object, Body: object) {
  return { Content: { Simple: { Subject: { Data: '', ...Subject }, Body } } };
}

describe('a text message through SNS', () => {
  it('a text message through SNS is in the outbox with its sender, its segments and the time of the virtual clock', async () => {
    await cloud.clock.jumpTo(cloud.clock.now() + 86_400_000);
    const { MessageId } = await textTo('+84912345678', {
      Message: 'Đã đến nơi & chờ bác <ngày mai> 100% + 1',
      MessageAttributes: {
        'AWS.SNS.SMS.SMSType': { DataType: 'String', StringValue: 'Transactional' },
        'AWS.SNS.SMS.SenderID': { DataType: 'String', StringValue: 'BUUDIEN' },
      },
    });
    const [newest] = await outbox();
    expect(newest).toEqual({
      channel: 'sms',
      messageId: MessageId,
      to: '+84912345678',
      from: 'BUUDIEN',
      subject: '',
      text: 'Đã đến nơi & chờ bác <ngày mai> 100% + 1',
      segments: { encoding: 'UCS-2', count: 1 },
      at: expect.stringMatching(/Z$/),
    });
    expect(Math.abs(Date.parse(String(newest?.['at'])) - cloud.clock.now())).toBeLessThan(60_000);
  });

  const attribute = (name: string, StringValue: string, DataType = 'String') => ({
    MessageAttributes: { [name]: { DataType, StringValue } },
  });
  it.each<[string, PublishCommandInput, string]>([
    [
      'a number without its country',
      { PhoneNumber: '0912345678', Message: 'x' },
      'PhoneNumber Reason: 0912345678 is not valid to publish to',
    ],
    [
      'a word for a number',
      { PhoneNumber: '+84<b>', Message: 'x' },
      'PhoneNumber Reason: +84<b> is not valid to publish to',
    ],
    ['a number longer than any', { PhoneNumber: '+8491234567890123', Message: 'x' }, 'is not valid to publish to'],
    ['no number', { Message: 'x' }, 'TopicArn or TargetArn Reason: no value for required parameter'],
    ['no words', { PhoneNumber: '+84912345678', Message: '' }, 'Empty message'],
    ['more than 1,600 letters', { PhoneNumber: '+84912345678', Message: 'ế'.repeat(1601) }, 'Message too long'],
    ['a topic', { TopicArn: 'arn:aws:sns:eu-central-1:111122223333:t', Message: 'x' }, 'no topics'],
    [
      'a message for each protocol',
      { PhoneNumber: '+84912345678', Message: '{}', MessageStructure: 'json' },
      'MessageStructure',
    ],
    [
      'a type that is none',
      { PhoneNumber: '+84912345678', Message: 'x', ...attribute('AWS.SNS.SMS.SMSType', 'Urgent') },
      'SMSType',
    ],
    [
      'a sender of twelve letters',
      { PhoneNumber: '+84912345678', Message: 'x', ...attribute('AWS.SNS.SMS.SenderID', 'BUUDIENVNVNX') },
      'SenderID',
    ],
    [
      'a sender of digits alone',
      { PhoneNumber: '+84912345678', Message: 'x', ...attribute('AWS.SNS.SMS.SenderID', '12345') },
      'SenderID',
    ],
  ])('a text message through SNS is refused for %s, and is not in the outbox', async (_what, input, words) => {
    const before = await outbox();
    const failure: unknown = await sns.send(new PublishCommand(input)).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(InvalidParameterException);
    expect(failure).toMatchObject({
      message: expect.stringContaining('Invalid parameter: '),
      $metadata: { httpStatusCode: 400 },
    });
    expect(failure instanceof Error && failure.message).toContain(words);
    expect(await outbox()).toEqual(before);
  });

  it('a text message of 1,600 letters goes out', async () => {
    await textTo('+84912345678', { Message: 'ế'.repeat(1600) });
    expect((await outbox())[0]).toMatchObject({ segments: { encoding: 'UCS-2', count: 24 } });
  });

  it('a call of SNS that is no Publish is refused by its name', async () => {
    const subscribe = sns.send(new SubscribeCommand({ TopicArn: 'arn:aws:sns:eu-central-1:1:t', Protocol: 'sms' }));
    await expect(subscribe).rejects.toMatchObject({
      name: 'InvalidAction',
      message: expect.stringContaining('does not know the action Subscribe'),
    });
  });

  it('a text message that a wrong key signed is refused', async () => {
    const other = new SNSClient({ ...at(), credentials: { ...cloud.accessKey, secretAccessKey: 'another' } });
    await expect(other.send(new PublishCommand({ PhoneNumber: '+84912345678', Message: 'x' }))).rejects.toMatchObject({
      name: 'SignatureDoesNotMatch',
      $metadata: { httpStatusCode: 403 },
    });
  });

  it('a text message fails while SNS is away, as it fails on AWS, and goes out when it is back', async () => {
    await cloud.faults.set('sns', true);
    const before = await outbox();
    await expect(textTo('+84912345678')).rejects.toBeInstanceOf(InternalErrorException);
    await expect(send()).resolves.toBeDefined();
    await cloud.faults.set('sns', false);
    await textTo('+84912345678');
    expect((await outbox()).length).toBe(before.length + 2);
  });
});

describe('an e-mail through SES', () => {
  it('an e-mail through SES is in the outbox for all its recipients', async () => {
    const { MessageId } = await send({
      Destination: { ToAddresses: ['bo@home.example'], BccAddresses: ['Ana <ana@home.example>'] },
      ReplyToAddresses: ['help@shop.example'],
    });
    expect(MessageId).toMatch(/^[0-9a-f]{16}-[0-9a-f-]{36}-000000$/);
    expect((await outbox())[0]).toMatchObject({
      channel: 'email',
      messageId: MessageId,
      to: 'bo@home.example, Ana <ana@home.example>',
      from: 'Shop <till@shop.example>',
      subject: 'Đơn hàng',
      text: 'Cảm ơn <bạn> & hẹn gặp lại',
    });
  });

  it.each(['ana@home.example', 'ana@HOME.example', 'any@till.shop.example'])(
    'an e-mail through SES may come from %s: that is verified, or its domain is',
    async (FromEmailAddress) => {
      await expect(send({ FromEmailAddress })).resolves.toHaveProperty('MessageId');
    },
  );

  it.each(['bo@home.example', 'Ana@home.example', 'ana@shop.example.evil.example', 'ana@wshop.example'])(
    'an e-mail through SES may not come from %s, which nobody has verified',
    async (FromEmailAddress) => {
      await expect(send({ FromEmailAddress })).rejects.toMatchObject({
        name: 'MessageRejected',
        message: `Email address is not verified. The following identities failed the check in region EU-CENTRAL-1: ${FromEmailAddress}`,
        $metadata: { httpStatusCode: 400 },
      });
    },
  );

  const text = { Text: { Data: 'x' } };
  it.each<[string, Partial<SendEmailCommandInput>, string]>([
    ['nobody', { Destination: {} }, 'No recipients'],
    [
      'more than fifty',
      { Destination: { ToAddresses: Array.from({ length: 51 }, (_n, i) => `a${i}@home.example`) } },
      'Recipient count exceeds 50.',
    ],
    ['an address without a domain', { Destination: { ToAddresses: ['bo'] } }, "Missing final '@domain'"],
    ['two addresses in one', { Destination: { ToAddresses: ['bo@home.example, ana@home.example'] } }, 'Local address'],
    [
      'a domain that is none',
      { Destination: { ToAddresses: ['bo@home example'] } },
      'Domain contains control or whitespace',
    ],
    ['a name that is not in ASCII', { Destination: { ToAddresses: ['Nguyễn <bo@home.example>'] } }, 'Illegal address'],
    ['a subject of two lines', simple({ Data: 'a\nBcc: b@home.example' }, text), 'one line'],
    ['no body', simple({ Data: 'a' }, {}), 'Text or an Html'],
    ['Vietnamese without its character set', simple({ Data: 'Đơn' }, text), 'Charset UTF-8'],
    ['a character set that is not here', simple({ Data: 'a', Charset: 'Shift_JIS' }, text), 'UTF-8 and US-ASCII'],
    ['a template', { Content: { Template: { TemplateName: 't' } } }, 'Simple content only'],
    ['no sender', { FromEmailAddress: undefined }, 'FromEmailAddress'],
    [
      'more than 40 MB',
      simple({ Data: 'a' }, { Text: { Data: 'x'.repeat(32 * 1024 * 1024) } }),
      'more than 41943040 bytes',
    ],
  ])('an e-mail through SES is refused for %s, and is not in the outbox', async (_what, more, words) => {
    const before = await outbox();
    await expect(send(more)).rejects.toMatchObject({
      name: 'BadRequestException',
      message: expect.stringContaining(words),
      $metadata: { httpStatusCode: 400 },
    });
    expect(await outbox()).toEqual(before);
  });

  it('an e-mail through SES finds no configuration set', async () => {
    await expect(send({ ConfigurationSetName: 'none' })).rejects.toMatchObject({
      name: 'NotFoundException',
      $metadata: { httpStatusCode: 404 },
    });
  });

  it('an e-mail that a wrong key signed is refused, and one that nobody signed', async () => {
    const other = new SESv2Client({ ...at(), credentials: { ...cloud.accessKey, secretAccessKey: 'another' } });
    await expect(other.send(new SendEmailCommand(mail()))).rejects.toMatchObject({
      name: 'InvalidSignatureException',
      $metadata: { httpStatusCode: 403 },
    });
    const bare = await fetch(`${cloud.awsUrl}/v2/email/outbound-emails`, { method: 'POST', body: '{}' });
    expect([bare.status, bare.headers.get('x-amzn-errortype')]).toEqual([403, 'MissingAuthenticationTokenException']);
  });

  it('an e-mail fails while SES is away', async () => {
    await cloud.faults.set('ses', true);
    await expect(send()).rejects.toMatchObject({ name: 'InternalFailure', $metadata: { httpStatusCode: 500 } });
    await cloud.faults.set('ses', false);
    await expect(send()).resolves.toHaveProperty('MessageId');
  });
});

describe('a function that tells people', () => {
  const says = async (path: string): Promise<unknown> => (await fetch(`${cloud.apiUrl}/${path}`)).json();

  it('a function that tells people does what its role grants, and from no other address', async () => {
    expect(await says('shop')).toEqual({
      sms: 'sent',
      mail: 'sent',
      person: expect.stringMatching(
        /^AccessDeniedException: User: .* is not authorized to perform: ses:SendEmail on resource: arn:aws:ses:eu-central-1:111122223333:identity\/ana@home\.example /,
      ),
    });
  });

  it('a function that tells people needs a grant on everything for a text message: a number has no ARN', async () => {
    expect(await says('watchman')).toEqual({
      sms: expect.stringMatching(
        /^AuthorizationErrorException: User: .* is not authorized to perform: SNS:Publish on resource: \+84912345678 /,
      ),
      mail: expect.stringMatching(/^AccessDeniedException: .*identity\/shop\.example /),
      person: expect.stringMatching(/^AccessDeniedException/),
    });
  });
});

describe('the outbox on the console', () => {
  it('the outbox on the console is kept over a restart', async () => {
    const before = await outbox();
    expect(before.length).toBeGreaterThan(5);
    await cloud.close();
    await boot();
    expect(await outbox()).toEqual(before);
  });

  it('the outbox on the console shows each message to people of this machine, and to no page of another site', async () => {
    await textTo('+84912345678', { Message: '<script>alert(1)</script> ế' });
    const page = await fetch(`${cloud.awsUrl}/_local/outbox`);
    const body = await page.text();
    expect(body).toContain('&lt;script&gt;alert(1)&lt;/script&gt; ế');
    expect(body).toMatch(/<th scope="row">\+84912345678<\/th>.*1 SMS, UCS-2/su);
    expect(body.indexOf('alert(1)')).toBeLessThan(body.indexOf('Đơn hàng'));
    const elsewhere = { headers: { 'origin': 'http://evil.example', 'sec-fetch-site': 'cross-site' } };
    expect((await fetch(`${cloud.awsUrl}/_local/outbox?as=json`, elsewhere)).status).toBe(403);
    expect((await fetch(`${cloud.awsUrl}/_local/outbox`, { method: 'DELETE' })).status).toBe(405);
  });
});

describe('an identity of the template', () => {
  it('an identity of the template that is neither an address nor a domain stops the start by its name', async () => {
    const scope = new App({ outdir: join(directory, 'wrong') });
    new EmailIdentity(new Stack(scope, 'Wrong'), 'Sender', { identity: Identity.email('Ana <ana@home.example>') });
    const options = { assembly: scope.synth().directory, dataDir: join(directory, 'other'), apiPort: 0, awsPort: 0 };
    const failure: unknown = await startCloud(options).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(TemplateProblem);
    expect(String(failure)).toMatch(
      /Sender\w* of type AWS::SES::EmailIdentity .*an identity is an address or a domain/s,
    );
  });
});
