import * as z from 'zod';
import { postCalendar } from '../domain/calendar/working-calendar.ts';
import { addressOf } from '../domain/catalogue/address.ts';
import { communes, findCommune } from '../domain/catalogue/communes.ts';
import { openOn } from '../domain/catalogue/open-today.ts';
import { postOffices, type PostOffice } from '../domain/catalogue/post-offices.ts';
import { Dated, datesOf, found, listing, Names, Source, sourceOf } from './catalogue.ts';
import { Opening, openingView } from './opening.ts';
import { unitId } from './wire.ts';

const PostOfficeView = z
  .strictObject({
    id: z.string().meta({ examples: ['PO-BACKAN'] }),
    ...Names,
    address: z.strictObject(Names),
    communeId: z.string().meta({ description: 'Where it stands.' }),
    serves: z.array(z.string()).readonly().meta({ description: 'The communes whose doors it goes to.' }),
    today: Opening.meta({ description: 'Whether its counter is open on the day asked for.' }),
    ...Dated,
    ...Source,
  })
  .meta({ id: 'PostOffice' });

/** The post offices that take dossiers in and bring results. */
export const listPostOffices = listing(
  'list-post-offices',
  '/v1/post-offices',
  { en: 'Post offices, with address, hours and the communes they serve', vi: 'Bưu cục, giờ mở cửa và địa bàn phục vụ' },
  PostOfficeView,
  {
    communeId: unitId
      .optional()
      .meta({ description: 'Only the one that serves this commune.', examples: ['CM-01840'] }),
  },
);

/** The post offices of a day. @param day `YYYY-MM-DD` */
export function postOfficesOn(
  day: string,
  asked?: string,
  communeId?: string,
): readonly z.output<typeof PostOfficeView>[] {
  return found(postOffices, day, asked, ({ id }) => [id, ...served(id).map(({ name }) => name.vi)])
    .filter(({ id }) => communeId === undefined || served(id).some((commune) => commune.id === communeId))
    .map((office) => postOfficeView(office, day));
}

function served(officeId: string): typeof communes {
  return communes.filter(({ postOfficeId }) => postOfficeId === officeId);
}

function postOfficeView(office: PostOffice, day: string): z.output<typeof PostOfficeView> {
  const { id, name, communeId, openingHours } = office;
  return {
    id,
    ...name,
    address: addressOf(findCommune(communeId)),
    communeId,
    serves: served(id).map((commune) => commune.id),
    today: openingView(openOn(openingHours, postCalendar, day)),
    ...datesOf(office),
    ...sourceOf(office),
  };
}
