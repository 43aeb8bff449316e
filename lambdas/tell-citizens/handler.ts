import { dynamoDesk } from '../../adapters/dynamodb/book.ts';
import { documentClient } from '../../adapters/dynamodb/document-client.ts';
import { dynamoPeople } from '../../adapters/dynamodb/people.ts';
import { dynamoTellings } from '../../adapters/dynamodb/tellings.ts';
import { log } from '../../adapters/log.ts';
import { emailMessenger, sesClient } from '../../adapters/messaging/email.ts';
import { smsMessenger, snsClient } from '../../adapters/messaging/sms.ts';
import { zaloMessenger } from '../../adapters/messaging/zalo.ts';
import { pause } from '../../adapters/pause.ts';
import { scheduledRound } from '../../adapters/scheduled-round.ts';
import { sqsClient } from '../../adapters/sqs/dead-letters.ts';
import { describeUnexpected } from '../../adapters/unexpected-error.ts';
import { takeIn } from '../../domain/intake/take-in.ts';
import { addressesOf } from './addresses.ts';
import { Env } from './env.ts';
import { tellingRound } from './rounds.ts';
import { tellCitizens } from './tell-citizens.ts';

const { BOOK_TABLE, PEOPLE_TABLE, ZALO_QUEUE_URL, EMAIL_FROM, SMS_SENDER } = Env.parse(process.env);
const client = documentClient();
const people = dynamoPeople(client, PEOPLE_TABLE);
const tellings = dynamoTellings(client, BOOK_TABLE);
// That somebody was told says nothing of people: their table is only read.
const book = dynamoDesk(client, { book: BOOK_TABLE, people: 'none' });

const tell = tellCitizens({
  book,
  takeIn: async (said) => takeIn({ book, now: Date.now, pause }, said),
  tellings,
  addressesOf: async ({ personId, messages }) => addressesOf(await people.person(personId), messages),
  messengers: {
    sms: smsMessenger(snsClient(), SMS_SENDER),
    email: emailMessenger(sesClient(), EMAIL_FROM),
    zalo: zaloMessenger(sqsClient(), ZALO_QUEUE_URL),
  },
  now: Date.now,
});

export const handler = scheduledRound(
  'told',
  tellingRound(
    tellings,
    tell,
    (dossierId, error) => log.error('not told', { dossierId, ...describeUnexpected(error) }),
    Date.now,
  ),
);
