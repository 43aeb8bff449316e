import { describe, expect, it } from '@jest/globals';
import type { JourneyEvent } from '../../../domain/journey/dossier.ts';
import { evolve, fold, ordinaryEvents } from '../../../domain/journey/evolve.ts';
import { dossierAt, opening } from './town.ts';

describe('the numbers of what moved nothing', () => {
  const { event: registration } = opening('counter');
  const later = (number: number, change: Partial<JourneyEvent>): JourneyEvent => {
    const { opened, dueAt, ...event } = registration;
    return {
      ...event,
      eventId: `event-${number}`,
      number,
      from: 'Registered',
      to: 'Registered',
      effects: [],
      ...change,
    };
  };
  const first = ordinaryEvents + 1;
  const events: readonly JourneyEvent[] = [
    registration,
    later(ordinaryEvents, { milestone: false }),
    later(first, { milestone: false }),
    later(first + 1, { milestone: true }),
    later(first + 2, { milestone: false, moves: true }),
    later(first + 3, { milestone: true, moves: false }),
    later(first + 4, { milestone: false, standing: 'parked' }),
  ];

  it('the numbers of what moved nothing are kept behind an ordinary journey, by what was judged and not by how it arrived', () => {
    expect(fold(events).idle).toEqual([first, first + 3, first + 4]);
    expect(fold(events.slice(0, 2))).not.toHaveProperty('idle');
  });

  it('the numbers of what moved nothing grow with each event as a fold would have them', () => {
    let dossier = dossierAt('Registered', { version: 1, milestone: 1 });
    for (const event of events.slice(1)) dossier = evolve(dossier, event);
    expect(dossier.idle).toEqual(fold(events).idle);
  });
});
