import * as z from 'zod';
import { standings, type Marked, type Name, type Provenance } from '../domain/catalogue/provenance.ts';
import { holdsOn, type Validity } from '../domain/catalogue/validity.ts';
import { fold } from '../domain/people/fold.ts';
import type { Operation } from './operation.ts';

/** What the lists of the catalogue share: open, dated, searchable, each datum with its source. */

export const Names = { vi: z.string(), en: z.string() };
export const Day = z.iso.date().meta({ description: 'A local day in Vietnam.', examples: ['2026-11-30'] });

export const Source = {
  source: z.string().meta({ description: 'Where it is written, in words to look it up by.' }),
  standing: z.enum(standings).meta({
    description: 'How far it may be trusted: what is `judged` or `unverified` needs the province’s word.',
  }),
};
export const Dated = { validFrom: Day, validTo: Day.nullable() };

/** One value that has a source of its own. */
export function marked<Value extends z.ZodType>(value: Value) {
  return z.strictObject({ value, ...Source });
}

/** The source of a datum alone. */
export function sourceOf({ source, standing }: Provenance): Provenance {
  return { source, standing };
}
export function datesOf({ validFrom, validTo }: Validity): Validity {
  return { validFrom, validTo };
}
export function markedAs<From, To>({ value, ...from }: Marked<From>, to: (value: From) => To): Marked<To> {
  return { value: to(value), ...sourceOf(from) };
}

const at = Day.optional().meta({ description: 'As it held or holds on this local day; today when it is left out.' });
const q = z
  .string()
  .min(1)
  .max(100)
  .optional()
  .meta({ description: 'Only what has all of these words, with or without diacritics.', examples: ['khai sinh'] });

/** What all of the catalogue is: read by everybody, and refused to nobody. */
const openRead = { answeredBy: 'read-catalogue', method: 'GET', doors: 'open', statuses: [200], refusals: [] } as const;

/** One open list of the catalogue. @param more what else it can be asked for */
export function listing<
  const ListName extends string,
  const Path extends `/v1/${string}`,
  Item extends z.ZodType,
  More extends z.ZodRawShape,
>(name: ListName, path: Path, summary: Operation['summary'], item: Item, more: More) {
  return {
    name,
    ...openRead,
    path,
    summary,
    request: z.strictObject({ query: z.strictObject({ at, q, ...more }) }),
    answer: z.strictObject({ at: Day, items: z.array(item).readonly() }).meta({ id: listId(name) }),
  } as const satisfies Operation;
}

const Sheet = z.string().meta({ id: 'Sheet', description: 'A page without script that prints on one sheet of A4.' });

/** One open page of the catalogue, for the counter's wall: a sheet of A4. */
export function sheet<const SheetName extends string, const Path extends `/${string}`>(
  name: SheetName,
  path: Path,
  summary: Operation['summary'],
) {
  return {
    name,
    ...openRead,
    path,
    summary,
    request: z.strictObject({ query: z.strictObject({ at }) }),
    answer: Sheet,
    answersWith: 'text/html',
  } as const satisfies Operation;
}

/** `list-procedures` is answered with `ListOfProcedures`. */
function listId(name: string): string {
  return name.replace('list-', 'list-of-').replaceAll(/(?:^|-)(\w)/g, (_whole, letter: string) => letter.toUpperCase());
}

/** Whether every word that was asked for is in one of these texts. */
export function isAskedFor(asked: string | undefined, texts: readonly string[]): boolean {
  if (asked === undefined) return true;
  const words = fold(texts.join(' ')).split(' ');
  return fold(asked)
    .split(' ')
    .every((wanted) => words.some((word) => word.startsWith(wanted)));
}

/** What holds on a day and has the words that were asked for. */
export function found<Entry extends Validity & { readonly name: Name }>(
  entries: readonly Entry[],
  day: string,
  asked: string | undefined,
  more: (entry: Entry) => readonly string[] = () => [],
): readonly Entry[] {
  return entries.filter(
    (entry) => holdsOn(entry, day) && isAskedFor(asked, [entry.name.vi, entry.name.en, ...more(entry)]),
  );
}
