import { describe, expect, it } from '@jest/globals';
import { DescribeExecutionCommand } from '@aws-sdk/client-sfn';
import { apiClient } from '../../client/api-client.ts';
import { historyOf } from '../../local/demo/execution.ts';
import { open, registrationAt, walkTo, wordsOfPeopleIn } from './roads.ts';
import { aTown } from './a-town.ts';
import { clerk, officer, portal, type Town } from './town.ts';

describe('the three happy roads', () => {
  let town: Town;
  aTown((booted) => {
    town = booted;
  });

  const lastRoad = ['AtAgency', 'ResultReady', 'ResultInTransit', 'OutForDelivery', 'Delivered'];

  it('a dossier from the counter reaches the citizen in nine billed transitions', async () => {
    const traveller = await open(town, 'counter');
    await walkTo(town, traveller, 'Delivered');
    const { status, states, retries, billedTransitions } = await town.execution(traveller.dossier.dossierId);
    expect({ status, states, retries, billedTransitions }).toEqual({
      status: 'SUCCEEDED',
      states: ['Resume', 'Registered', 'Collected', 'InTransitToAgency', ...lastRoad],
      retries: 0,
      billedTransitions: 9,
    });
  });

  it('a dossier collected at home reaches the citizen', async () => {
    const traveller = await open(town, 'pickup');
    await walkTo(town, traveller, 'Delivered');
    expect(await town.execution(traveller.dossier.dossierId)).toMatchObject({
      status: 'SUCCEEDED',
      states: ['Resume', 'Registered', 'PickupScheduled', 'Collected', 'InTransitToAgency', ...lastRoad],
      retries: 0,
    });
  });

  it('of a dossier lodged in person the result reaches the citizen, who pays at the door', async () => {
    const traveller = await open(town, 'result-only');
    expect(traveller.dossier.charges).toMatchObject({ dueAtCollection: 0, dueOnDelivery: 26_000 });
    await walkTo(town, traveller, 'Delivered');
    expect(await town.execution(traveller.dossier.dossierId)).toMatchObject({
      status: 'SUCCEEDED',
      states: ['Resume', 'Registered', ...lastRoad],
      retries: 0,
    });
  });

  it('the execution is always where the paper is', async () => {
    const traveller = await open(town, 'counter');
    for (const place of ['Registered', 'Collected', 'InTransitToAgency', 'AtAgency'] as const) {
      await walkTo(town, traveller, place);
      expect((await town.execution(traveller.dossier.dossierId)).states.at(-1)).toBe(place);
    }
  });

  it('each party reads the dossier with its own next steps, the timeline in order, and the person', async () => {
    const traveller = await open(town, 'counter');
    await walkTo(town, traveller, 'InTransitToAgency');
    const seen = await town.as(officer).read(traveller.dossier.dossierId);
    expect(seen.allowedActions.map(({ event }) => event)).toEqual([
      'HandedToAgency',
      'HandoverDisputed',
      'ReturnWayChanged',
      'CitizenTold',
      'StatusReported',
    ]);
    expect(seen.timeline.map(({ number, type }) => [number, type])).toEqual([
      [1, 'DossierRegistered'],
      [2, 'Collected'],
      [3, 'Dispatched'],
    ]);
    expect(seen.applicant?.fullName).toBe('Nguyễn Thị Ví Dụ');
    const byPost = await town.as(clerk).read(traveller.dossier.dossierId);
    const leadingOn = byPost.allowedActions.filter(({ to }) => to.some((place) => place !== 'InTransitToAgency'));
    expect(leadingOn.map(({ event }) => event)).toEqual(['ReportedMissing', 'Withdrawn', 'HandedToAgency']);
  });

  it('the tracking page shows the stages to whoever holds the code, and nobody’s data', async () => {
    const traveller = await open(town, 'pickup');
    await walkTo(town, traveller, 'Delivered');
    const { trackingCode } = traveller.dossier;
    const spoken = `${trackingCode.slice(0, 4)} ${trackingCode.slice(4, 8)}-${trackingCode.slice(8)}`;
    const tracked = await apiClient({ apiUrl: town.apiUrl }).track(spoken);
    expect(tracked.place).toMatchObject({ name: 'Delivered', vi: 'Đã phát thành công' });
    expect(tracked.stages.map(({ vi }) => vi).slice(0, 3)).toEqual([
      'Hồ sơ được đăng ký',
      'Đã hẹn giờ thu gom',
      'Bưu điện đã kiểm đếm, niêm phong và nhận hồ sơ',
    ]);
    expect(tracked.stages).toHaveLength(9);
    const page = await (await fetch(`${town.apiUrl}/t/${trackingCode}`)).text();
    expect(wordsOfPeopleIn(page)).toEqual([]);
    for (const secret of [traveller.dossier.dossierId, 'PO-BACKAN', 'AG-PASC-BACKAN', '1.002809', 'spouse'])
      expect(page).not.toContain(secret);
  });

  it('the details are shown after the last digits of the telephone, typed in a form, and a slip that was lost gets another code', async () => {
    const { dossier } = await open(town, 'counter');
    const ask = async (path: string, form: Readonly<Record<string, string>>) => {
      const answer = await fetch(`${town.apiUrl}${path}`, { method: 'POST', body: new URLSearchParams(form) });
      return [answer.status, await answer.text()] as const;
    };
    const { trackingCode } = dossier;
    const phone = (await town.as(clerk).read(dossier.dossierId)).applicant?.phone ?? '';
    const [wrong, right] = [`${(Number(phone.slice(-4)) + 1) % 10_000}`.padStart(4, '0'), phone.slice(-4)];
    expect(await ask('/t/details', { trackingCode, lastDigits: wrong })).toEqual([
      403,
      expect.stringContaining('không có bốn số cuối này'),
    ]);
    const [status, page] = await ask('/t/details', { trackingCode, lastDigits: right });
    expect([status, page]).toEqual([200, expect.stringContaining('Còn phải trả')]);
    expect(wordsOfPeopleIn(page)).toEqual([]);
    await town.as(clerk).record(dossier.dossierId, {
      eventId: 'lost-slip-0001',
      type: 'TrackingCodeReplaced',
      occurredAt: new Date(town.clock.now()).toISOString(),
    });
    const { trackingCode: fresh } = await town.as(clerk).read(dossier.dossierId);
    expect([(await ask('/t', { trackingCode }))[0], (await ask('/t', { trackingCode: fresh }))[0]]).toEqual([404, 200]);
    expect((await town.as(clerk).list({ trackingCode })).items.map(({ dossierId }) => dossierId)).toEqual([
      dossier.dossierId,
    ]);
  });

  it('a tracking code that nobody was given tells nothing', async () => {
    await expect(apiClient({ apiUrl: town.apiUrl }).track('000000000000')).rejects.toMatchObject({
      status: 404,
      code: 'UnknownDossier',
    });
  });

  it('asking twice with one Idempotency-Key opens one dossier; the same key with another request is refused', async () => {
    const key = 'counter-7-2026-11-23-0001';
    const first = await town.as(clerk).register(registrationAt('counter'), key);
    const again = await town.as(clerk).register(registrationAt('counter'), key);
    expect(again.dossierId).toBe(first.dossierId);
    await expect(
      town.as(clerk).register({ ...registrationAt('counter'), returnByPost: false }, key),
    ).rejects.toMatchObject({ status: 422, code: 'IdempotencyKeyReused' });
    const ofAnother = await town.as(portal).register(registrationAt('counter'), key);
    expect(ofAnother.dossierId).not.toBe(first.dossierId);
  });

  it('no execution knows a person: neither its name, nor its data, nor its history', async () => {
    const traveller = await open(town, 'pickup');
    await walkTo(town, traveller, 'Delivered');
    const { arn } = await town.execution(traveller.dossier.dossierId);
    const description = await town.stepFunctions.send(new DescribeExecutionCommand({ executionArn: arn }));
    const history = await historyOf(town.stepFunctions, arn);
    expect(history.length).toBeGreaterThan(20);
    expect(wordsOfPeopleIn(JSON.stringify([description.name, description.input, description.output, history]))).toEqual(
      [],
    );
  });
});
