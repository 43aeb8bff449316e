import { readFileSync, writeFileSync } from 'node:fs';
import { diagram } from '../domain/journey/diagram.ts';

/** Writes the journey's diagram into the README, between its fences. */
const readme = new URL('../README.md', import.meta.url);
const fence = /```mermaid\n[\s\S]*?\n```/;
writeFileSync(
  readme,
  readFileSync(readme, 'utf8').replace(fence, () => `\`\`\`mermaid\n${diagram()}\n\`\`\``),
);
