import { SESv2Client } from '@aws-sdk/client-sesv2';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { emailMessenger, sesClient } from '../../../adapters/messaging/email.ts';
import { smsMessenger, snsClient } from '../../../adapters/messaging/sms.ts';
import { zaloMessenger } from '../../../adapters/messaging/zalo.ts';
import { handsMessagesOver } from '../../doubles/messenger.suite.ts';
import { failureAbout, startMessagingAws, type MessagingAws } from './messengers.ts';

let aws: MessagingAws;
let sns: SNSClient;
let ses: SESv2Client;
let sqs: SQSClient;
beforeAll(async () => {
  aws = await startMessagingAws();
  sns = new SNSClient(aws.clientConfig);
  ses = new SESv2Client(aws.clientConfig);
  sqs = new SQSClient(aws.clientConfig);
});
afterAll(async () => {
  for (const client of [sns, ses, sqs]) client.destroy();
  await aws.close();
});

const phone = { reached: '0912345678', unreachable: '02093870123' };
async function texts() {
  return aws.outbox
    .list()
    .map(({ text }) => text)
    .toReversed();
}
function away(person: string) {
  return async (isAway: boolean) => aws.answers(isAway ? failureAbout(person) : undefined);
}

handsMessagesOver('by SNS', async () => ({
  ...phone,
  messenger: smsMessenger(sns, 'BUUDIEN'),
  texts,
  setAway: away('+84912345678'),
}));

handsMessagesOver('by SES', async () => ({
  reached: 'ana@home.example',
  unreachable: 'ana at home',
  messenger: emailMessenger(ses, 'Post <noreply@post.example>'),
  texts,
  setAway: away('ana@home.example'),
}));

handsMessagesOver('by the queue for Zalo', async () => ({
  ...phone,
  messenger: zaloMessenger(sqs, aws.queueUrl),
  texts: async () => (await aws.queued()).map((body) => /"text":"(.*)"/.exec(body)?.[1] ?? ''),
  setAway: away('nobody'),
}));

describe('a text message', () => {
  it.each([
    ['0912345678', '+84912345678'],
    ['0356789012', '+84356789012'],
    ['+84912345678', '+84912345678'],
    ['+8562012345678', '+8562012345678'],
  ])('a text message to %s goes to %s, shows who sends it, and is no advertisement', async (to, number) => {
    await smsMessenger(sns, 'BUUDIEN').send(to, { text: `Xin chào ${number}` });
    expect(aws.outbox.list()[0]).toMatchObject({
      channel: 'sms',
      to: number,
      from: 'BUUDIEN',
      text: `Xin chào ${number}`,
    });
    expect(JSON.stringify(aws.asked.at(-1))).toContain('"Transactional"');
  });

  it('a text message without a sender’s name goes out, too', async () => {
    await smsMessenger(sns).send('0912345678', { text: 'Xin chào' });
    expect(aws.outbox.list()[0]).toMatchObject({ from: '' });
  });

  it.each(['02093870123', '1900545481', '113', '84912345678', 'ana@home.example', ''])(
    'a text message to %j is refused, for it is no mobile number, and SNS is not asked',
    async (to) => {
      const before = aws.asked.length;
      expect(await smsMessenger(sns).send(to, { text: 'Xin chào' })).toEqual({
        outcome: 'refused',
        why: 'not a mobile number',
      });
      expect(aws.asked).toHaveLength(before);
    },
  );

  it('a text message that SNS will never take is refused in its words', async () => {
    expect(await smsMessenger(sns).send('0912345678', { text: 'x'.repeat(1601) })).toEqual({
      outcome: 'refused',
      why: 'Invalid parameter: Message too long',
    });
  });
});

describe('an e-mail', () => {
  it('an e-mail keeps its subject, and comes from the address of the post', async () => {
    const handed = await emailMessenger(ses, 'noreply@post.example').send('ana@home.example', {
      subject: 'Kết quả hồ sơ',
      text: 'Đã có kết quả.',
    });
    expect(aws.outbox.list()[0]).toMatchObject({
      ...(handed.outcome === 'sent' && { messageId: handed.messageId }),
      channel: 'email',
      to: 'ana@home.example',
      from: 'noreply@post.example',
      subject: 'Kết quả hồ sơ',
    });
  });

  it('an e-mail from an address that is not verified is not taken, and says why: no person’s address is at fault', async () => {
    const messenger = emailMessenger(ses, 'noreply@elsewhere.example');
    expect(await messenger.send('ana@home.example', { text: 'Xin chào' })).toEqual({
      outcome: 'busy',
      why: 'MessageRejected',
    });
  });
});

describe('a message by Zalo', () => {
  it('a message by Zalo names its format, for the platform that sends it', async () => {
    await zaloMessenger(sqs, aws.queueUrl).send('0912345678', { text: 'Đã đến nơi' });
    expect((await aws.queued()).map((body): unknown => JSON.parse(body))).toContainEqual({
      format: 'dossier-post/zalo/1',
      phone: '+84912345678',
      text: 'Đã đến nơi',
    });
  });
});

describe('a function’s messenger', () => {
  afterEach(() => {
    for (const name of Object.keys(environment())) delete process.env[name];
  });
  const environment = () => ({
    AWS_ENDPOINT_URL: aws.clientConfig.endpoint,
    AWS_REGION: aws.clientConfig.region,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
  });

  it.each([
    ['a text message', () => smsMessenger(snsClient()), '0912345678', 'SNS.Publish'],
    ['an e-mail', () => emailMessenger(sesClient(), 'noreply@post.example'), 'ana@home.example', 'SES.SendEmail'],
  ] as const)(
    'a function’s messenger asks once for %s, or somebody would get it twice',
    async (_what, open, to, target) => {
      Object.assign(process.env, environment());
      const before = aws.asked.length;
      aws.answers(failureAbout(to));
      expect(await open().send(to, { text: 'Xin chào' })).toMatchObject({ outcome: 'busy' });
      aws.answers(undefined);
      expect(aws.asked.slice(before)).toEqual([expect.objectContaining({ target })]);
    },
  );
});
