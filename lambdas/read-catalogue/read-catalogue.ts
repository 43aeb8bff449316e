import { agenciesOn, type listAgencies } from '../../contract/list-agencies.ts';
import { calendarsOn, type listCalendars } from '../../contract/list-calendars.ts';
import { communesOn, type listCommunes } from '../../contract/list-communes.ts';
import { eventTypesCalled, type listEventTypes } from '../../contract/list-event-types.ts';
import { placesCalled, type listPlaces } from '../../contract/list-places.ts';
import { postOfficesOn, type listPostOffices } from '../../contract/list-post-offices.ts';
import { proceduresOn, type listProcedures } from '../../contract/list-procedures.ts';
import { reasonsCalled, type listReasons } from '../../contract/list-reasons.ts';
import { serviceTermsOn, type listServiceTerms } from '../../contract/list-service-terms.ts';
import { tariffsOn, type listTariffs } from '../../contract/list-tariffs.ts';
import type { OpenUseCase } from '../../contract/operation.ts';
import type { showOffices } from '../../contract/show-offices.ts';
import type { showPrices } from '../../contract/show-prices.ts';
import type { showProcedures } from '../../contract/show-procedures.ts';
import type { showQuality } from '../../contract/show-quality.ts';
import { localDay } from '../../domain/calendar/local-time.ts';
import { sheets } from './sheets.ts';

/** Today's answer holds until midnight, and a catalogue changes with a deployment: minutes are safe. */
const headers = { 'cache-control': 'public, max-age=300' } as const;

interface ReadCatalogue {
  readonly procedures: OpenUseCase<typeof listProcedures>;
  readonly agencies: OpenUseCase<typeof listAgencies>;
  readonly postOffices: OpenUseCase<typeof listPostOffices>;
  readonly communes: OpenUseCase<typeof listCommunes>;
  readonly tariffs: OpenUseCase<typeof listTariffs>;
  readonly serviceTerms: OpenUseCase<typeof listServiceTerms>;
  readonly calendars: OpenUseCase<typeof listCalendars>;
  readonly reasons: OpenUseCase<typeof listReasons>;
  readonly eventTypes: OpenUseCase<typeof listEventTypes>;
  readonly places: OpenUseCase<typeof listPlaces>;
  readonly pricesSheet: OpenUseCase<typeof showPrices>;
  readonly qualitySheet: OpenUseCase<typeof showQuality>;
  readonly proceduresSheet: OpenUseCase<typeof showProcedures>;
  readonly officesSheet: OpenUseCase<typeof showOffices>;
}

/**
 * Shows everybody the data that the law and the post publish, as they hold on a day.
 * @param now epoch milliseconds: which day is today
 */
export function readCatalogue(now: () => number): ReadCatalogue {
  const printed = (day: string | undefined, sheetOn: (day: string) => string) =>
    Promise.resolve({ status: 200 as const, headers, body: sheetOn(day ?? localDay(now())) });
  const listed = <Item>(day: string | undefined, itemsOn: (day: string) => readonly Item[]) => {
    const at = day ?? localDay(now());
    return Promise.resolve({ status: 200 as const, headers, body: { at, items: itemsOn(at) } });
  };
  return {
    procedures: async ({ query: { at, q, agencyId } }) => listed(at, (day) => proceduresOn(day, q, agencyId)),
    agencies: async ({ query: { at, q, ...by } }) => listed(at, (day) => agenciesOn(day, q, by)),
    postOffices: async ({ query: { at, q, communeId } }) => listed(at, (day) => postOfficesOn(day, q, communeId)),
    communes: async ({ query: { at, q } }) => listed(at, (day) => communesOn(day, q)),
    tariffs: async ({ query: { at, q } }) => listed(at, (day) => tariffsOn(day, q)),
    serviceTerms: async ({ query: { at, q } }) => listed(at, (day) => serviceTermsOn(day, q)),
    calendars: async ({ query: { at, q } }) => listed(at, (day) => calendarsOn(day, q)),
    reasons: async ({ query: { at, q } }) => listed(at, () => reasonsCalled(q)),
    eventTypes: async ({ query: { at, q } }) => listed(at, () => eventTypesCalled(q)),
    places: async ({ query: { at, q } }) => listed(at, () => placesCalled(q)),
    pricesSheet: async ({ query: { at } }) => printed(at, sheets.prices),
    qualitySheet: async ({ query: { at } }) => printed(at, sheets.quality),
    proceduresSheet: async ({ query: { at } }) => printed(at, sheets.procedures),
    officesSheet: async ({ query: { at } }) => printed(at, sheets.offices),
  };
}
