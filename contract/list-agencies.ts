import * as z from 'zod';
import { agencyCalendar } from '../domain/calendar/working-calendar.ts';
import { agencies, agencyTakes, type Agency } from '../domain/catalogue/agencies.ts';
import { findCommune } from '../domain/catalogue/communes.ts';
import { openOn } from '../domain/catalogue/open-today.ts';
import { findProcedure } from '../domain/catalogue/procedures.ts';
import { addressOf } from '../domain/catalogue/address.ts';
import { Dated, datesOf, found, listing, Names, Source, sourceOf } from './catalogue.ts';
import { Opening, openingView } from './opening.ts';
import { unitId } from './wire.ts';

const AgencyView = z
  .strictObject({
    id: z.string().meta({ examples: ['AG-PASC-BACKAN'] }),
    ...Names,
    kind: z.enum(['service-centre', 'department', 'commune']),
    address: z.strictObject(Names),
    communeId: z.string().nullable().meta({ description: 'Where it stands; null outside the pilot.' }),
    takes: z.array(z.string()).readonly().meta({ description: 'Whose procedures its counter takes.' }),
    today: Opening.meta({ description: 'Whether its counter is open on the day asked for.' }),
    ...Dated,
    ...Source,
  })
  .meta({ id: 'Agency' });

/** The agencies that take dossiers in, where they are and when they are open. */
export const listAgencies = listing(
  'list-agencies',
  '/v1/agencies',
  { en: 'Agencies, with address and hours', vi: 'Cơ quan tiếp nhận, địa chỉ và giờ làm việc' },
  AgencyView,
  {
    procedureCode: z
      .string()
      .max(30)
      .optional()
      .meta({ description: 'Only those that take this procedure.', examples: ['2.000488'] }),
    communeId: unitId.optional().meta({
      description: 'Only those that people of this commune go to: its own, and those for everybody.',
      examples: ['CM-01840'],
    }),
  },
);

/** The agencies of a day. @param day `YYYY-MM-DD` */
export function agenciesOn(
  day: string,
  asked?: string,
  {
    procedureCode,
    communeId,
  }: { readonly procedureCode?: string | undefined; readonly communeId?: string | undefined } = {},
): readonly z.output<typeof AgencyView>[] {
  const procedure = procedureCode === undefined ? undefined : findProcedure(procedureCode);
  return found(agencies, day, asked, ({ id }) => [id])
    .filter((agency) => procedureCode === undefined || (procedure !== undefined && agencyTakes(agency, procedure)))
    .filter((agency) => communeId === undefined || agency.kind !== 'commune' || agency.communeId === communeId)
    .map((agency) => agencyView(agency, day));
}

function agencyView(agency: Agency, day: string): z.output<typeof AgencyView> {
  const { id, name, kind, communeId, takes, openingHours } = agency;
  return {
    id,
    ...name,
    kind,
    address: addressOf(communeId === null ? undefined : findCommune(communeId)),
    communeId,
    takes,
    today: openingView(openOn(openingHours, agencyCalendar, day)),
    ...datesOf(agency),
    ...sourceOf(agency),
  };
}
