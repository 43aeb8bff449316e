import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { eventItem, headItem, executionItem } from '../../adapters/dynamodb/items.ts';
import { dossierKey, eventKey, execution, head } from '../../adapters/dynamodb/keys.ts';
import { costTable, measureBook } from './book-costs.ts';

const page = readFileSync(new URL('../../docs/book.md', import.meta.url), 'utf8');
const keyed = z.looseObject({ pk: z.string(), sk: z.string() });
const examples = [...page.matchAll(/```json\n([\s\S]*?)\n```/g)].map(([, text]) => keyed.parse(JSON.parse(text ?? '')));

describe('the page about the book tells the truth', () => {
  it('the page about the book tells the truth of what each access costs (node test/docs/book-costs.ts)', async () => {
    expect(page).toContain(costTable(await measureBook()));
  });

  it('the page about the book tells the truth of the items: each example is one that the book would read', () => {
    const [one, two, three] = examples;
    const dossier = headItem.parse(one);
    expect(one).toMatchObject({ pk: dossierKey(dossier.dossierId), sk: head });
    const event = eventItem.parse(two);
    expect(two).toMatchObject({ pk: dossierKey(dossier.dossierId), sk: eventKey(event.number) });
    expect(event).toMatchObject({ number: dossier.version, to: dossier.place, dueAt: dossier.dueAt });
    expect(executionItem.parse(three)).toMatchObject({ wait: { place: dossier.place, followed: event.number } });
    expect(three).toMatchObject({ pk: dossierKey(dossier.dossierId), sk: execution });
  });

  it('the page about the book tells the truth of the keys: every kind of key that the code makes is named', () => {
    const keys = readFileSync(new URL('../../adapters/dynamodb/keys.ts', import.meta.url), 'utf8');
    for (const [, prefix] of keys.matchAll(/[`']([A-Z]+)[#'`]/g)) expect(page).toContain(`\`${prefix}`);
  });

  it('the page about the feeds names every kind of key that the code makes', () => {
    const keys = readFileSync(new URL('../../adapters/dynamodb/feed-keys.ts', import.meta.url), 'utf8');
    const feeds = readFileSync(new URL('../../docs/feeds.md', import.meta.url), 'utf8');
    for (const [, prefix] of keys.matchAll(/[`']([A-Z]+)[#'`]/g)) expect(feeds).toContain(`${prefix}`);
  });

  it('the page about the book fits on one page', () => {
    expect(page.split('\n').length).toBeLessThan(120);
  });
});
