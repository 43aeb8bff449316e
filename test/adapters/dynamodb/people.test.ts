import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { applicant, personKey } from '../../../adapters/dynamodb/keys.ts';
import { dynamoPeople, dynamoPhones } from '../../../adapters/dynamodb/people.ts';
import type { Person } from '../../../contract/register-dossier.ts';
import { startTables, type Tables } from './tables.ts';

const person: Required<Person> = {
  fullName: 'Nguyễn Thị Ví Dụ',
  phone: '0900000001',
  address: 'Tổ Mẫu',
  identityNumber: '999999999999',
  submitter: { fullName: 'Lục Văn Thay Mặt', phone: '0900000007' },
  receiver: { fullName: 'Bàn Thị Nhận Hộ', phone: '0900000008' },
  email: 'vi.du@example.vn',
};

describe('people on DynamoDB', () => {
  let tables: Tables;
  beforeAll(async () => {
    tables = await startTables();
    const Item = { pk: personKey('p-1'), sk: applicant, ...person };
    await tables.client.send(new PutCommand({ TableName: 'People', Item }));
  });
  afterAll(async () => tables.close());

  it('a person is read with everything that is known of him, and nobody where nobody is kept', async () => {
    const people = dynamoPeople(tables.client, 'People');
    expect(await people.person('p-1')).toEqual(person);
    expect(await people.person('p-2')).toBeUndefined();
  });

  it('a person’s telephone is read alone, and none where nobody is kept', async () => {
    const asked: unknown[] = [];
    const client = tables.another();
    client.middlewareStack.add((next) => async (args) => (asked.push(args.input), next(args)), { step: 'initialize' });
    const phones = dynamoPhones(client, 'People');
    expect(await phones.phoneOf('p-1')).toBe('0900000001');
    expect(await phones.phoneOf('p-2')).toBeUndefined();
    expect(asked).toMatchObject([{ ProjectionExpression: 'phone' }, { ProjectionExpression: 'phone' }]);
  });
});
