import { readdirSync, readFileSync } from 'node:fs';
import * as z from 'zod';
import type { Edition } from '../domain/execution/editions.ts';

const Definition = z.object({
  States: z.record(
    z.string(),
    z.object({
      Type: z.string(),
      Next: z.string().optional(),
      Catch: z.array(z.object({ ErrorEquals: z.array(z.string()), Next: z.string() })).default([]),
    }),
  ),
});
type State = z.infer<typeof Definition>['States'][string];

/**
 * The roads of a definition: each place with its `Next`, and with the `Catch`es that bear the name of where they lead.
 * @param definition Amazon States Language as JSON
 */
export function roadsIn(definition: string): Edition {
  const { States } = Definition.parse(JSON.parse(definition));
  return Object.fromEntries(
    Object.entries(States)
      .filter(([name, { Type }]) => isPlace(name, Type))
      .map(([name, state]) => [name, roadsFrom(state)]),
  );
}

/** Every Task that waits and every end; the rest is machinery. */
function isPlace(name: string, type: string): boolean {
  return (type === 'Task' && name !== 'RecordOverdue') || (type === 'Succeed' && name !== 'Superseded');
}

function roadsFrom({ Next, Catch }: State): Edition[string] {
  const aside = Catch.filter(({ ErrorEquals, Next: to }) => ErrorEquals.includes(to)).map(({ Next: to }) => to);
  return Next === undefined ? { aside } : { next: Next, aside };
}

/** The definitions that live executions may still run, oldest first. */
export function releasedDefinitions(): readonly { readonly edition: number; readonly definition: string }[] {
  const folder = new URL('./released/', import.meta.url);
  return readdirSync(folder)
    .map((edition) => ({
      edition: Number(edition),
      definition: readFileSync(new URL(`${edition}/dossier-journey.asl.json`, folder), 'utf8'),
    }))
    .toSorted((one, other) => one.edition - other.edition);
}
