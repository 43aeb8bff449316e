import { describe, expect, it } from '@jest/globals';
import { readLooks as operation } from '../../contract/read-looks.ts';
import type { Party } from '../../domain/journey/dossier.ts';
import { lookDoorOf } from '../../domain/people/door.ts';
import { readLooks } from '../../lambdas/read-looks/read-looks.ts';
import { clerk, dossierAt, ops } from '../domain/journey/town.ts';
import { memoryBook } from '../doubles/book.ts';
import { lookAt } from '../doubles/looks.suite.ts';
import { memoryLooks } from '../doubles/looks.ts';
import { bodyOf, noOf } from './people.ts';

const dossier = dossierAt('Collected');

async function looked(times: number) {
  const [book, looks] = [memoryBook(), memoryLooks()];
  book.lay(dossier);
  for (let n = 1; n <= times; n += 1) await looks.note(lookAt(dossier.dossierId, n));
  const useCase = readLooks(lookDoorOf(book, looks));
  return async (caller: Party, query: Record<string, string> = {}) =>
    useCase(operation.request.parse({ path: { dossierId: dossier.dossierId }, query }), caller);
}

describe('who has looked at the people of a dossier', () => {
  it.each<Party>([
    ops,
    { role: 'supervisor', unit: dossier.postOfficeId },
    { role: 'supervisor', unit: dossier.agencyId },
  ])(
    'who has looked at the people of a dossier is told to $role $unit, the newest first, page by page',
    async (caller) => {
      const read = await looked(5);
      const pages = [];
      for (let cursor: string | undefined, n = 0; n < 3; n += 1) {
        const page = operation.answer.parse(
          bodyOf(await read(caller, { limit: '2', ...(cursor === undefined ? {} : { cursor }) })),
        );
        pages.push(page.items.map(({ requestId }) => requestId));
        cursor = page.next;
      }
      expect(pages).toEqual([['request-5', 'request-4'], ['request-3', 'request-2'], ['request-1']]);
    },
  );

  it('who has looked at the people of a dossier is told to the end by a page that is just full', async () => {
    const read = await looked(2);
    expect(bodyOf(await read(ops, { limit: '2' }))).not.toHaveProperty('next');
    expect(bodyOf(await read(ops, { limit: '1' }))).toHaveProperty('next');
  });

  it('who has looked at the people of a dossier is told by role, unit and person, with what was seen', async () => {
    const read = await looked(1);
    expect(bodyOf(await read(ops))).toEqual({
      items: [
        {
          at: '2026-03-02T01:00:00.001Z',
          by: { role: 'clerk', unit: 'PO-BACKAN', person: 'sub-1' },
          fields: ['fullName', 'phone'],
          requestId: 'request-1',
        },
      ],
    });
  });

  it.each<Party>([clerk, { role: 'supervisor', unit: 'PO-NGANSON' }])(
    'who has looked at the people of a dossier is told to no $role of $unit',
    async (caller) => {
      const read = await looked(1);
      expect(noOf(await read(caller))).toEqual({ name: 'UnknownDossier' });
    },
  );
});
