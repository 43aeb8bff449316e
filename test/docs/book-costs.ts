import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { dynamoBook, dynamoDesk } from '../../adapters/dynamodb/book.ts';
import { dossierKey, execution } from '../../adapters/dynamodb/keys.ts';
import { dynamoPeople } from '../../adapters/dynamodb/people.ts';
import { dynamoRegister } from '../../adapters/dynamodb/register.ts';
import { dynamoScanBook } from '../../adapters/dynamodb/scan-book.ts';
import { dynamoTracking } from '../../adapters/dynamodb/tracking.ts';
import { decide, runOut } from '../../domain/journey/decide.ts';
import type { Step } from '../../domain/journey/step.ts';
import type { Dossier, Party } from '../../domain/journey/dossier.ts';
import type { Details, EventType } from '../../domain/journey/events.ts';
import { register } from '../../domain/journey/register.ts';
import type { Scan } from '../../domain/scans.ts';
import { startTables } from '../adapters/dynamodb/tables.ts';

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
const evidence = [{ kind: 'photo', sha256: 'a'.repeat(64) }] as const;
const applicant = {
  fullName: 'Nguyễn Thị Ví Dụ',
  phone: '0900000001',
  address: 'Tổ Mẫu, phường Đức Xuân, tỉnh Thái Nguyên',
  identityNumber: '999999999999',
};

/** Twelve events: a counter dossier's happy road with four scans on the way. */
function road(dossier: Dossier): readonly (readonly [Party, EventType, Details])[] {
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
      { receiver: { relationship: 'self' }, evidence, amountCollected: dossier.charges.dueOnDelivery },
    ],
  ];
}

function next(dossier: Dossier, [by, type, details]: readonly [Party, EventType, Details], n: number): Step {
  const now = dossier.since + hour;
  const decision = decide(dossier, { eventId: id('e', n), type, occurredAt: now, by, details }, now);
  if (!decision.ok) throw new Error(`${type} was refused: ${decision.refusal.name}`);
  return decision.value;
}

const capacity = z.object({ CapacityUnits: z.number().default(0) });
const answered = z.object({
  ConsumedCapacity: z.union([capacity.transform((one) => [one]), z.array(capacity)]).default([]),
});

/** Asks DynamoDB after every call what it cost, and adds it up. */
function metered(client: DynamoDBDocumentClient) {
  const meter = { read: 0, write: 0 };
  client.middlewareStack.add(
    (send, { commandName = '' }) =>
      async (args) => {
        const result = await send({ ...args, input: { ...args.input, ReturnConsumedCapacity: 'TOTAL' } });
        const units = answered
          .parse(result.output)
          .ConsumedCapacity.reduce((sum, { CapacityUnits }) => sum + CapacityUnits, 0);
        meter[/^(Get|Query)/.test(commandName) ? 'read' : 'write'] += units;
        return result;
      },
    { step: 'initialize', priority: 'high' },
  );
  return meter;
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

    const ids = { dossierId: id('d', 1), trackingCode: '123456789015', personId: id('p', 1), eventId: id('e', 1) };
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

    let dossier = first.value.dossier;
    for (const [index, leg] of road(dossier).entries()) {
      const step = next(dossier, leg, index + 2);
      const write = async (): Promise<void> => {
        await book.head(dossierId);
        await book.eventById(dossierId, step.event.eventId);
        await deliveries.append(step, step.event.details.receiver && { receiverName: 'Trần Văn Thí Dụ' });
      };
      if (leg[1] === 'OutForDelivery') await costOf('Record an event', write);
      else if (leg[1] === 'Delivered') await costOf('Record the delivery, with who took it', write);
      else await write();
      if (leg[1] === 'ResultCollected') await costOf('Record what is overdue', async () => overdue(step.dossier));
      dossier = (await book.head(dossierId)) ?? step.dossier;
    }

    async function overdue(late: Dossier): Promise<void> {
      const head = (await book.head(dossierId)) ?? late;
      const now = head.dueAt ?? 0;
      const said = runOut(head, now);
      const decision = said && decide(head, said, now);
      if (!decision?.ok) throw new Error('the clock has nothing to say');
      await book.append(decision.value);
    }

    await costOf('Answer a duplicate', async () => {
      await book.head(dossierId);
      await book.eventById(dossierId, id('e', 3));
      await book.head(dossierId);
      await book.eventById(dossierId, id('e', 3));
    });
    await costOf('Read a dossier of thirteen events, with its person', async () =>
      Promise.all([book.head(dossierId), book.timeline(dossierId), people.person(ids.personId)]),
    );
    await costOf('Track a dossier of thirteen events', async () => {
      await tracking.dossierIdOf(ids.trackingCode);
      await tracking.head(dossierId);
      await tracking.timeline(dossierId);
    });
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
      await scans.request(scan);
    });
    await costOf('Confirm a scan', async () => {
      await book.head(dossierId);
      await scans.scan(dossierId, scan.scanId);
      await scans.judge({ ...scan, status: 'verified', decidedAt: opened });
    });
    await costOf('Open a scan', async () => {
      await book.head(dossierId);
      await scans.scan(dossierId, scan.scanId);
    });
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
