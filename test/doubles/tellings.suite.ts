import { describe, expect, it } from '@jest/globals';
import type { Tellings } from '../../domain/ports/tellings.ts';
import type { Telling } from '../../domain/telling/tellings.ts';

const hour = 3_600_000;
const noon = Date.parse('2026-03-02T05:00:00Z');
const planned: Telling = {
  cause: 'e-2',
  to: 'applicant',
  channel: 'sms',
  language: 'vi',
  message: 'collected',
  state: 'planned',
  sendAt: noon,
};
let dossiers = 0;
function fresh(): string {
  return `d-told-${(dossiers += 1)}`;
}

/** What everything that keeps tellings must do, in memory or in a database. */
export function keepsTellings(name: string, open: () => Promise<Tellings>): void {
  describe(`tellings ${name}`, () => {
    it('a telling is kept whole with its dossier', async () => {
      const tellings = await open();
      const dossierId = fresh();
      const sent: Telling = {
        ...planned,
        to: 'receiver',
        state: 'sent',
        why: 'overtaken',
        claimedAt: noon,
        sentAt: noon + 1,
        messageId: 'm-1',
      };
      expect(await tellings.write(dossierId, undefined, planned)).toBe('written');
      expect(await tellings.write(dossierId, undefined, sent)).toBe('written');
      expect(await tellings.of(dossierId)).toEqual(expect.arrayContaining([planned, sent]));
      expect(await tellings.of(fresh())).toEqual([]);
    });

    it('a telling is planned once, and claimed by one of many', async () => {
      const tellings = await open();
      const dossierId = fresh();
      const claimed: Telling = { ...planned, state: 'claimed', claimedAt: noon };
      const times = async (before: Telling | undefined, after: Telling): Promise<number> => {
        const all = Array.from({ length: 4 }, async () => tellings.write(dossierId, before, after));
        return (await Promise.all(all)).filter((outcome) => outcome === 'written').length;
      };
      expect(await times(undefined, planned)).toBe(1);
      expect(await times(planned, claimed)).toBe(1);
      expect(await tellings.of(dossierId)).toEqual([claimed]);
      expect(await tellings.write(dossierId, undefined, planned)).toBe('overtaken');
    });

    it('a telling that was put off meanwhile is not what it was read as', async () => {
      const tellings = await open();
      const dossierId = fresh();
      const later = { ...planned, sendAt: noon + hour };
      await tellings.write(dossierId, undefined, planned);
      expect(await tellings.write(dossierId, planned, later)).toBe('written');
      expect(await tellings.write(dossierId, planned, { ...planned, state: 'dropped' })).toBe('overtaken');
    });

    it('a telling is due from its instant on, the oldest first, until it is claimed, sent or put off', async () => {
      const tellings = await open();
      const [one, other, third] = [fresh(), fresh(), fresh()];
      const of = async (now: number, most = 100) =>
        (await tellings.dueBy(now, most)).filter((dossierId) => [one, other, third].includes(dossierId));
      const early = { ...planned, sendAt: noon - hour };
      await tellings.write(one, undefined, planned);
      await tellings.write(other, undefined, early);
      await tellings.write(third, undefined, { ...planned, state: 'untold', why: 'overtaken' });
      expect(await of(noon - 1)).toEqual([other]);
      expect(await of(noon)).toEqual([other, one]);
      await tellings.write(other, early, { ...early, sendAt: noon + hour });
      expect(await of(noon)).toEqual([one]);
      await tellings.write(one, planned, { ...planned, state: 'claimed', claimedAt: noon });
      expect(await of(noon)).toEqual([]);
      expect(await of(noon + hour)).toEqual([other]);
    });

    it('a dossier of which something has arrived is looked after at once, until somebody has looked and nothing came since', async () => {
      const tellings = await open();
      const dossierId = fresh();
      const isDue = async () => (await tellings.dueBy(noon + 1, 100)).includes(dossierId);
      expect(await tellings.announcedAt(dossierId)).toBeUndefined();
      await tellings.announce(dossierId, noon);
      expect([await tellings.announcedAt(dossierId), await isDue()]).toEqual([noon, true]);
      await tellings.announce(dossierId, noon + 1);
      await tellings.settle(dossierId, noon);
      expect([await tellings.announcedAt(dossierId), await isDue()]).toEqual([noon + 1, true]);
      await tellings.settle(dossierId, noon + 1);
      await tellings.settle(dossierId, noon + 1);
      expect([await tellings.announcedAt(dossierId), await isDue()]).toEqual([undefined, false]);
    });
  });
}
