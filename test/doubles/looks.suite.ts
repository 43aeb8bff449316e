import { describe, expect, it } from '@jest/globals';
import type { Look, LookLog, LookReader } from '../../domain/ports/looks.ts';
import { clerk, monday } from '../domain/journey/town.ts';

/** A look at a dossier, so many milliseconds after Monday morning. */
export function lookAt(dossierId: string, after: number, change: Partial<Look> = {}): Look {
  return {
    dossierId,
    by: { ...clerk, person: 'sub-1' },
    at: monday + after,
    requestId: `request-${after}`,
    saw: { fields: ['fullName', 'phone'] },
    ...change,
  };
}

/** What every log of looks must do, in memory or in a table. */
export function keepsLooks(name: string, log: () => LookLog & LookReader): void {
  describe(`a log of looks ${name}`, () => {
    it('a log of looks tells those at one dossier, the newest first, page by page, each as it was written down', async () => {
      const [first, second, third] = [
        lookAt('d-looks-1', 1),
        lookAt('d-looks-1', 2, { saw: { scanId: 's-1' }, by: { role: 'portal', unit: 'portal-1' } }),
        lookAt('d-looks-1', 2, { requestId: 'request-3=' }),
      ] as const;
      for (const look of [second, first, third, lookAt('d-looks-2', 1)]) await log().note(look);
      expect(await log().looks('d-looks-1', undefined, 2)).toEqual([third, second]);
      expect(await log().looks('d-looks-1', second, 2)).toEqual([first]);
      expect(await log().looks('d-looks-1', first, 2)).toEqual([]);
      expect(await log().looks('d-nobody', undefined, 2)).toEqual([]);
    });

    it('a log of looks writes nothing over what stands there', async () => {
      await log().note(lookAt('d-looks-3', 1));
      await expect(log().note(lookAt('d-looks-3', 1, { saw: { scanId: 's-2' } }))).rejects.toThrow();
      expect(await log().looks('d-looks-3', undefined, 9)).toEqual([lookAt('d-looks-3', 1)]);
    });
  });
}
