/** `npm run asl`: writes the state machine's definition from the table of the law. */
import { writeFileSync } from 'node:fs';
import { journeyDefinition } from './dossier-journey.ts';

const file = new URL('./dossier-journey.asl.json', import.meta.url);
writeFileSync(file, `${JSON.stringify(journeyDefinition(), null, 2)}\n`);
