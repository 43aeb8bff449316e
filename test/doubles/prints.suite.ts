import { describe, expect, it } from '@jest/globals';
import type { Prints } from '../../domain/ports/prints.ts';

/** What every count of prints must do, in memory or in a database. */
export function countsPrints(name: string, open: () => Promise<Prints>): void {
  describe(`a count of prints ${name}`, () => {
    it('a count of prints goes paper by paper and dossier by dossier, and gives no number twice though many are made at once', async () => {
      const prints = await open();
      const atOnce = await Promise.all(Array.from({ length: 5 }, async () => prints.count('d-prints-1', 'slip#send')));
      expect(new Set(atOnce)).toEqual(new Set([1, 2, 3, 4, 5]));
      expect(await prints.count('d-prints-1', 'slip#return')).toBe(1);
      expect(await prints.count('d-prints-2', 'slip#send')).toBe(1);
    });
  });
}
