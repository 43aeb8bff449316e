import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseDefinition } from '../../../emulator/stepfunctions/definition/parse.ts';
import type { Machine } from '../../../emulator/stepfunctions/definition/types.ts';

const file = join(import.meta.dirname, '..', '..', '..', 'statemachines', 'dossier-journey.asl.json');

/** The definition of the journey as it is deployed, with made-up names for its table and function. */
export const journeyText = readFileSync(file, 'utf8')
  .replaceAll('${BookTable}', 'Book')
  .replaceAll('${RecordOverdueFunction}', 'record-overdue');

export function journey(): Machine {
  return parseDefinition(journeyText);
}

export function machineOf(startAt: string, states: Readonly<Record<string, unknown>>): Machine {
  return parseDefinition(JSON.stringify({ QueryLanguage: 'JSONata', StartAt: startAt, States: states }));
}
