import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { lawPage, sourcedLines } from '../../docs/law-page.ts';
import { acts, assumptionIn, citedIn, isJudged } from '../../domain/journey/sources.ts';

// Holds ADR 0021.
describe('the law', () => {
  it.each(sourcedLines().map(({ line, why }) => [line, why] as const))(
    'the law says why it has %s, by an article of the list or an assumption in both languages',
    (_line, why) => {
      expect(why.length).toBeGreaterThan(0);
      for (const source of why) {
        const { vi = '', en = '' } = assumptionIn(source) ?? {};
        if (!source.startsWith('judged: ')) expect([source, citedIn(source)]).not.toEqual([source, undefined]);
        else expect([vi, en].every((words) => words.length > 20)).toBe(true);
      }
    },
  );

  it('the law is printed whole, and the page is the one of today (npm run law)', () => {
    expect(readFileSync(new URL('../../docs/law.md', import.meta.url), 'utf8')).toBe(lawPage());
  });

  it('the law rests on acts where it can: nothing of what the hand-over, the delivery and the charges do is judged alone', () => {
    const judged = sourcedLines().flatMap(({ line, why }) => (isJudged(why) ? [line] : []));
    for (const line of ['rule InTransitToAgency HandedToAgency', 'rule OutForDelivery Delivered', 'charge '])
      expect(judged.filter((one) => one.startsWith(line))).toEqual([]);
  });

  it.each([
    ['QĐ45 7(3)', { act: 'QĐ45', article: 7, clause: 3 }],
    ['TT17 7(2)đ', { act: 'TT17', article: 7, clause: 2, point: 'đ' }],
    ['BLDS 148', { act: 'BLDS', article: 148 }],
  ])('a citation names act, article, clause and point: %s', (citation, cited) => {
    expect(citedIn(citation)).toEqual(cited);
  });

  it.each(['QĐ45 7(6)', 'QĐ45 99', 'TT17 7(1)a', 'TT17 5(1)d1', 'NĐ99 1', 'QĐ45 7(0)', '', 'QĐ45', 'toString 1'])(
    'a citation of what is not in the list is none: %s',
    (citation) => {
      expect(citedIn(citation)).toBeUndefined();
    },
  );

  it('a citation can name every article of the list', () => {
    for (const [name, { articles }] of Object.entries(acts))
      for (const article of Object.keys(articles)) expect(citedIn(`${name} ${article}`)).toBeDefined();
  });
});
