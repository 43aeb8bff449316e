/**
 * The second tier of the simulation: the system as `npm start` runs it, in a process that is killed with -9 while
 * people speak to it. `npm run simulate:live -- --seeds N --steps M [--seed S]`.
 */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { dynamoBook } from '../../adapters/dynamodb/book.ts';
import { ApiRefusal } from '../../client/call.ts';
import type { EventBody, RegisterBody } from '../../client/api-client.ts';
import { itemCode } from '../../domain/codes/item-code.ts';
import { frontDoors, placeAfter, type JourneyEvent } from '../../domain/journey/dossier.ts';

import { matterKinds } from '../../domain/journey/matters.ts';
import { isEnd } from '../../domain/journey/places.ts';
import { executionOf, historyOf, stepFunctionsAt } from '../../local/demo/execution.ts';
import { bookIn } from '../../local/ops/connection.ts';
import type { Speaker } from '../../local/demo/traveller.ts';
import { startProcess, type StartedProcess } from '../journeys/started-process.ts';
import { clerk, courier, officer, portal } from '../journeys/town.ts';
import { lookUp, otherwiseInAnotherOrder, wrongInBook, type Accepted, type Kept } from './invariants.ts';
import { randomFrom, type Random } from './random.ts';
import { secretName } from './secret.ts';

/** What came of one seed. */
export interface LiveOutcome {
  readonly violation?: string;
  readonly kills: number;
  /** Reports that were answered, and those that were sent again because nobody had answered. */
  readonly answered: number;
  readonly again: number;
}

const minute = 60_000;
const hour = 60 * minute;
const speakers = ['clerk', 'courier', 'officer', 'portal'] as const;
type Role = (typeof speakers)[number];
const people: Readonly<Record<Role, Speaker>> = { clerk, courier, officer, portal };

interface Message {
  readonly dossierId: string;
  readonly role: Role;
  readonly body: EventBody;
}

/** Plays one seed: so many steps with kills between and within them, then everything comes to rest and has to hold. */
export async function playLive(seed: number, steps: number): Promise<LiveOutcome> {
  const random = randomFrom(seed);
  const dataDir = mkdtempSync(join(tmpdir(), 'dossier-post-live-'));
  let running = await startProcess(dataDir);
  const accepted: Accepted[] = [];
  let kills = 0;
  let sentAgain = 0;
  const unanswered: Message[] = [];
  const killAndStart = async (): Promise<void> => {
    await running.kill();
    kills += 1;
    running = await startProcess(dataDir);
  };
  const send = async (message: Message): Promise<void> => {
    try {
      await running.as(people[message.role]).record(message.dossierId, message.body);
      const { eventId, type } = message.body;
      accepted.push({ said: { dossierId: message.dossierId, report: { eventId, type } } });
    } catch (error) {
      // Whoever is refused knows it; whoever hears nothing sends again.
      if (!(error instanceof ApiRefusal) || error.status >= 500) unanswered.push(message);
    }
  };
  try {
    const dossierIds = await Promise.all(
      Array.from({ length: 8 }, async (_none, n) => {
        const [body, role] = registrationAt(random.pick(frontDoors));
        return (await running.as(people[role]).register(body, `simulated-live-${n}`)).dossierId;
      }),
    );
    for (let step = 0; step < steps; step += 1) {
      if (random.chance(0.15))
        await running.clock.jumpTo(running.clock.now() + random.between(20, 4 * 24 * 60) * minute);
      const messages = await Promise.all(
        random.shuffled(dossierIds).map(async (dossierId) => messageAbout(running, random, dossierId)),
      );
      const again = unanswered.splice(0);
      sentAgain += again.length;
      const due = [...again, ...messages.flatMap((message) => message ?? [])];
      const twice = due.filter(() => random.chance(0.2));
      const sending = Promise.all([...due, ...twice].map(send));
      if (random.chance(0.2)) {
        await sleep(random.below(60));
        await killAndStart();
      }
      await sending;
    }
    while (unanswered.length > 0) await Promise.all(unanswered.splice(0).map(send));
    const violation = await wrongAtRest(running, dataDir, dossierIds, accepted);
    return {
      kills,
      answered: accepted.length,
      again: sentAgain,
      ...(violation === undefined ? {} : { violation }),
    };
  } finally {
    await running.kill();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** What somebody may say of a dossier as it stands, drawn from what he is told he may. */
async function messageAbout(
  { as, clock }: StartedProcess,
  random: Random,
  dossierId: string,
): Promise<Message | undefined> {
  const role = random.pick(speakers);
  const dossier = await as(people[role])
    .read(dossierId)
    .catch(() => undefined);
  if (dossier === undefined || dossier.allowedActions.length === 0) return undefined;
  const action = random.pick(dossier.allowedActions);
  const all = truthAt(dossier.charges, action.event, clock.now());
  const wanted = [...action.requires, ...action.allows.filter((name) => !unasked.includes(name))];
  const details = Object.fromEntries(Object.entries(all).filter(([name]) => wanted.some((one) => one === name)));
  const eventId = `live-${random.below(2 ** 31)}-${random.below(2 ** 31)}`;
  const occurredAt = new Date(clock.now() - random.below(minute)).toISOString();
  return { dossierId, role, body: { eventId, type: action.event, occurredAt, details } };
}

/** What goes with some answers only. */
const unasked: readonly string[] = ['nextAttemptAt', 'resultDueAt', 'papers'];

let labels = 30_000_000;

/** Everything that could be said, and nearly all of it true. */
function truthAt(
  charges: { readonly dueAtCollection: number; readonly dueOnDelivery: number; readonly stateFee: number },
  type: EventBody['type'],
  now: number,
): NonNullable<EventBody['details']> {
  const iso = (instant: number): string => new Date(instant).toISOString();
  return {
    papers: { originals: 2, copies: 1 },
    sealNumber: 'BK-0001',
    sealIntact: true,
    amountCollected: type === 'Collected' ? charges.dueAtCollection : charges.dueOnDelivery,
    feeHandedOver: charges.stateFee,
    itemCode: itemCode('RA', String((labels += 1)), 'VN'),
    appointment: { from: iso(now + hour), until: iso(now + 3 * hour) },
    resultDueAt: iso(now + 5 * 24 * hour),
    officialCode: 'H15.50.05.13-261008-0975',
    reason: 'citizen-asked',
    solution: 'redeliver',
    outcome: 'accepted',
    receiver: { name: secretName, relationship: 'self' },
    evidence: [{ kind: 'photo', sha256: 'a'.repeat(64) }],
    contact: { phone: '0900000002' },
    postOfficeId: 'PO-BACKAN',
  };
}

function registrationAt(frontDoor: RegisterBody['frontDoor']): readonly [RegisterBody, Role] {
  const openers = { 'counter': 'clerk', 'pickup': 'portal', 'result-only': 'officer' } as const;
  const applicant = { fullName: secretName, phone: '0900000001', address: 'Tổ Mẫu, phường Đức Xuân' };
  const procedureCode = frontDoor === 'result-only' ? '1.001193' : frontDoor === 'pickup' ? '1.002809' : '2.000488';
  return [
    { frontDoor, procedureCode, agencyId: 'AG-PASC-BACKAN', communeId: 'CM-01843', applicant },
    openers[frontDoor],
  ];
}

/** Once the sweep has run and everybody is where the book says, everything has to hold. */
async function wrongAtRest(
  { awsUrl, accessKey, clock }: StartedProcess,
  dataDir: string,
  dossierIds: readonly string[],
  accepted: readonly Accepted[],
): Promise<string | undefined> {
  const client = new DynamoDBClient({ endpoint: awsUrl, region: 'ap-southeast-1', credentials: accessKey });
  const documents = DynamoDBDocumentClient.from(client);
  const stepFunctions = stepFunctionsAt({ awsUrl, accessKey });
  try {
    const table = await bookIn(client, {});
    const book = dynamoBook(documents, table);
    const keptOf = async (): Promise<readonly Kept[]> => Promise.all(dossierIds.map(async (id) => lookUp(book, id)));
    let behind: string | undefined = 'nobody has looked yet';
    for (let rounds = 0; rounds < 40 && behind !== undefined; rounds += 1) {
      if (rounds % 8 === 0) await clock.jumpTo(clock.now() + 3 * hour);
      await sleep(250);
      behind = undefined;
      for (const { dossierId, head } of await keptOf()) {
        const generation = (await book.executionLine(dossierId))?.generation ?? 1;
        const execution = await executionOf(stepFunctions, dossierId, generation).catch(() => undefined);
        const isOver = head !== undefined && isEnd(head.place);
        if (execution?.states.at(-1) !== head?.place || (execution?.status !== 'RUNNING') !== isOver)
          behind = `${dossierId} at ${head?.place}: its execution is ${execution?.status ?? 'not there'}`;
      }
    }
    if (behind !== undefined) return behind;
    const desks = await mattersIn(documents, table);
    for (const kept of await keptOf()) {
      const desk = desks.filter(({ pk }) => pk === `DOSSIER#${kept.dossierId}`);
      const violation = wrongInBook(kept, desk, accepted, secretName);
      if (violation !== undefined) return violation;
      if (kept.head?.dueAt === undefined && kept.head && !isEnd(kept.head.place))
        return `${kept.dossierId} never rings`;
      const other = await otherwiseInAnotherOrder(kept, clock.now());
      if (other !== undefined) return [`${kept.dossierId}: ${other}`, ...kept.events.map(told)].join('\n');
      const { arn } = await executionOf(stepFunctions, kept.dossierId);
      if (JSON.stringify(await historyOf(stepFunctions, arn)).includes(secretName))
        return 'an execution names a person';
    }
    const telling = readdirSync(dataDir, { recursive: true, encoding: 'utf8' }).find(
      (name) => name.endsWith('.log') && readFileSync(join(dataDir, name), 'utf8').includes(secretName),
    );
    return telling === undefined ? undefined : `${telling} names a person`;
  } finally {
    client.destroy();
    stepFunctions.destroy();
  }
}

/** An event in a line, as it arrived. */
function told(event: JourneyEvent): string {
  const { number, type, occurredAt, receivedAt, from, to, by, standing } = event;
  const [happened, came] = [occurredAt, receivedAt].map((instant) => new Date(instant).toISOString());
  return `${number} ${type} of ${by.role} ${happened}, came ${came}: ${standing ?? 'stands'} ${from} → ${to}, then ${placeAfter(event)}`;
}

const OpenMatter = z.object({ pk: z.string(), kind: z.enum(matterKinds), settled: z.undefined().optional() });

/** What has to be settled, in the whole book. */
async function mattersIn(client: DynamoDBDocumentClient, TableName: string) {
  const pages = await Array.fromAsync(paginateScan({ client }, { TableName, ConsistentRead: true }));
  return pages
    .flatMap(({ Items = [] }) => Items)
    .filter(({ sk }) => String(sk).startsWith('MATTER#'))
    .flatMap((item) => OpenMatter.safeParse(item).data ?? []);
}
