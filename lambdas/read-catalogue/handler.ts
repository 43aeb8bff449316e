import { byRoute, openEndpoint } from '../../adapters/http/endpoint.ts';
import { listAgencies } from '../../contract/list-agencies.ts';
import { listCalendars } from '../../contract/list-calendars.ts';
import { listCommunes } from '../../contract/list-communes.ts';
import { listEventTypes } from '../../contract/list-event-types.ts';
import { listPlaces } from '../../contract/list-places.ts';
import { listPostOffices } from '../../contract/list-post-offices.ts';
import { listProcedures } from '../../contract/list-procedures.ts';
import { listReasons } from '../../contract/list-reasons.ts';
import { listServiceTerms } from '../../contract/list-service-terms.ts';
import { listTariffs } from '../../contract/list-tariffs.ts';
import { showOffices } from '../../contract/show-offices.ts';
import { showPrices } from '../../contract/show-prices.ts';
import { showProcedures } from '../../contract/show-procedures.ts';
import { showQuality } from '../../contract/show-quality.ts';
import { readCatalogue } from './read-catalogue.ts';

const catalogue = readCatalogue(Date.now);

export const handler = byRoute([
  [listProcedures, openEndpoint(listProcedures, catalogue.procedures)],
  [listAgencies, openEndpoint(listAgencies, catalogue.agencies)],
  [listPostOffices, openEndpoint(listPostOffices, catalogue.postOffices)],
  [listCommunes, openEndpoint(listCommunes, catalogue.communes)],
  [listTariffs, openEndpoint(listTariffs, catalogue.tariffs)],
  [listServiceTerms, openEndpoint(listServiceTerms, catalogue.serviceTerms)],
  [listCalendars, openEndpoint(listCalendars, catalogue.calendars)],
  [listReasons, openEndpoint(listReasons, catalogue.reasons)],
  [listEventTypes, openEndpoint(listEventTypes, catalogue.eventTypes)],
  [listPlaces, openEndpoint(listPlaces, catalogue.places)],
  [showPrices, openEndpoint(showPrices, catalogue.pricesSheet)],
  [showQuality, openEndpoint(showQuality, catalogue.qualitySheet)],
  [showProcedures, openEndpoint(showProcedures, catalogue.proceduresSheet)],
  [showOffices, openEndpoint(showOffices, catalogue.officesSheet)],
]);
