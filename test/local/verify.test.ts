import { beforeAll, describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { eventItem, headItem } from '../../adapters/dynamodb/items.ts';
import { verifyExport } from '../../local/ops/verify-export.ts';
import { toldDossier } from './told-dossier.ts';

const Exported = z.object({ format: z.string(), head: z.looseObject({}), events: z.array(z.looseObject({})) });
type Exported = z.infer<typeof Exported>;

/** A dossier with a late fact among its events, as it lies in an archive. */
async function exported(): Promise<Exported> {
  const { book, dossierId } = await toldDossier();
  const head = await book.head(dossierId);
  if (head === undefined) throw new Error('no dossier');
  const events = await book.timeline(dossierId);
  return Exported.parse({
    format: 'dossier-post/export/1',
    head: z.encode(headItem, head),
    events: events.map((event) => z.encode(eventItem, event)),
  });
}

// Holds ADR 0023.
describe('an export', () => {
  let whole: Exported;
  beforeAll(async () => {
    whole = await exported();
  });
  const faultsOf = (change: (copy: Exported) => Exported): readonly string[] =>
    verifyExport(JSON.stringify(change(structuredClone(whole)))).faults;

  it('an export of what was written is whole, though its facts arrived out of order', () => {
    expect(whole.events.map(({ type }) => type)).toEqual([
      'DossierRegistered',
      'HandedToAgency',
      'Collected',
      'Dispatched',
      'CitizenTold',
    ]);
    expect(faultsOf((copy) => copy)).toEqual([]);
  });

  it('an export in which a byte of an event was changed says which', () => {
    const changed = faultsOf((copy) => ({
      ...copy,
      events: copy.events.map((event, index) =>
        index === 2 ? { ...event, occurredAt: '2026-03-02T02:00:00.001Z' } : event,
      ),
    }));
    expect(changed).toContain('event 3 is not what was written');
  });

  it('an export in which an event was changed and given a fitting digest is told by the next one', () => {
    const [, second] = whole.events;
    const changed = faultsOf((copy) => ({
      ...copy,
      events: copy.events.map((event, index) => (index === 2 ? { ...event, digest: second?.['digest'] } : event)),
    }));
    expect(changed.join()).toMatch(/event 3 is not what was written.*event 4 does not follow event 3/);
  });

  it('an export from which an event was taken, or in which two have changed places, says where', () => {
    expect(faultsOf((copy) => ({ ...copy, events: copy.events.toSpliced(2, 1) })).join()).toMatch(/event 3 is missing/);
    const swapped = faultsOf((copy) => ({
      ...copy,
      events: [...copy.events.slice(0, 2), ...copy.events.slice(2, 4).toReversed(), ...copy.events.slice(4)],
    }));
    expect(swapped.join()).toMatch(/out of place/);
  });

  it('an export whose head or legal order is not what the facts make of them says so', () => {
    expect(faultsOf((copy) => ({ ...copy, head: { ...copy.head, place: 'Collected' } }))).toEqual([
      'the head differs from its events in place',
    ]);
    const reordered = faultsOf((copy) => ({
      ...copy,
      events: copy.events.map((event, index) => (index === 3 ? { ...event, order: [1, 3, 2, 4] } : event)),
    }));
    expect(reordered.join()).toMatch(/event 4 is not what was written.*the legal order has/);
  });

  it('an export is told from any other file', () => {
    for (const text of ['', '{}', '{"format":"dossier-post/export/1","head":{},"events":[]}'])
      expect(() => verifyExport(text)).toThrow('This is no export');
  });
});
