import * as z from 'zod';
import type { OpenOn } from '../domain/catalogue/open-today.ts';
import { Day, Names } from './catalogue.ts';

const TimeOfDay = z.string().meta({ description: 'Local time.', examples: ['07:00'] });

/** Whether a counter is open on the day asked for, and when. */
export const Opening = z
  .strictObject({
    day: Day,
    open: z.boolean(),
    hours: z.array(z.strictObject({ from: TimeOfDay, until: TimeOfDay })).readonly(),
    closed: z.strictObject(Names).exactOptional().meta({ description: 'Why it is closed.' }),
    opensNext: Day.meta({ description: 'The next day on which it is open.' }),
  })
  .meta({ id: 'Opening' });

/** Minutes after midnight as people write them. */
export function timeOfDay(minutes: number): string {
  return [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0')).join(':');
}

export function openingView({ spans, ...rest }: OpenOn): z.output<typeof Opening> {
  return {
    ...rest,
    open: spans.length > 0,
    hours: spans.map(({ from, to }) => ({ from: timeOfDay(from), until: timeOfDay(to) })),
  };
}
