import { describe, expect, it } from '@jest/globals';
import { marshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import { eventItem } from '../../../adapters/dynamodb/items.ts';
import { dossierKey, eventKey, execution } from '../../../adapters/dynamodb/keys.ts';
import { tellInOrder } from '../../../adapters/dynamodb/stream.ts';
import { freshEntry } from '../../doubles/book.suite.ts';
import { UnreadableItem } from '../../../adapters/dynamodb/unreadable.ts';
import { listenToLog } from '../http/log-lines.ts';

const log = listenToLog();
const { event: opening } = freshEntry().step;

/** A record as Lambda receives it from the book's stream. */
function recordOf(pk: string, sk: string, SequenceNumber: string, image?: Readonly<Record<string, unknown>>): unknown {
  return {
    eventID: 'e',
    eventName: 'INSERT',
    eventVersion: '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: 'ap-southeast-1',
    eventSourceARN: 'arn',
    dynamodb: {
      ApproximateCreationDateTime: 1_795_000_000,
      Keys: marshall({ pk, sk }),
      SequenceNumber,
      SizeBytes: 100,
      StreamViewType: 'NEW_IMAGE',
      ...(image ? { NewImage: marshall({ pk, sk, ...image }, { removeUndefinedValues: true }) } : {}),
    },
  };
}
function first(dossierId: string, number: string): unknown {
  return recordOf(dossierKey(dossierId), eventKey(1), number, z.encode(eventItem, opening));
}
function later(dossierId: string, number: string): unknown {
  return recordOf(dossierKey(dossierId), eventKey(2), number, { anything: 'else' });
}
function arrived(dossierId: string, number: string): unknown {
  return recordOf(dossierKey(dossierId), execution, number, { place: 'Registered', taskToken: 'secret' });
}

/** As the SDK throws what AWS refuses, whatever it is. */
class Throttled extends Error {
  readonly $metadata = { httpStatusCode: 400, attempts: 3 };
}

async function tellAll(
  records: readonly unknown[],
  failAt = '',
  fault: Error = new Throttled(`Nguyễn Thị Ví Dụ\n    at Tổ Mẫu:1:2`),
): Promise<{ readonly told: readonly string[]; readonly aside: readonly string[]; readonly answer: unknown }> {
  const told: string[] = [];
  const aside: string[] = [];
  const tell = tellInOrder(
    async (one) => {
      if (one === failAt) throw fault;
      told.push(one);
    },
    async (dossierId, reason) => void aside.push(`${dossierId} ${reason}`),
  );
  return { answer: await tell({ Records: records }), told, aside };
}

describe('the book’s stream', () => {
  it('the book’s stream tells once of each dossier in a batch, in the order of their last records', async () => {
    const { told: dossiers, answer } = await tellAll([
      first('d-1', '100'),
      later('d-2', '101'),
      arrived('d-1', '102'),
      first('d-3', '103'),
    ]);
    expect(dossiers).toEqual(['d-2', 'd-1', 'd-3']);
    expect(answer).toEqual({ batchItemFailures: [] });
  });

  it('the book’s stream passes over no record of a dossier whose last one comes again', async () => {
    const batch = [first('d-1', '100'), later('d-2', '101'), later('d-1', '102')];
    const { told: dossiers, answer } = await tellAll(batch, 'd-2');
    expect(dossiers).toEqual([]);
    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: '101' }] });
    expect((await tellAll(batch.slice(1))).told).toEqual(['d-2', 'd-1']);
  });

  it('the book’s stream sets aside by name what one dossier alone cannot get through, and goes on with the others at once', async () => {
    const unreadable = new UnreadableItem('the item DOSSIER#d-2 HEAD cannot be read: place');
    const {
      told: dossiers,
      aside,
      answer,
    } = await tellAll(
      [later('d-1', '100'), later('d-2', '101'), later('d-3', '102'), later('d-2', '103')],
      'd-2',
      unreadable,
    );
    expect(dossiers).toEqual(['d-1', 'd-3']);
    expect(aside).toEqual(['d-2 UnreadableItem']);
    expect(answer).toEqual({ batchItemFailures: [] });
    expect(log.text()).toContain('"setAside":"d-2"');
  });

  it('the book’s stream stops there when the dossier cannot be set aside either', async () => {
    const tell = tellInOrder(
      async () => Promise.reject(new Error('poison')),
      async () => Promise.reject(new Throttled()),
    );
    expect(await tell({ Records: [later('d-1', '100')] })).toEqual({ batchItemFailures: [{ itemIdentifier: '100' }] });
  });

  it('the book’s stream stops at the first record that AWS refuses, names it, and tells nothing behind it: order must hold', async () => {
    const { told: dossiers, answer } = await tellAll(
      [later('d-1', '100'), later('d-2', '101'), later('d-3', '102')],
      'd-2',
    );
    expect(dossiers).toEqual(['d-1']);
    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: '101' }] });
  });

  it('the book’s stream says in the log which record failed and where, without a word of its content', async () => {
    await tellAll([later('d-2', '101')], 'd-2');
    expect(log.text()).toContain('"record":"101"');
    expect(log.text()).toContain('stream.test.ts');
    expect(log.text()).not.toMatch(/Ví Dụ|Tổ Mẫu|secret/);
  });

  it('the book’s stream passes over what belongs to no dossier', async () => {
    const { told: dossiers, answer } = await tellAll([
      recordOf('TRACKING#1', 'TRACKING#1', '100', { dossierId: 'd-1' }),
      recordOf('REGISTRATION#1', 'REGISTRATION#1', '101'),
    ]);
    expect([dossiers, answer]).toEqual([[], { batchItemFailures: [] }]);
  });

  it('the book’s stream tells nothing of an empty batch', async () => {
    expect(await tellAll([])).toEqual({ told: [], aside: [], answer: { batchItemFailures: [] } });
  });

  it.each([undefined, null, {}, { Records: [{}] }])(
    'the book’s stream fails loudly at what is no batch: %j',
    async (event) => {
      const nothing = async (): Promise<void> => undefined;
      await expect(tellInOrder(nothing, nothing)(event)).rejects.toThrow();
    },
  );
});
