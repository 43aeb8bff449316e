import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PutCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as fc from 'fast-check';
import * as z from 'zod';
import { dynamoBook, dynamoDesk } from '../../../adapters/dynamodb/book.ts';
import { eventItem, headItem, readEvent } from '../../../adapters/dynamodb/items.ts';
import { dossierKey, eventIdKey, eventKey, execution, head, receiverKey } from '../../../adapters/dynamodb/keys.ts';
import { dynamoDue } from '../../../adapters/dynamodb/due.ts';
import { dynamoPeople } from '../../../adapters/dynamodb/people.ts';
import { dynamoRegister } from '../../../adapters/dynamodb/register.ts';
import { dynamoScanBook } from '../../../adapters/dynamodb/scan-book.ts';
import { dynamoTracking } from '../../../adapters/dynamodb/tracking.ts';
import type { Step } from '../../../domain/journey/step.ts';
import type { Dossier } from '../../../domain/journey/dossier.ts';
import { rules } from '../../../domain/journey/rules.ts';
import { everybody, dossierAt, monday, truth } from '../../domain/journey/town.ts';
import type { Arrival } from '../../doubles/book.ts';
import { freshEntry, keepsTheBook, nextStep, scanned } from '../../doubles/book.suite.ts';
import { startTables, type Tables } from './tables.ts';

let tables: Tables;
beforeAll(async () => {
  tables = await startTables();
});
afterAll(async () => tables.close());

async function desk() {
  const { client } = tables;
  return {
    book: { ...dynamoDue(client, 'Book'), ...dynamoDesk(client, { book: 'Book', people: 'People' }) },
    register: dynamoRegister(client, { book: 'Book', people: 'People' }),
    tracking: dynamoTracking(client, 'Book'),
    people: dynamoPeople(client, 'People'),
    scans: dynamoScanBook(client, 'Book'),
    receiverIn: async (eventId: string) =>
      (await tables.everything('People')).find(({ sk }) => sk === receiverKey(eventId))?.['name'],
    // As the state machine writes it.
    arrive: async (dossierId: string, arrival: Arrival) => {
      const { place, taskToken, followed, generation, edition, waitingSince = 0, renewAt = 0 } = arrival;
      const text = (instant: number) => new Date(instant).toISOString();
      await client.send(
        new UpdateCommand({
          TableName: 'Book',
          Key: { pk: dossierKey(dossierId), sk: execution },
          UpdateExpression:
            'SET place = :place, taskToken = :token, followed = :followed, generation = :generation, edition = :edition, waitingSince = :since, due = :due, dueAt = :renewal',
          ExpressionAttributeValues: {
            ':place': place,
            ':token': taskToken,
            ':followed': followed,
            ':generation': generation,
            ':edition': edition,
            ':since': text(waitingSince),
            ':due': 'DUE',
            ':renewal': text(renewAt),
          },
        }),
      );
    },
  };
}

keepsTheBook('on DynamoDB', desk);

async function opened(): Promise<{ dossier: Dossier; book: ReturnType<typeof dynamoDesk> }> {
  const { book, register } = await desk();
  const entry = freshEntry();
  await register.open(entry);
  return { dossier: entry.step.dossier, book };
}
async function itemsOf(dossierId: string): Promise<readonly Record<string, unknown>[]> {
  return (await tables.everything('Book')).filter(({ pk }) => pk === dossierKey(dossierId));
}
async function keysOf(dossierId: string): Promise<readonly unknown[]> {
  return (await itemsOf(dossierId)).map(({ sk }) => sk);
}

describe('two writers at once', () => {
  it.each([2, 8])(
    'of %i writers at once one has written, every other is told that he was overtaken, and nothing is half-written',
    async (writers) => {
      const { dossier, book } = await opened();
      const steps = Array.from({ length: writers }, () => scanned(dossier));
      const answers = await Promise.all(steps.map(async (step) => book.append(step)));
      expect(answers.toSorted()).toEqual([...Array.from({ length: writers - 1 }, () => 'overtaken'), 'written']);
      const winner = steps[answers.indexOf('written')];
      expect(await keysOf(dossier.dossierId)).toEqual(
        [
          eventKey(1),
          eventKey(2),
          eventIdKey(winner?.event.eventId ?? ''),
          eventIdKey('e-suite-' + dossier.dossierId.slice(-4)),
          head,
        ].toSorted(),
      );
      expect(await book.head(dossier.dossierId)).toEqual(winner?.dossier);
      expect(await book.timeline(dossier.dossierId)).toHaveLength(2);
    },
  );

  it('two writers at once with the same event write it once: the other is told that it is known, or that he was overtaken by it', async () => {
    const { dossier, book } = await opened();
    const step = scanned(dossier);
    const answers = await Promise.all([1, 2, 3, 4].map(async () => book.append(step)));
    expect(answers.filter((answer) => answer === 'written')).toHaveLength(1);
    expect(await book.timeline(dossier.dossierId)).toHaveLength(2);
  });

  it('two writers at once with the same registration open one dossier', async () => {
    const { register } = await desk();
    const first = freshEntry();
    const entries = [first, ...Array.from({ length: 4 }, () => freshEntry({ key: first.key, request: first.request }))];
    const answers = await Promise.all(entries.map(async (entry) => register.open(entry)));
    expect(answers.filter((answer) => answer === 'opened')).toHaveLength(1);
    const winner = entries[answers.indexOf('opened')]?.step.dossier.dossierId;
    for (const answer of answers.filter((one) => one !== 'opened'))
      expect(answer).toEqual({ before: { dossierId: winner, request: first.request } });
    const kept = (await tables.everything('Book')).filter(
      ({ sk, dossierId }) => sk === head && entries.some(({ step }) => step.dossier.dossierId === dossierId),
    );
    expect(kept).toHaveLength(1);
  });
});

describe('a transaction', () => {
  it('a transaction leaves no head, no event and no id when any of the three cannot be written', async () => {
    const { dossier, book } = await opened();
    const before = await itemsOf(dossier.dossierId);
    const step = scanned(dossier);
    // The event's number is taken, though the head has not moved: cannot happen, and still nothing may be half-written.
    await tables.client.send(
      new PutCommand({ TableName: 'Book', Item: { pk: dossierKey(dossier.dossierId), sk: eventKey(2) } }),
    );
    expect(await book.append(step)).toBe('overtaken');
    expect(await itemsOf(dossier.dossierId)).toEqual([
      before[0],
      { pk: dossierKey(dossier.dossierId), sk: eventKey(2) },
      ...before.slice(1),
    ]);
  });

  it('a transaction writes one registration over two tables, or nothing in either', async () => {
    const { register } = await desk();
    const entry = freshEntry();
    const { personId, dossierId } = entry.step.dossier;
    await tables.client.send(
      new PutCommand({
        TableName: 'People',
        Item: { pk: `PERSON#${personId}`, sk: 'APPLICANT', fullName: 'Somebody else' },
      }),
    );
    await expect(register.open(entry)).rejects.toThrow();
    expect(await itemsOf(dossierId)).toEqual([]);
    expect(
      (await tables.everything('Book')).filter(
        ({ pk }) => String(pk).includes(entry.key) || String(pk).includes(entry.step.dossier.trackingCode),
      ),
    ).toEqual([]);
  });

  it('a transaction that meets another in progress is written once that one is through, or knows what it wrote', async () => {
    const first = freshEntry();
    const reasons = [{ Code: 'TransactionConflict' }, ...Array.from({ length: 5 }, () => ({ Code: 'None' }))];
    const conflict = { __type: 'TransactionCanceledException', message: 'conflict', CancellationReasons: reasons };
    let conflicts = 2;
    const client = await tables.between((operation, call) =>
      operation === 'TransactWriteItems' && (conflicts -= 1) >= 0 ? conflict : call,
    );
    const register = dynamoRegister(client, { book: 'Book', people: 'People' });
    expect(await register.open(first)).toBe('opened');
    conflicts = 1;
    expect(await register.open(freshEntry({ key: first.key }))).toEqual({
      before: { dossierId: first.step.dossier.dossierId, request: first.request },
    });
    conflicts = 99;
    await expect(register.open(freshEntry())).rejects.toThrow('conflict');
    expect(await dynamoBook(client, 'Book').append(scanned(first.step.dossier))).toBe('overtaken');
  });

  it('a transaction that fails for another reason is an unexpected error, not an answer', async () => {
    const elsewhere = dynamoBook(tables.client, 'NoSuchTable');
    await expect(elsewhere.append(scanned(freshEntry().step.dossier))).rejects.toThrow();
  });
});

describe('a long journey', () => {
  it('a long journey of 200 events comes back whole and in order, over several pages', async () => {
    const { dossier, book } = await opened();
    let last: Step = scanned(dossier);
    expect(await book.append(last)).toBe('written');
    for (let number = 3; number <= 200; number += 1) {
      last = scanned(last.dossier);
      await book.append(last);
    }
    // Page by page as DynamoDB cuts at 1 MB: here three events a page.
    let pages = 0;
    const client = await tables.between((_operation, call) => ((pages += 1), { ...call, Limit: 3 }));
    const paged = dynamoBook(client, 'Book');
    for (const reader of [book, paged])
      expect((await reader.timeline(dossier.dossierId)).map(({ number }) => number)).toEqual(
        Array.from({ length: 200 }, (_none, index) => index + 1),
      );
    expect(pages).toBe(67);
    const move = nextStep(last.dossier, everybody[0] ?? last.event.by, 'Cancelled', { reason: 'citizen-asked' });
    await book.append(move);
    expect(await paged.nextMilestone(dossier.dossierId, 1)).toEqual(move.event);
  });
});

describe('an item of the book', () => {
  it('an item of the book gives back every dossier and every event that the law can make, to the letter', () => {
    const numbers = fc.integer({ min: 0, max: 4_102_444_800_000 });
    fc.assert(
      fc.property(fc.constantFrom(...rules), numbers, fc.boolean(), (rule, time, full) => {
        const dossier = dossierAt(rule.to, {
          since: time,
          lostFrom: 'ResultInTransit',
          sealNumber: 'BK-1',
          officialCode: 'H15',
          resultDueAt: time,
          legs: [{ kind: 'inbound', itemCode: 'RA123456785VN', from: time }],
        });
        const details = full ? truth(dossier, rule.on, time) : {};
        const event = {
          eventId: 'event-1',
          number: 2,
          type: rule.on,
          from: rule.from,
          to: rule.to,
          occurredAt: time,
          receivedAt: time,
          by: everybody[0] ?? dossier.registeredBy,
          details,
          milestone: true,
          aheadSeconds: 3,
          dueAt: time,
          resultDueAt: time,
          device: { id: 'phone-1', sequence: 7 },
          effects: rule.effects ?? [],
          edition: { law: rule.since, calendar: 'VN-2026-2027.1' },
        };
        expect(headItem.parse(JSON.parse(JSON.stringify(z.encode(headItem, dossier))))).toEqual(dossier);
        expect(readEvent(JSON.parse(JSON.stringify(z.encode(eventItem, event))))).toEqual(event);
      }),
      { numRuns: 100, seed: 3 },
    );
  });

  it('an item of the book shows its times as people read them, in UTC', () => {
    expect(z.encode(headItem, dossierAt('Registered'))).toMatchObject({ since: new Date(monday).toISOString() });
  });

  it('an item of the book that is damaged is an unexpected error, not a dossier', async () => {
    const { dossier, book } = await opened();
    await tables.client.send(
      new PutCommand({ TableName: 'Book', Item: { pk: dossierKey(dossier.dossierId), sk: head, place: 'Atlantis' } }),
    );
    await expect(book.head(dossier.dossierId)).rejects.toThrow();
  });
});

describe('what is kept apart', () => {
  it('the book holds no word of a person', async () => {
    await opened();
    const text = JSON.stringify(await tables.everything('Book'));
    for (const word of ['Nguyễn', 'Ví Dụ', '0900000001', 'Tổ Mẫu', 'Trần Văn']) expect(text).not.toContain(word);
  });
});

describe('the desks', () => {
  const Row = z.looseObject({ pk: z.string(), sk: z.string(), dueAt: z.string().optional() });
  const found = async (index: 'desk' | 'all', attribute: string, value: string) => {
    const { Items = [] } = await tables.client.send(
      new QueryCommand({
        TableName: 'Book',
        IndexName: index,
        KeyConditionExpression: `${attribute} = :value`,
        ExpressionAttributeValues: { ':value': value },
      }),
    );
    return Items.map((item) => Row.parse(item));
  };
  const onDesk = async (name: string) => found('desk', 'desk', name);

  it('the desks show an open dossier with whoever has to act, and nothing when it is over', async () => {
    const { dossier, book } = await opened();
    const mine = async () =>
      (await onDesk('PO-BACKAN#Registered')).filter(({ trackingCode }) => trackingCode === dossier.trackingCode);
    expect(await mine()).toEqual([
      {
        pk: dossierKey(dossier.dossierId),
        sk: head,
        desk: 'PO-BACKAN#Registered',
        urgentAt: new Date(dossier.dueAt ?? 0).toISOString(),
        trackingCode: dossier.trackingCode,
        procedureCode: dossier.procedureCode,
        place: 'Registered',
        since: new Date(dossier.since).toISOString(),
        reminders: 0,
      },
    ]);
    await book.append(
      nextStep(dossier, everybody[0] ?? dossier.registeredBy, 'Cancelled', { reason: 'citizen-asked' }),
    );
    expect(await mine()).toEqual([]);
  });

  it('the desks of ops hold a finding once, from when it was found first until it is settled', async () => {
    const { client } = tables;
    const book = dynamoDue(client, 'Book');
    const { dossier } = await opened();
    const { dossierId } = dossier;
    const mine = async () =>
      (await onDesk('OPS#findings'))
        .filter(({ pk }) => pk === dossierKey(dossierId))
        .map(({ sk, urgentAt }) => [sk, urgentAt]);
    const at = (instant: number) => new Date(instant).toISOString();
    await book.find({ dossierId, reason: 'unreadable', at: monday });
    await book.find({ dossierId, reason: 'unreadable', at: monday + 1 });
    expect(await mine()).toEqual([['FINDING#due', at(monday)]]);
    await book.replace(dossierId, 1, { kind: 'pause' }, monday + 2);
    expect(await mine()).toEqual([
      ['FINDING#due', at(monday)],
      ['FINDING#paused', at(monday + 2)],
    ]);
    await book.settle(dossierId, 'due');
    await book.replace(dossierId, 1, { kind: 'raise', resumedAt: [], endsPause: true }, monday + 3);
    expect(await mine()).toEqual([]);
    await book.find({ dossierId, reason: 'refused', at: monday + 4 });
    expect(await mine()).toEqual([['FINDING#due', at(monday + 4)]]);
  });

  it('the desks of an agency and of a portal keep every dossier under the day on which it came in, for ever', async () => {
    const keyOf = async (lodged: string) => (await found('all', 'listed', lodged)).map(({ pk }) => pk);
    const { register } = await desk();
    const { step, ...entry } = freshEntry();
    const portal = { role: 'portal', unit: 'one-stop-portal' } as const;
    // 18:30 in UTC is the next day in Vietnam.
    const receivedAt = Date.parse('2026-03-31T18:30:00Z');
    const event = { ...step.event, by: portal, receivedAt };
    const dossier = { ...step.dossier, registeredBy: portal };
    await register.open({ ...entry, step: { ...step, event, dossier } });
    expect(await keyOf('AG#AG-PASC-BACKAN#2026-04')).toEqual([dossierKey(dossier.dossierId)]);
    expect(await keyOf('PORTAL#one-stop-portal#2026-04-01')).toEqual([dossierKey(dossier.dossierId)]);
  });
});
