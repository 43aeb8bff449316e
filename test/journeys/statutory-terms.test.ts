import { describe, expect, it } from '@jest/globals';
import { open, placeOf, walkTo } from './roads.ts';
import { executionAt, seen } from './seen.ts';
import { aTown } from './a-town.ts';
import { clerk, courier, officer, type Town } from './town.ts';

const day = 24 * 60;
const record = [{ kind: 'record' as const, sha256: 'b'.repeat(64) }];

// Holds ADR 0022.
describe('the terms of the statutes', () => {
  let town: Town;
  aTown((booted) => {
    town = booted;
  });

  it('the terms of the statutes: every date is explained by its article, and the agency that is late finds its apology drafted', async () => {
    const traveller = await open(town, 'counter');
    await walkTo(town, traveller, 'AtAgency');
    const before = await town.as(officer).clock(traveller.dossier.dossierId);
    expect(before).not.toHaveProperty('apology');
    const [inbound] = before.post;
    expect(inbound?.explanation.en).toMatch(
      /^J \+ 1 working day, TT17 7\(2\)a; TT17 7\(2\)b; TT17 7\(2\)đ, from .* ends \w{3} \d\d\/\d\d\/\d{4} 24:00$/,
    );
    expect(inbound).toMatchObject({ what: 'inbound-leg', state: 'running', owner: 'PO-BACKAN', provisional: false });
    expect(before.agency.map(({ what, state }) => [what, state])).toEqual([
      ['place', 'running'],
      ['result', 'running'],
    ]);
    await traveller.later(20 * day);
    const late = await town.as(officer).clock(traveller.dossier.dossierId);
    expect(late.post[0]).toMatchObject({ state: 'overdue' });
    expect(late.agency.at(-1)).toMatchObject({ what: 'result', state: 'overdue' });
    expect(late.apology?.vi).toMatch(/^PHIẾU XIN LỖI/);
    await traveller.report(officer, 'ResultAnnounced');
    expect((await town.as(officer).clock(traveller.dossier.dossierId)).agency.at(-1)).toMatchObject({ state: 'late' });
  });

  it('the terms of the statutes: a complaint is answered in five working days, and comes too late six months after the way should have ended', async () => {
    const traveller = await open(town, 'counter');
    await walkTo(town, traveller, 'Delivered');
    await traveller.report(clerk, 'ComplaintMade', { complaint: 'delay' });
    expect((await seen(town, traveller)).due).toEqual(['complaint']);
    await traveller.report(clerk, 'ComplaintAnswered', { outcome: 'accepted', channel: 'letter' });
    await traveller.report(clerk, 'LiabilityAgreed', { amountDue: 120_000, evidence: record });
    expect((await seen(town, traveller)).due).toEqual(['compensation']);
    await traveller.report(clerk, 'CompensationPaid', { amountCollected: 120_000, evidence: record });
    expect((await seen(town, traveller)).due).toEqual([]);
    await traveller.later(40 * day);
    await expect(traveller.report(clerk, 'ComplaintMade', { complaint: 'damage' })).rejects.toMatchObject({
      code: 'TooLate',
    });
    await traveller.later(160 * day);
    await expect(traveller.report(clerk, 'ComplaintMade', { complaint: 'loss' })).rejects.toMatchObject({
      code: 'TooLate',
    });
  });

  it('the terms of the statutes: papers that nobody takes back are unreturnable, and ownerless six months after they were taken in', async () => {
    const traveller = await open(town, 'counter');
    await walkTo(town, traveller, 'Collected');
    const taken = traveller.now();
    await traveller.report(clerk, 'Withdrawn', { reason: 'citizen-asked', receiptShown: true });
    await traveller.report(courier, 'ReturnFailed', { reason: 'citizen-moved' });
    expect(await seen(town, traveller)).toMatchObject({ place: 'Unreturnable', holders: ['post'] });
    await traveller.until(taken + 170 * day * 60_000);
    expect(await placeOf(town, traveller)).toBe('Unreturnable');
    await traveller.until(taken + 190 * day * 60_000);
    expect(await seen(town, traveller)).toMatchObject({ place: 'Ownerless' });
    expect(await executionAt(town, traveller)).toBe('SUCCEEDED at Ownerless');
  });
});
