import * as z from 'zod';
import { serviceQuality, zoneWords } from '../domain/catalogue/quality.ts';
import { zones } from '../domain/catalogue/tariff.ts';
import { holdsOn } from '../domain/catalogue/validity.ts';
import { Dated, datesOf, isAskedFor, listing, Names, Source, sourceOf } from './catalogue.ts';

const ServiceQuality = z
  .strictObject({
    safetyPercent: z.int().meta({ description: 'Of dossiers and results that arrive unharmed (TT17 art. 7(1)).' }),
    times: z
      .array(
        z.strictObject({
          zone: z.enum(zones),
          ...Names,
          workingDays: z.int().meta({ description: 'n of J + n; J is the day on the slip (TT17 art. 7(2)).' }),
          withSlip: z.int().meta({ description: 'The same where an appointment slip is brought as well.' }),
        }),
      )
      .readonly(),
    complaintMonths: z.int().meta({ description: 'How long one may complain (TT17 art. 8(1)a).' }),
    answerWorkingDays: z
      .strictObject({ withinProvince: z.int(), beyond: z.int() })
      .meta({ description: 'Within how many working days a complaint is answered (TT17 art. 8(1)b).' }),
    ...Dated,
    ...Source,
  })
  .meta({ id: 'ServiceQuality' });

/** The quality of the service by the criteria which the law wants published (TT17 art. 6). */
export const listServiceTerms = listing(
  'list-service-terms',
  '/v1/service-quality',
  { en: 'Quality of the service', vi: 'Chất lượng dịch vụ' },
  ServiceQuality,
  {},
);

/** What the post promises on a day. @param day `YYYY-MM-DD` */
export function serviceTermsOn(day: string, asked?: string): readonly z.output<typeof ServiceQuality>[] {
  const { safetyPercent, times, complaintMonths, answerWithinProvince, answerBeyond } = serviceQuality;
  if (!holdsOn(serviceQuality, day) || !isAskedFor(asked, [serviceQuality.source])) return [];
  return [
    {
      safetyPercent,
      times: times.map((time) => ({ ...time, ...zoneWords[time.zone] })),
      complaintMonths,
      answerWorkingDays: { withinProvince: answerWithinProvince, beyond: answerBeyond },
      ...datesOf(serviceQuality),
      ...sourceOf(serviceQuality),
    },
  ];
}
