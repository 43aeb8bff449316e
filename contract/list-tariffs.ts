import * as z from 'zod';
import { zoneWords } from '../domain/catalogue/quality.ts';
import { tariffs, zones, type Tariff } from '../domain/catalogue/tariff.ts';
import { holdsOn } from '../domain/catalogue/validity.ts';
import { messageChannels } from '../domain/telling/wish.ts';
import { Dated, datesOf, isAskedFor, listing, marked, Names, Source, sourceOf } from './catalogue.ts';

const TariffView = z
  .strictObject({
    version: z.string(),
    weightUpTo: z.int().meta({ description: 'Grams.' }),
    postage: z
      .array(z.strictObject({ zone: z.enum(zones), ...Names, amount: z.int(), ...Source }))
      .readonly()
      .meta({ description: 'One direction, in đồng: a ceiling, the post may ask for less.' }),
    remittance: marked(z.int()).meta({ description: 'For handing the state fee over to the agency, in đồng.' }),
    messages: z
      .array(z.strictObject({ channel: z.enum(messageChannels), amount: z.int(), ...Source }))
      .readonly()
      .meta({ description: 'For the messages that a citizen asks for, per dossier, in đồng.' }),
    exemptions: z
      .array(z.strictObject({ id: z.string(), ...Names, payablePercent: z.int(), ...Source }))
      .readonly()
      .meta({ description: 'Who pays less postage, and how much of it remains.' }),
    ...Dated,
    ...Source,
  })
  .meta({ id: 'Tariff' });

/** The prices of the service, which the law wants published (QĐ45 art. 12(2)). */
export const listTariffs = listing(
  'list-tariffs',
  '/v1/tariffs',
  { en: 'Prices of the service', vi: 'Bảng giá cước dịch vụ' },
  TariffView,
  {},
);

/** The tariff of a day. @param day `YYYY-MM-DD` */
export function tariffsOn(day: string, asked?: string): readonly z.output<typeof TariffView>[] {
  return tariffs.filter((tariff) => holdsOn(tariff, day) && isAskedFor(asked, [tariff.version])).map(tariffView);
}

function tariffView(tariff: Tariff): z.output<typeof TariffView> {
  return {
    version: tariff.version,
    weightUpTo: tariff.weightUpTo,
    postage: zones.map((zone) => ({
      zone,
      ...zoneWords[zone],
      amount: tariff.postage[zone].value,
      ...sourceOf(tariff.postage[zone]),
    })),
    remittance: tariff.remittance,
    messages: messageChannels.map((channel) => ({
      channel,
      amount: tariff.messages[channel].value,
      ...sourceOf(tariff.messages[channel]),
    })),
    exemptions: tariff.exemptions.map(({ id, name, payable, ...from }) => ({
      id,
      ...name,
      payablePercent: payable * 100,
      ...sourceOf(from),
    })),
    ...datesOf(tariff),
    ...sourceOf(tariff),
  };
}
