import { describe, expect, it } from '@jest/globals';
import { editions } from '../../../domain/execution/editions.ts';
import { outlookOf } from '../../../domain/execution/outlook.ts';
import { isEnd, places } from '../../../domain/journey/places.ts';
import type { ExecutionLine } from '../../../domain/ports/book.ts';
import { dossierAt } from '../journey/town.ts';

const newest = Math.max(...Object.keys(editions).map(Number));
function waiting(place: string, edition: number): ExecutionLine {
  return { generation: 1, resumedAt: [], wait: { place, taskToken: 'token', followed: 5, edition } };
}

// Holds ADR 0018.
describe('what becomes of an execution under today’s law', () => {
  it.each(places.filter((place) => !isEnd(place)))(
    'in %s, an execution goes on as it is in the newest edition, and in each released one that has all its roads',
    (place) => {
      // From these the law leads no further than it did.
      const isUnchanged = ['Registered', 'PickupScheduled', 'Missing'].includes(place);
      for (const edition of Object.keys(editions).map(Number))
        expect([edition, outlookOf(dossierAt(place), waiting(place, edition), editions, newest)]).toEqual([
          edition,
          edition === newest || isUnchanged ? 'goes-on' : 'next-generation',
        ]);
    },
  );

  it('an execution is replaced when its edition lacks a road, when it waits elsewhere, and when there is none', () => {
    const dossier = dossierAt('Collected');
    const lacking = { ...editions, 1: { Collected: { next: 'InTransitToAgency', aside: [] } } };
    expect(outlookOf(dossier, waiting('Collected', 1), lacking, newest)).toBe('next-generation');
    expect(outlookOf(dossier, waiting('Registered', 1), editions, newest)).toBe('next-generation');
    expect(outlookOf(dossier, undefined, editions, newest)).toBe('next-generation');
    expect(outlookOf(dossier, { generation: 2, resumedAt: [] }, editions, newest)).toBe('next-generation');
  });

  it('an execution is stuck where the law has no way on, and where the definition lacks a place that the law leads to', () => {
    expect(outlookOf(dossierAt('Completed'), undefined, editions, newest)).toBe('stuck');
    const { ReturningToCitizen: _gone, ...rest } = editions[newest] ?? {};
    const lacking = { ...editions, [newest]: rest };
    expect(outlookOf(dossierAt('Collected'), waiting('Collected', newest), lacking, newest)).toBe('stuck');
    expect(outlookOf(dossierAt('ReturningToCitizen'), undefined, lacking, newest)).toBe('stuck');
  });
});
