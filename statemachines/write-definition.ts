/** `npm run asl`: writes the state machine's definition from the table of the law, and the roads of every edition. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { definitionEdition, journeyDefinition } from './dossier-journey.ts';
import { releasedDefinitions, roadsIn } from './editions.ts';

const today = JSON.stringify(journeyDefinition(), null, 2);
write('./dossier-journey.asl.json', today);

const editions = [...releasedDefinitions(), { edition: definitionEdition, definition: today }];
write(
  '../domain/execution/editions.json',
  JSON.stringify(
    Object.fromEntries(editions.map(({ edition, definition }) => [edition, roadsIn(definition)])),
    null,
    1,
  ),
);

/** A file that is the same already is left alone: somebody may be watching it. */
function write(file: string, text: string): void {
  const path = new URL(file, import.meta.url);
  const whole = `${text}\n`;
  if (!existsSync(path) || readFileSync(path, 'utf8') !== whole) writeFileSync(path, whole);
}
