import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { operations } from '../../contract/operations.ts';
import { limitsPage } from '../../docs/limits-page.ts';
import { allowances } from '../../domain/limits.ts';

const page = readFileSync(new URL('../../docs/api/limits.md', import.meta.url), 'utf8');

describe('the page of the limits', () => {
  it('the page of the limits is what the code keeps today (npm run openapi)', () => {
    expect(page).toBe(limitsPage());
  });

  it('the page of the limits has a line for every operation and for every allowance', () => {
    for (const { method, path } of operations) expect(page).toContain(`| \`${method} ${path}\` |`);
    for (const { units } of Object.values(allowances)) expect(page).toContain(`| ${units.toLocaleString('en')} |`);
    expect(page).toContain('500 `items`');
  });
});
