import { UpdateItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { addWorkingDays, agencyCalendar } from '../../domain/calendar/working-calendar.ts';
import { itemCode } from '../../domain/codes/item-code.ts';
import { frontDoors, type FrontDoor } from '../../domain/journey/dossier.ts';
import type { EventType } from '../../domain/journey/events.ts';
import type { Place } from '../../domain/journey/places.ts';
import { sha256Of, type EventBody, type RegisterBody } from '../../client/api-client.ts';
import { setOut, type Speaker, type Traveller, type World } from '../../local/demo/traveller.ts';
import { clerk, courier, officer, portal } from './town.ts';

/** A made-up citizen, whose every word must stay out of executions and public pages. */
const citizen = {
  fullName: 'Nguyễn Thị Ví Dụ',
  phone: '0900000001',
  address: 'Tổ Mẫu, phường Đức Xuân',
  identityNumber: '999999999999',
} as const;
/** Who takes the result at the door: made up as well. */
const receiverName = 'Trần Văn Thí Dụ';

const procedures: Record<FrontDoor, string> = {
  'counter': '2.000488',
  'pickup': '1.002809',
  'result-only': '1.001193',
};
const openers: Record<FrontDoor, Speaker> = { 'counter': clerk, 'pickup': portal, 'result-only': officer };

/** What a registration at this front door says. */
export function registrationAt(frontDoor: FrontDoor): RegisterBody {
  return {
    frontDoor,
    procedureCode: procedures[frontDoor],
    agencyId: 'AG-PASC-BACKAN',
    communeId: 'CM-01843',
    applicant: citizen,
  };
}

/** Opens a dossier at a front door. */
export async function open(world: World, frontDoor: FrontDoor): Promise<Traveller> {
  return setOut(world, openers[frontDoor], registrationAt(frontDoor));
}

interface Report {
  readonly by: Speaker;
  readonly type: EventType;
  readonly details?: EventBody['details'];
}

const papers = { originals: 2, copies: 1 };
const sha256 = await sha256Of(new Uint8Array([1]));
const evidence = [{ kind: 'signature' as const, sha256 }];
let labels = 20_000_000;
/** A fresh label from the roll. */
export function label(): string {
  return itemCode('RA', String((labels += 1)), 'VN');
}

const hour = 3_600_000;
function iso(instant: number): string {
  return new Date(instant).toISOString();
}

/** What is reported next when nothing goes wrong, with everything that the step demands. */
export function nextReport(traveller: Traveller, place: Place): Report {
  const { frontDoor, charges } = traveller.dossier;
  const now = traveller.now();
  const resultDueAt = iso(addWorkingDays(now, 5, agencyCalendar));
  const collected: Report = {
    by: clerk,
    type: 'Collected',
    details: { papers, sealNumber: 'BK-0001', amountCollected: charges.dueAtCollection },
  };
  const atRegistration: Record<FrontDoor, Report> = {
    'counter': collected,
    'pickup': {
      by: clerk,
      type: 'PickupAgreed',
      details: { appointment: { from: iso(now + hour), until: iso(now + 3 * hour) } },
    },
    'result-only': { by: officer, type: 'LodgedAtAgency', details: { resultDueAt } },
  };
  const reports: Partial<Record<Place, Report>> = {
    Registered: atRegistration[frontDoor],
    PickupScheduled: { ...collected, by: courier },
    Collected: { by: clerk, type: 'Dispatched', details: { itemCode: label() } },
    InTransitToAgency: {
      by: officer,
      type: 'HandedToAgency',
      details: { papers, sealIntact: true, feeHandedOver: charges.stateFee, resultDueAt },
    },
    AtAgency: { by: officer, type: 'ResultAnnounced' },
    ResultReady: { by: clerk, type: 'ResultCollected', details: { itemCode: label() } },
    ResultInTransit: { by: courier, type: 'OutForDelivery' },
    AwaitingRedelivery: { by: courier, type: 'OutForDelivery' },
    OutForDelivery: {
      by: courier,
      type: 'Delivered',
      details: {
        receiver: { name: receiverName, relationship: 'spouse' },
        authorityShown: true,
        identityPaper: 'citizen-card',
        evidence,
        amountCollected: charges.dueOnDelivery,
      },
    },
    HeldAtPostOffice: {
      by: clerk,
      type: 'Delivered',
      details: {
        receiver: { name: receiverName, relationship: 'self' },
        identityPaper: 'citizen-card',
        evidence,
        amountCollected: charges.dueOnDelivery,
      },
    },
    ReturningToAgency: { by: officer, type: 'ReturnedToAgency' },
    ReturningToCitizen: {
      by: courier,
      type: 'ReturnedToCitizen',
      details: { receiver: { name: receiverName, relationship: 'self' }, identityPaper: 'citizen-card', evidence },
    },
    HeldAtAgency: { by: courier, type: 'ReturnCollected', details: { itemCode: label() } },
    DutyRequested: { by: clerk, type: 'DutyPaid', details: { evidence: [{ kind: 'proof-of-payment', sha256 }] } },
    ResultAtAgency: {
      by: officer,
      type: 'ResultHandedOut',
      details: { receiver: { name: receiverName, relationship: 'self' }, evidence },
    },
  };
  const report = reports[place];
  if (!report) throw new Error(`the happy road does not lead through ${place}`);
  return report;
}

/** Where the book says the paper is. */
export async function placeOf(world: World, traveller: Traveller): Promise<Place> {
  return (await world.as(readerOf(traveller)).read(traveller.dossier.dossierId)).place.name;
}

function readerOf({ dossier }: Traveller): Speaker {
  return openers[frontDoors.find((door) => door === dossier.frontDoor) ?? 'counter'];
}

/** Writes another place into the head of a dossier, as no use case would. */
export async function setPlace(client: DynamoDBClient, book: string, dossierId: string, place: string): Promise<void> {
  await client.send(
    new UpdateItemCommand({
      TableName: book,
      Key: { pk: { S: `DOSSIER#${dossierId}` }, sk: { S: 'HEAD' } },
      UpdateExpression: 'SET place = :place',
      ExpressionAttributeValues: { ':place': { S: place } },
    }),
  );
}

/** When the clock of the dossier's place runs out, in epoch milliseconds. */
export async function dueOf(world: World, traveller: Traveller): Promise<number> {
  const { dueAt } = await world.as(readerOf(traveller)).read(traveller.dossier.dossierId);
  if (dueAt === undefined) throw new Error('nothing is awaited');
  return Date.parse(dueAt);
}

/** Reports one happy step after another, half an hour apart, until the paper is at `goal`. */
export async function walkTo(world: World, traveller: Traveller, goal: Place): Promise<void> {
  for (let place = await placeOf(world, traveller); place !== goal; place = await placeOf(world, traveller)) {
    const { by, type, details } = nextReport(traveller, place);
    await traveller.later(30);
    await traveller.report(by, type, details);
  }
}

/** Every word of a person that a text contains, however it is written. */
export function wordsOfPeopleIn(text: string): readonly string[] {
  const plain = (words: string): string =>
    words.normalize('NFD').replaceAll(/\p{M}/gu, '').replaceAll('đ', 'd').replaceAll('Đ', 'D').toLowerCase();
  // What JSON may have escaped is read as what it means.
  const readable = plain(
    text.replaceAll(/\\+u([\da-f]{4})/gi, (_escape, code: string) => String.fromCharCode(Number.parseInt(code, 16))),
  );
  return [
    citizen.fullName,
    citizen.phone,
    citizen.phone.replace(/^0/, '+84'),
    citizen.address,
    citizen.identityNumber,
    receiverName,
  ].filter((words) => readable.includes(plain(words)));
}
