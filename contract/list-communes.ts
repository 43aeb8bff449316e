import * as z from 'zod';
import { communes, type Commune } from '../domain/catalogue/communes.ts';
import { formerCommunes, type FormerCommune } from '../domain/catalogue/former-communes.ts';
import { holdsOn } from '../domain/catalogue/validity.ts';
import { Dated, datesOf, found, isAskedFor, listing, Names, Source, sourceOf } from './catalogue.ts';

const CommuneView = z
  .discriminatedUnion('current', [
    z.strictObject({
      current: z.literal(true),
      id: z.string().meta({ examples: ['CM-01840'] }),
      code: z.string().meta({ description: 'The national code (QĐ 19/2025/QĐ-TTg).' }),
      ...Names,
      formerNames: z.array(z.string()).readonly().meta({ description: 'What it was made of on 1/7/2025.' }),
      postOfficeId: z.string(),
      agencyId: z.string().meta({ description: 'Its People’s Committee.' }),
      remote: z.boolean().meta({ description: 'Mail does not come every day, so items are held longer.' }),
      ...Dated,
      ...Source,
    }),
    z.strictObject({
      current: z.literal(false),
      vi: z.string(),
      successorId: z.string().meta({ description: 'The commune or ward that it belongs to now.' }),
      ...Dated,
      ...Source,
    }),
  ])
  .meta({ id: 'Commune' });

/** Today's communes and wards with their old names; on a day before the merger, the old ones and what they became. */
export const listCommunes = listing(
  'list-communes',
  '/v1/communes',
  { en: 'Communes and wards, found by their old names too', vi: 'Xã, phường; tra được theo tên cũ' },
  CommuneView,
  {},
);

/** The communes of a day. @param day `YYYY-MM-DD` */
export function communesOn(day: string, asked?: string): readonly z.output<typeof CommuneView>[] {
  const current = found(communes, day, asked, ({ id, code }) => [id, code, ...formerNames(id)]).map(communeView);
  const former = formerCommunes
    .filter((one) => holdsOn(one, day) && isAskedFor(asked, [one.name, one.successorId]))
    .map(formerView);
  return [...current, ...former];
}

function formerNames(communeId: string): readonly string[] {
  return formerCommunes.filter(({ successorId }) => successorId === communeId).map(({ name }) => name);
}

function communeView(commune: Commune): z.output<typeof CommuneView> {
  const { id, code, name, postOfficeId, remote } = commune;
  return {
    current: true,
    id,
    code,
    ...name,
    formerNames: formerNames(id),
    postOfficeId,
    agencyId: `AG-UBND-${code}`,
    remote,
    ...datesOf(commune),
    ...sourceOf(commune),
  };
}

function formerView(former: FormerCommune): z.output<typeof CommuneView> {
  return {
    current: false,
    vi: former.name,
    successorId: former.successorId,
    ...datesOf(former),
    ...sourceOf(former),
  };
}
