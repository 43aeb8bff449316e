/** `npm run law`: writes the law as one page, and says how much of it is assumed. */
import { writeFileSync } from 'node:fs';
import { isJudged } from '../domain/journey/sources.ts';
import { lawPage, sourcedLines } from './law-page.ts';

writeFileSync(new URL('law.md', import.meta.url), lawPage());
const lines = sourcedLines();
console.log(`docs/law.md: ${lines.length} lines, ${lines.filter(({ why }) => isJudged(why)).length} of them judged.`);
