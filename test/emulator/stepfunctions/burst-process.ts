/**
 * Carries many journeys at once, for ever, and notes every answer in a file after it came. Made to be killed.
 * Arguments: the database, the notes.
 */
import { appendFileSync } from 'node:fs';
import { Post } from '../../../emulator/stepfunctions/benchmark/loads.ts';

const [database = '', notes = ''] = process.argv.slice(2);
const post = await Post.open(database);
let started = 0;

async function carry(): Promise<void> {
  started += 1;
  const id = `D-${started}`;
  const first = await post.start(id);
  appendFileSync(notes, `started ${id}\n`);
  const second = await post.advance(id, first);
  appendFileSync(notes, `answered ${id}\n`);
  await post.answer(id, second);
  appendFileSync(notes, `answered ${id}\n`);
  await carry();
}

await Promise.all(Array.from({ length: 40 }, carry));
