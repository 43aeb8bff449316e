import * as z from 'zod';
import { factsOf, nationalStatuses, places } from '../domain/journey/places.ts';
import { isAskedFor, listing } from './catalogue.ts';
import { PlaceView, placeView } from './dossier-view.ts';

/** Where the papers can be, in words. */
export const listPlaces = listing(
  'list-places',
  '/v1/places',
  { en: 'Places where a dossier can be', vi: 'Danh mục trạng thái hồ sơ' },
  PlaceView.extend({
    nationalStatus: z.literal(nationalStatuses).meta({ description: 'What the one-stop systems show there, 1 to 10.' }),
  }).meta({ id: 'PlaceWords' }),
  {},
);

/** Every place with its words. */
export function placesCalled(asked?: string): z.output<typeof listPlaces.answer>['items'] {
  return places
    .map((place) => ({ ...placeView(place), nationalStatus: factsOf(place).nationalStatus }))
    .filter(({ name, vi, en }) => isAskedFor(asked, [name, vi, en]));
}
