import { describe, expect, it } from '@jest/globals';
import { label, open, placeOf, walkTo } from './roads.ts';
import { executionAt, seen } from './seen.ts';
import { aTown } from './a-town.ts';
import { clerk, courier, officer, portal, type Town } from './town.ts';

const day = 24 * 60;
const signature = [{ kind: 'signature' as const, sha256: 'a'.repeat(64) }];
const record = [{ kind: 'record' as const, sha256: 'b'.repeat(64) }];
const self = { name: 'Nguyễn Thị Ví Dụ', relationship: 'self' as const };

// Holds ADR 0022.
describe('the roads of the statutes', () => {
  let town: Town;
  aTown((booted) => {
    town = booted;
  });

  it('a result that the citizen fetches is handed out only when the agency says so, and until then may be sent after all', async () => {
    const traveller = await open(town, 'counter');
    await walkTo(town, traveller, 'AtAgency');
    await traveller.report(clerk, 'ReturnWayChanged', { returnBy: 'agency' });
    await traveller.report(officer, 'ResultAnnounced');
    expect(await seen(town, traveller)).toMatchObject({ place: 'ResultAtAgency', status: 9, holders: ['agency'] });
    await traveller.report(clerk, 'ReturnWayChanged', { returnBy: 'post' });
    expect(await placeOf(town, traveller)).toBe('ResultReady');
    await traveller.report(clerk, 'ReturnWayChanged', { returnBy: 'agency' });
    await traveller.report(officer, 'ResultHandedOut', { receiver: self, evidence: signature });
    expect(await seen(town, traveller)).toMatchObject({ place: 'Completed', status: 10 });
    expect(await executionAt(town, traveller)).toBe('SUCCEEDED at Completed');
  });

  it('what the agency refuses waits there: the citizen takes it back over the counter, and no carriage is invented', async () => {
    const traveller = await open(town, 'result-only');
    await walkTo(town, traveller, 'AtAgency');
    await traveller.report(officer, 'Refused', { reason: 'wrong-competence' });
    const held = await seen(town, traveller);
    expect(held).toMatchObject({ place: 'HeldAtAgency', status: 3 });
    await traveller.report(officer, 'TakenBack', { receiver: self, evidence: signature });
    expect(await seen(town, traveller)).toMatchObject({ place: 'ReturnedToCitizen', status: 3 });
  });

  it('what the agency stops is fetched by the post, and comes home against a signature within its own term', async () => {
    const traveller = await open(town, 'counter');
    await walkTo(town, traveller, 'AtAgency');
    await traveller.report(officer, 'Stopped', { reason: 'not-eligible' });
    await traveller.report(courier, 'ReturnCollected', { itemCode: label(), evidence: record });
    const way = await seen(town, traveller);
    expect(way).toMatchObject({ place: 'ReturningToCitizen', status: 8, holders: ['post'] });
    expect(way.due).toContain('return-leg');
    await walkTo(town, traveller, 'ReturnedToCitizen');
    expect(await seen(town, traveller)).toMatchObject({ holders: ['citizen'], due: [] });
  });

  it('the sender may have it back while it travels, with the slip, and pays for the way', async () => {
    const traveller = await open(town, 'counter');
    await walkTo(town, traveller, 'InTransitToAgency');
    await expect(
      traveller.report(clerk, 'Withdrawn', { reason: 'citizen-asked', receiptShown: false }),
    ).rejects.toMatchObject({ status: 422, code: 'ProofMismatch' });
    await traveller.report(clerk, 'Withdrawn', { reason: 'citizen-asked', receiptShown: true });
    const back = await seen(town, traveller);
    expect(back).toMatchObject({ place: 'ReturningToCitizen', status: 7, due: [] });
    expect(back.read.charges.lines.at(-1)).toMatchObject({ kind: 'postage-withdrawal', due: 'on-delivery' });
  });

  it('of a result the agency is the sender: it has it back until it is delivered, and whoever receives it has it forwarded', async () => {
    const recalled = await open(town, 'counter');
    await walkTo(town, recalled, 'OutForDelivery');
    await recalled.report(officer, 'Recalled', { reason: 'recorded-in-error', receiptShown: true });
    expect(await seen(town, recalled)).toMatchObject({ place: 'ReturningToAgency', status: 9 });
    await recalled.report(courier, 'ReturnFailed', { reason: 'receiver-absent' });
    await recalled.report(courier, 'ReturnedToAgency', {
      receiver: { name: 'Cán bộ Mẫu', relationship: 'officer' },
      evidence: record,
    });
    expect(await seen(town, recalled)).toMatchObject({ place: 'ReturnedToAgency' });
    const forwarded = await open(town, 'counter');
    await walkTo(town, forwarded, 'OutForDelivery');
    await forwarded.report(courier, 'DeliveryFailed', { reason: 'citizen-absent', solution: 'hold' });
    await forwarded.report(clerk, 'Redirected', { postOfficeId: 'PO-NARI' });
    const there = await seen(town, forwarded);
    expect(there).toMatchObject({ place: 'ResultInTransit' });
    expect(there.read.charges.lines.at(-1)).toMatchObject({ kind: 'postage-forwarding' });
  });

  it('a result that was refused, or whose receiver has moved, goes back at once; whoever is only absent is invited first', async () => {
    const refused = await open(town, 'counter');
    await walkTo(town, refused, 'OutForDelivery');
    await refused.report(courier, 'DeliveryFailed', { reason: 'receiver-refused', solution: 'return' });
    expect(await placeOf(town, refused)).toBe('ReturningToAgency');
    const absent = await open(town, 'counter');
    await walkTo(town, absent, 'OutForDelivery');
    await absent.report(courier, 'DeliveryFailed', { reason: 'receiver-absent', solution: 'return' });
    expect(await placeOf(town, absent)).toBe('HeldAtPostOffice');
    await absent.report(clerk, 'Invited', { channel: 'phone' });
    await absent.later(20);
    await absent.report(clerk, 'Invited', { channel: 'sms' });
    await absent.later(10 * day);
    // Two on one day are one invitation.
    expect(await placeOf(town, absent)).toBe('HeldAtPostOffice');
    await absent.report(clerk, 'Invited', { channel: 'letter' });
    await absent.later(6 * day);
    expect(await placeOf(town, absent)).toBe('ReturningToAgency');
    expect(await executionAt(town, absent)).toBe('RUNNING at ReturningToAgency');
  });

  it('a supplement comes by post on a side leg with its payer, while the dossier stays where it is', async () => {
    const traveller = await open(town, 'counter');
    await walkTo(town, traveller, 'AtAgency');
    await traveller.report(officer, 'SupplementRequested', { reason: 'papers-incomplete' });
    expect(await seen(town, traveller)).toMatchObject({ status: 5 });
    await traveller.report(clerk, 'SupplementSent', {
      itemCode: label(),
      papers: { originals: 0, copies: 2 },
      documents: [{ document: 1, form: 'copy', count: 2 }],
      payer: 'citizen',
      evidence: signature,
    });
    const sent = await seen(town, traveller);
    expect(sent).toMatchObject({ place: 'SupplementRequested', holders: ['agency', 'post'] });
    expect(sent.due).toContain('supplement-leg');
    expect(sent.read.legs.at(-1)).toMatchObject({ kind: 'supplement' });
    await traveller.later(2 * day);
    await traveller.report(officer, 'SupplementReceived');
    const complete = await seen(town, traveller);
    expect(complete).toMatchObject({ place: 'AtAgency', status: 4, holders: ['agency'] });
    expect(complete.due).not.toContain('supplement-leg');
    expect(complete.read.legs.at(-1)).toHaveProperty('until');
  });

  it('a financial duty stops the agency’s clock until it is paid (status 6)', async () => {
    const traveller = await open(town, 'counter');
    await walkTo(town, traveller, 'AtAgency');
    const promised = (await seen(town, traveller)).read.resultDueAt ?? '';
    await traveller.report(officer, 'DutyRequested', { amountDue: 1_250_000 });
    expect(await seen(town, traveller)).toMatchObject({ place: 'DutyRequested', status: 6 });
    await traveller.later(8 * day);
    await traveller.report(clerk, 'DutyPaid', { evidence: [{ kind: 'proof-of-payment', sha256: 'c'.repeat(64) }] });
    const paid = await seen(town, traveller);
    expect(paid).toMatchObject({ place: 'AtAgency', status: 4 });
    expect(Date.parse(paid.read.resultDueAt ?? '')).toBeGreaterThan(Date.parse(promised));
  });

  it('a fee that is due at the door, and an old paper given up there, go back to the agency by a term of their own', async () => {
    const traveller = await open(town, 'counter');
    await walkTo(town, traveller, 'AtAgency');
    await traveller.report(officer, 'ResultAnnounced', { amountDue: 135_000 });
    await walkTo(town, traveller, 'OutForDelivery');
    const { charges } = (await seen(town, traveller)).read;
    expect(charges.dueOnDelivery).toBe(135_000);
    await traveller.report(courier, 'Delivered', {
      receiver: self,
      identityPaper: 'passport',
      evidence: signature,
      amountCollected: 135_000,
      papersTakenBack: { originals: 1, copies: 0 },
    });
    const delivered = await seen(town, traveller);
    expect(delivered).toMatchObject({ place: 'Delivered', status: 10, due: ['hand-back'] });
    expect(delivered.custody.documents.at(-1)).toMatchObject({ document: 'taken-back', holder: { kind: 'post' } });
    await traveller.report(officer, 'HandedBack', { feeHandedOver: 135_000, evidence: record });
    const back = await seen(town, traveller);
    expect(back.due).toEqual([]);
    expect(back.custody.documents.at(-1)).toMatchObject({ holder: { kind: 'agency' } });
  });

  it('the way in ends when the citizen knows the due date, told or by a slip that was delivered (TT17 7(2)b)', async () => {
    const told = await open(town, 'counter');
    await walkTo(town, told, 'AtAgency');
    expect((await seen(town, told)).due).toEqual(['inbound-leg']);
    await told.report(clerk, 'CitizenTold', { told: 'result-ready', channel: 'phone' });
    expect((await seen(town, told)).due).toEqual(['inbound-leg']);
    await told.report(clerk, 'CitizenTold', { told: 'due-date', channel: 'phone' });
    expect((await seen(town, told)).due).toEqual([]);
    const slip = await open(town, 'counter');
    await walkTo(town, slip, 'AtAgency');
    await slip.report(clerk, 'AppointmentSlipSent', { itemCode: label() });
    await slip.report(courier, 'AppointmentSlipDelivered', { receiver: self, evidence: signature });
    const ended = await seen(town, slip);
    expect(ended.due).toEqual([]);
    expect(ended.read.legs.map(({ kind }) => kind)).toEqual(['inbound', 'appointment-slip']);
  });

  it('a fee that nobody knew is confirmed before it is taken', async () => {
    const dossier = await town.as(portal).register({
      frontDoor: 'counter',
      procedureCode: '1.010833',
      agencyId: 'AG-UBND-01843',
      communeId: 'CM-01843',
      applicant: { fullName: 'Nguyễn Thị Ví Dụ', phone: '0900000001', address: 'Tổ Mẫu' },
    });
    expect(dossier.charges).toMatchObject({ stateFeeUnknown: true });
    const before = dossier.charges.dueAtCollection;
    const answer = await town.as(portal).record(dossier.dossierId, {
      eventId: 'fee-confirmed',
      type: 'ChargesConfirmed',
      occurredAt: new Date(town.clock.now()).toISOString(),
      details: { amountDue: 50_000 },
    });
    expect(answer).toMatchObject({ outcome: 'stored' });
    const { charges } = await town.as(portal).read(dossier.dossierId);
    expect(charges).not.toHaveProperty('stateFeeUnknown');
    expect(charges).toMatchObject({ stateFee: 50_000, dueAtCollection: before + 58_000 });
  });

  it('a delivery of which a document is missing is a delivery, and the rest follows by a term of its own', async () => {
    const traveller = await open(town, 'counter');
    await walkTo(town, traveller, 'OutForDelivery');
    await traveller.report(courier, 'Delivered', {
      receiver: self,
      identityPaper: 'citizen-card',
      evidence: signature,
      amountCollected: 0,
      documents: [{ document: 'result', form: 'original', count: 1, state: 'missing' }],
    });
    const partly = await seen(town, traveller);
    expect(partly.due).toEqual(['dispute', 'rest']);
    expect(partly.custody.breaks).toContainEqual(expect.objectContaining({ kind: 'missing', owner: 'PO-BACKAN' }));
    await traveller.report(courier, 'RestDelivered', { receiver: self, evidence: signature });
    expect((await seen(town, traveller)).due).toEqual(['dispute']);
  });

  it('what was damaged on the way is listed, packed and sealed anew, and the sender is told', async () => {
    const traveller = await open(town, 'counter');
    await walkTo(town, traveller, 'InTransitToAgency');
    await traveller.report(courier, 'DamagedAndRepacked', {
      reason: 'damaged',
      sealNumber: 'BK-0099',
      papers: { originals: 2, copies: 1 },
    });
    const packed = await seen(town, traveller);
    expect(packed).toMatchObject({ place: 'InTransitToAgency', due: ['damage', 'inbound-leg'] });
    expect(packed.read.sealNumber).toBe('BK-0099');
    await traveller.report(clerk, 'CitizenTold', { told: 'damage', channel: 'phone' });
    expect((await seen(town, traveller)).due).toEqual(['inbound-leg']);
  });

  it('where nobody is there at the agency the post comes again; what was disputed goes on with the lines that both agree on', async () => {
    const traveller = await open(town, 'counter');
    await walkTo(town, traveller, 'InTransitToAgency');
    await traveller.report(courier, 'HandoverFailed', { reason: 'receiver-absent' });
    expect(await placeOf(town, traveller)).toBe('InTransitToAgency');
    // Who bears what the next trip costs is told by whose fault this one was (QĐ45 art. 12(4)).
    expect((await seen(town, traveller)).read.timeline.at(-1)).toMatchObject({
      type: 'HandoverFailed',
      fault: 'agency',
    });
    await traveller.report(officer, 'HandoverDisputed', {
      reason: 'counts-differ',
      papers: { originals: 1, copies: 1 },
    });
    await traveller.report(officer, 'DisputeSettled', {
      outcome: 'accepted',
      papers: { originals: 1, copies: 1 },
      resultDueAt: new Date(traveller.now() + 9 * day * 60_000).toISOString(),
    });
    expect(await seen(town, traveller)).toMatchObject({ place: 'AtAgency', status: 4, holders: ['agency'] });
    expect((await seen(town, traveller)).read.papers).toEqual({ originals: 1, copies: 1 });
  });

  it('a delivery that was recorded by mistake is cancelled within a day, by another execution, and later not any more', async () => {
    const traveller = await open(town, 'counter');
    await walkTo(town, traveller, 'Delivered');
    await traveller.report(courier, 'DeliveryCancelled', { reason: 'recorded-in-error' });
    expect(await seen(town, traveller)).toMatchObject({ place: 'OutForDelivery', status: 9 });
    expect(await executionAt(town, traveller, 2)).toBe('RUNNING at OutForDelivery');
    await walkTo(town, traveller, 'Delivered');
    await traveller.later(2 * day);
    await expect(traveller.report(courier, 'DeliveryCancelled', { reason: 'recorded-in-error' })).rejects.toMatchObject(
      { status: 422, code: 'TooLate' },
    );
  });

  it('what is lost anywhere is missing and found where it was: at the office, at the door, at the agency', async () => {
    for (const [from, by, back] of [
      ['Collected', clerk, 'Collected'],
      ['OutForDelivery', courier, 'AwaitingRedelivery'],
      ['AtAgency', officer, 'AtAgency'],
    ] as const) {
      const traveller = await open(town, 'counter');
      await walkTo(town, traveller, from);
      await traveller.report(by, 'ReportedMissing', { reason: 'not-found-in-bag' });
      expect(await seen(town, traveller)).toMatchObject({ place: 'Missing' });
      await traveller.report(by, 'Found');
      expect([from, await placeOf(town, traveller)]).toEqual([from, back]);
    }
    const lost = await open(town, 'counter');
    await walkTo(town, lost, 'InTransitToAgency');
    await lost.report(courier, 'ReportedMissing', { reason: 'not-found-in-bag' });
    await lost.report(clerk, 'DeclaredLost', { reason: 'not-found-in-bag' });
    expect(await seen(town, lost)).toMatchObject({ place: 'Lost', due: ['remedy'], holders: ['unknown'] });
  });
});
