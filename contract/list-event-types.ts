import * as z from 'zod';
import { eventFacts, eventKinds, eventTypes } from '../domain/journey/events.ts';
import { lawEdition, remarks, rules, stands } from '../domain/journey/rules.ts';
import { roles } from '../domain/roles.ts';
import { isAskedFor, listing, Names } from './catalogue.ts';
import { EventName } from './dossier-view.ts';

/** What may be said of a dossier, in words, and who says it; where it stands now, its allowedActions tell. */
export const listEventTypes = listing(
  'list-event-types',
  '/v1/event-types',
  { en: 'Events that may be reported, and by whom', vi: 'Danh mục sự kiện và người ghi nhận' },
  z
    .strictObject({
      name: EventName,
      ...Names,
      kind: z.enum(eventKinds),
      by: z
        .array(z.enum(roles))
        .readonly()
        .meta({ description: 'Whose roles report it; nobody where the system does.' }),
    })
    .meta({ id: 'EventWords' }),
  {},
);

/** Every event with its words. */
export function eventTypesCalled(asked?: string): z.output<typeof listEventTypes.answer>['items'] {
  return eventTypes
    .map((name) => {
      const { vi, en, kind } = eventFacts[name];
      const lines = [...rules, ...remarks].filter((line) => line.on === name && stands(line, lawEdition));
      const actors = lines.flatMap((line) => line.by);
      return { name, vi, en, kind, by: roles.filter((role) => actors.includes(role)) };
    })
    .filter(({ name, vi, en }) => isAskedFor(asked, [name, vi, en]));
}
