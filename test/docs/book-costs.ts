import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { BatchWriteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { dynamoBook, dynamoDesk } from '../../adapters/dynamodb/book.ts';
import { eventItem, headItem } from '../../adapters/dynamodb/items.ts';
import { dossierKey, eventKey, execution, head as headKey } from '../../adapters/dynamodb/keys.ts';
import { dynamoCounters } from '../../adapters/dynamodb/counters.ts';
import { dynamoDeskCounter } from '../../adapters/dynamodb/desk-counts.ts';
import { headKeys, lodgedKey, roundKey } from '../../adapters/dynamodb/indexes.ts';
import { dynamoLists } from '../../adapters/dynamodb/lists.ts';
import { dynamoLooks } from '../../adapters/dynamodb/looks.ts';
import { dynamoKeptAnswers } from '../../adapters/dynamodb/kept-answers.ts';
import { dynamoPeople } from '../../adapters/dynamodb/people.ts';
import { dynamoRegister } from '../../adapters/dynamodb/register.ts';
import { dynamoScanBook } from '../../adapters/dynamodb/scan-book.ts';
import { dynamoTracking } from '../../adapters/dynamodb/tracking.ts';
import { takeIn } from '../../domain/intake/take-in.ts';
import { deskPlaces } from '../../domain/journey/acting-unit.ts';
import { dossierView } from '../../contract/dossier-view.ts';
import { decide, note, runOut } from '../../domain/journey/decide.ts';
import { ordinaryEvents } from '../../domain/journey/evolve.ts';
import type { Report } from '../../domain/journey/report.ts';
import type { Dossier, JourneyEvent, Party } from '../../domain/journey/dossier.ts';
import type { Details, EventType } from '../../domain/journey/events.ts';
import { matterKinds } from '../../domain/journey/matters.ts';
import { register } from '../../domain/journey/register.ts';
import { roundDoorOf } from '../../domain/people/round.ts';
import { mostScans, type Scan } from '../../domain/scans.ts';
import { limiter } from '../../domain/limiter.ts';
import { personFields } from '../../domain/people/rights.ts';
import type { Look } from '../../domain/ports/looks.ts';
import { showTrackingCode } from '../../domain/codes/tracking-code.ts';
import { trackingIn } from '../../domain/people/tracking.ts';
import { trackDossier } from '../../lambdas/track-dossier/track-dossier.ts';
import { dossierAt } from '../domain/journey/town.ts';
import { startTables } from '../adapters/dynamodb/tables.ts';
import { metered } from './metered.ts';

/** What one access to the book costs, in read and write units. */
export interface Cost {
  readonly access: string;
  readonly read: number;
  readonly write: number;
}

const hour = 3_600_000;
const opened = Date.parse('2026-03-02T08:00:00+07:00');
const clerk: Party = { role: 'clerk', unit: 'PO-BACKAN' };
const courier: Party = { role: 'courier', unit: 'PO-BACKAN' };
const officer: Party = { role: 'officer', unit: 'AG-PASC-BACKAN' };
/** Ids as long as real ones. */
function id(kind: string, n: number): string {
  return `${kind}-${String(n).padStart(26, '0')}`;
}
const evidence = [{ kind: 'signature', sha256: 'a'.repeat(64) }] as const;
const applicant = {
  fullName: 'Nguyễn Thị Ví Dụ',
  phone: '0900000001',
  address: 'Tổ Mẫu, phường Đức Xuân, tỉnh Thái Nguyên',
  identityNumber: '999999999999',
};

/** Eight events and four notes: a counter dossier's happy road, scanned on the way. */
function road(dossier: Dossier): readonly Leg[] {
  const scanned = [courier, 'Scanned', { postOfficeId: 'PO-BACKAN' }] as const;
  const papers = { originals: 2, copies: 1 };
  return [
    [clerk, 'Collected', { papers, sealNumber: 'BK-0001', amountCollected: dossier.charges.dueAtCollection }],
    scanned,
    [clerk, 'Dispatched', { itemCode: 'RA123456785VN' }],
    scanned,
    [
      officer,
      'HandedToAgency',
      {
        papers,
        sealIntact: true,
        feeHandedOver: dossier.charges.stateFee,
        resultDueAt: opened + 200 * hour,
        officialCode: 'H15.50.05.13-260302-0975',
      },
    ],
    [officer, 'ResultAnnounced', {}],
    [courier, 'ResultCollected', { itemCode: 'RA473124829VN' }],
    scanned,
    scanned,
    [courier, 'OutForDelivery', {}],
    [
      courier,
      'Delivered',
      {
        receiver: { relationship: 'self' },
        identityPaper: 'citizen-card',
        evidence,
        amountCollected: dossier.charges.dueOnDelivery,
      },
    ],
  ];
}

type Leg = readonly [Party, EventType, Details];

function reportOf(dossier: Dossier, [by, type, details]: Leg, n: number): Report {
  return { eventId: id('e', n), type, occurredAt: dossier.since + hour, by, details };
}

/** Another open dossier, with its first event as the lists know it. */
async function layOpen(client: DynamoDBDocumentClient, n: number): Promise<void> {
  const dossier = dossierAt('Collected', {
    dossierId: id('d', 1000 + n),
    officialCode: 'H15.50.05.13-260302-0975',
    dueAt: opened + n * hour,
  });
  const pk = dossierKey(dossier.dossierId);
  const items = [
    { pk, sk: headKey, ...headKeys(dossier), ...z.encode(headItem, dossier) },
    {
      pk,
      sk: eventKey(1),
      listed: lodgedKey({ agency: officer.unit, month: '2026-04' }),
      listedAt: new Date(opened + n).toISOString(),
    },
    ...(n < 20
      ? [
          {
            pk,
            sk: eventKey(2),
            listed: roundKey({ person: id('u', 1), day: '2026-04-02' }),
            listedAt: new Date(opened + n).toISOString(),
          },
        ]
      : []),
  ];
  const puts = items.map((Item) => ({ PutRequest: { Item } }));
  await client.send(new BatchWriteCommand({ RequestItems: { Book: puts } }));
}

/** As if the clock had reminded of the dossier for years in the middle of its way, until it had 2,000 events. */
async function remindOften(client: DynamoDBDocumentClient, dossier: Dossier, events: readonly JourneyEvent[]) {
  const reminder = events.find(({ effects }) => effects.includes('remind'));
  if (reminder === undefined) throw new Error('the clock has not reminded of it');
  const stages = events.filter((event) => event !== reminder);
  const reminders = Array.from({ length: 2000 - stages.length }, () => reminder);
  const all = [...stages.slice(0, 5), ...reminders, ...stages.slice(5)].map((event, index) => ({
    ...event,
    eventId: id('e', index + 1),
    number: index + 1,
  }));
  const idle = all
    .filter(({ effects, number }) => effects.includes('remind') && number > ordinaryEvents)
    .map(({ number }) => number);
  const pk = dossierKey(dossier.dossierId);
  const items = [
    { pk, sk: headKey, ...z.encode(headItem, { ...dossier, version: all.length, idle }) },
    ...all.map((event) => ({ pk, sk: eventKey(event.number), ...z.encode(eventItem, event) })),
  ];
  for (let first = 0; first < items.length; first += 25) {
    const puts = items.slice(first, first + 25).map((Item) => ({ PutRequest: { Item } }));
    await client.send(new BatchWriteCommand({ RequestItems: { Book: puts } }));
  }
}

/**
 * Carries one dossier through a database of its own and asks what each access costs.
 * @throws when DynamoDB does not answer
 */
export async function measureBook(): Promise<readonly Cost[]> {
  const tables = await startTables();
  try {
    const client = tables.another();
    const meter = metered(client);
    const costs: Cost[] = [];
    const costOf = async <T>(access: string, work: () => Promise<T>): Promise<T> => {
      const before = { ...meter };
      const result = await work();
      costs.push({ access, read: meter.read - before.read, write: meter.write - before.write });
      return result;
    };

    const book = dynamoBook(client, 'Book');
    const people = dynamoPeople(client, 'People');
    const deliveries = dynamoDesk(client, { book: 'Book', people: 'People' });
    const scans = dynamoScanBook(client, 'Book');
    const tracking = dynamoTracking(client, 'Book');

    const ids = {
      dossierId: id('d', 1),
      trackingCode: '123456789012345671',
      personId: id('p', 1),
      eventId: id('e', 1),
    };
    const first = register(
      {
        frontDoor: 'counter',
        procedureCode: '2.000488',
        agencyId: 'AG-PASC-BACKAN',
        communeId: 'CM-01843',
        returnByPost: true,
      },
      clerk,
      ids,
      opened,
    );
    if (!first.ok) throw new Error(first.refusal.name);
    const { dossierId } = ids;
    await costOf('Open a dossier', async () =>
      dynamoRegister(client, { book: 'Book', people: 'People' }).open({
        step: first.value,
        person: applicant,
        key: 'a'.repeat(64),
        request: 'b'.repeat(64),
      }),
    );
    const answers = dynamoKeptAnswers(client, 'People');
    const claim = { key: 'c'.repeat(64), request: 'd'.repeat(64), holder: id('h', 1), now: opened };
    await costOf('Claim an Idempotency-Key, and keep its answer', async () => {
      await answers.claim(claim);
      const body = JSON.stringify(dossierView(first.value.dossier, clerk, opened));
      await answers.keep(claim, { statusCode: 201, headers: { location: `/v1/dossiers/${dossierId}` }, body });
    });

    let dossier = first.value.dossier;
    for (const [index, leg] of road(dossier).entries()) {
      if (leg[1] === 'Scanned') {
        const seen = note(dossier, reportOf(dossier, leg, index + 2), dossier.since + hour + index);
        if (!seen.ok) throw new Error(`the scan was refused: ${seen.refusal.name}`);
        await deliveries.note(dossier, seen.value, {});
        continue;
      }
      const report = reportOf(dossier, leg, index + 2);
      const write = async (): Promise<void> => take(report);
      if (leg[1] === 'ResultAnnounced') {
        await costOf('Record an event', write);
        await costOf('Answer a duplicate', write);
      } else if (leg[1] === 'Delivered') await costOf('Record the delivery, with who took it', write);
      else await write();
      if (leg[1] === 'ResultCollected') await costOf('Record what is overdue', overdue);
      dossier = (await book.head(dossierId)) ?? dossier;
    }

    async function take(report: Report): Promise<void> {
      const personal = report.details.receiver && { receiverName: 'Trần Văn Thí Dụ' };
      const intake = {
        book: deliveries,
        now: () => report.occurredAt,
        pause: () => Promise.reject(new Error('alone')),
      };
      const taken = await takeIn(intake, { dossierId, report, personal: personal ?? {} });
      if ('refusal' in taken) throw new Error(`${report.type} was refused: ${taken.refusal.name}`);
    }

    async function overdue(): Promise<void> {
      const head = await book.head(dossierId);
      const now = head?.dueAt ?? 0;
      const said = head && runOut(head, now);
      const decision = said && decide(head, said, now);
      if (!decision?.ok) throw new Error('the clock has nothing to say');
      await book.append(decision.value);
    }

    const looks = dynamoLooks(client, 'Looks');
    const look: Look = {
      dossierId,
      by: { ...courier, person: 'c'.repeat(36) },
      at: opened,
      requestId: 'r'.repeat(16),
      saw: { fields: personFields },
    };
    await costOf('Read a dossier of ten events and four notes, with its person', async () =>
      Promise.all([
        looks.note(look),
        book.head(dossierId),
        book.timeline(dossierId),
        book.notes(dossierId, 200),
        scans.scans(dossierId),
        people.person(ids.personId),
      ]),
    );
    const counters = dynamoCounters(client, 'Limits');
    // The first count of a day draws its salt.
    await counters.add({ allowance: 'address', who: 'somebody', units: 1, endsAt: opened });
    const [addresses, codes] = (['address', 'code'] as const).map((allowance) =>
      limiter({ allowance, counters, now: () => opened - hour }),
    );
    if (addresses === undefined || codes === undefined) throw new Error('there are two limiters');
    const track = async (): Promise<unknown> =>
      trackDossier({ track: trackingIn(tracking, () => opened), addresses, codes })(
        showTrackingCode(ids.trackingCode),
        '203.0.113.7',
      );
    await costOf('Track a dossier of ten events', track);
    const arrive = async (): Promise<unknown> =>
      client.send(
        new UpdateCommand({
          TableName: 'Book',
          Key: { pk: dossierKey(dossierId), sk: execution },
          UpdateExpression:
            'SET place = :place, taskToken = :token, followed = :followed, generation = :generation, waitingSince = :since, attempt = :attempt, edition = :edition, due = :due, dueAt = :renewal',
          // Step Functions' tokens are some 700 characters long.
          ExpressionAttributeValues: {
            ':place': 'ResultInTransit',
            ':token': 't'.repeat(700),
            ':followed': 12,
            ':generation': 1,
            ':since': '2026-03-02T08:00:00.000Z',
            ':attempt': 0,
            ':edition': 3,
            ':due': 'DUE',
            ':renewal': '2026-12-17T08:00:00.000Z',
          },
        }),
      );
    await costOf('Arrive at the first place (the state machine writes the wait)', arrive);
    await costOf('Arrive at a later place', arrive);
    await costOf('Lead an execution on', async () => {
      await book.executionLine(dossierId);
      await book.nextMilestone(dossierId, 12);
    });

    const scan: Scan = {
      scanId: id('s', 1),
      dossierId,
      kind: 'papers',
      contentType: 'application/pdf',
      size: 300_000,
      sha256: 'c'.repeat(64),
      status: 'awaited',
      requestedAt: opened,
    };
    await costOf('Ask for a scan upload', async () => {
      await book.head(dossierId);
      await scans.scan(dossierId, scan.scanId);
      await scans.request(scan);
    });
    await costOf('Confirm a scan', async () => {
      await book.head(dossierId);
      await scans.scan(dossierId, scan.scanId);
      await scans.judge({ ...scan, status: 'verified', decidedAt: opened });
    });
    await costOf('Open a scan', async () => {
      await looks.note({ ...look, at: opened + 1, saw: { scanId: scan.scanId } });
      await book.head(dossierId);
      await scans.scan(dossierId, scan.scanId);
    });

    for (let number = 2; number <= mostScans; number += 1) await scans.request({ ...scan, scanId: id('s', number) });
    await costOf('List fifty scans of a dossier of ten events', async () =>
      Promise.all([book.head(dossierId), scans.scans(dossierId), book.timeline(dossierId), book.notes(dossierId, 200)]),
    );
    for (let n = 0; n < 60; n += 1) await layOpen(client, n);
    const lists = dynamoLists(client, 'Book');
    await costOf('A page of 50 of what waits at one place', async () =>
      lists.waiting(clerk.unit, ['Collected'], { most: 50 }),
    );
    await costOf('A page of 50 of what waits at any of a post office’s 14 places', async () =>
      lists.waiting(clerk.unit, deskPlaces(clerk.unit), { most: 50 }),
    );
    await costOf('A page of 50 of all that was lodged in a month', async () =>
      lists.lodged({ agency: officer.unit, month: '2026-04' }, { most: 50 }),
    );
    await costOf('Find a dossier by a code', async () => lists.bearing({ itemCode: 'RA123456785VN' }));
    await costOf('Find nothing by a code', async () => lists.bearing({ officialCode: 'H15-260302-0001' }));
    for (let n = 2; n < 50; n += 1) await looks.note({ ...look, at: opened + n });
    await costOf('Read who has looked, fifty times', async () => {
      await book.head(dossierId);
      await looks.looks(dossierId, undefined, 51);
    });

    const counter = dynamoDeskCounter(client, 'Book');
    await costOf('Count what lies on a desk of sixty, of 14 places and 15 kinds', async () => {
      await counter.kept(clerk.unit);
      await counter.claim(clerk.unit, opened);
      await counter.keep(clerk.unit, await counter.count(clerk.unit, deskPlaces(clerk.unit), matterKinds, opened));
    });
    await costOf('Read what was counted within the last minute', async () => counter.kept(clerk.unit));
    const round = roundDoorOf(lists);
    await costOf('Read a round of twenty deliveries, and of no pickup', async () =>
      round({ ...courier, person: id('u', 1) }, '2026-04-02'),
    );

    await remindOften(client, (await book.head(dossierId)) ?? dossier, await book.timeline(dossierId));
    await costOf('Track a dossier of 2,000 events', track);
    return costs;
  } finally {
    await tables.close();
  }
}

/** The table as it stands in `docs/book.md`. */
export function costTable(costs: readonly Cost[]): string {
  return [
    '| access | read units | write units |',
    '|---|---:|---:|',
    ...costs.map(({ access, read, write }) => `| ${access} | ${read} | ${write} |`),
  ].join('\n');
}

if (import.meta.main) console.log(costTable(await measureBook()));
