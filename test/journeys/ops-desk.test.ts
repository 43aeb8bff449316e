import { afterAll, describe, expect, it } from '@jest/globals';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { dueOf, open, setPlace } from './roads.ts';
import { aTown } from './a-town.ts';
import { clerk, type Town } from './town.ts';

const day = 86_400_000;

describe('the ops desk on the pages of the local cloud', () => {
  let town: Town;
  let dynamodb: DynamoDBClient;
  aTown((booted) => {
    town = booted;
    dynamodb = new DynamoDBClient({ endpoint: town.awsUrl, region: 'ap-southeast-1', credentials: town.accessKey });
  });
  afterAll(() => dynamodb.destroy());

  const read = async (): Promise<string> => (await fetch(`${town.awsUrl}/_local/desk`)).text();
  const press = async (act: string, subject = ''): Promise<string> => {
    const answer = await fetch(`${town.awsUrl}/_local/desk`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'origin': new URL(town.awsUrl).origin },
      body: new URLSearchParams({ act, subject }),
    });
    expect(answer.status).toBe(200);
    return answer.text();
  };
  it('the ops desk on the pages of the local cloud answers after an outage in which it was asked', async () => {
    await town.faults.set('dynamodb', true);
    const answer = await fetch(`${town.awsUrl}/_local/desk`);
    expect(answer.status).toBeGreaterThanOrEqual(500);
    await answer.text();
    await town.faults.set('dynamodb', false);
    expect(await read()).toContain('<h1>Ops desk</h1>');
  });

  it('the ops desk on the pages of the local cloud shows what does not heal by itself, and its buttons lead it on', async () => {
    expect(await read()).toContain('Nothing stands on the desk of ops.');
    const { dossierId } = (await open(town, 'counter')).dossier;
    const healthyTraveller = await open(town, 'counter');
    const healthy = healthyTraveller.dossier;
    const due = await dueOf(town, healthyTraveller);
    await setPlace(dynamodb, town.book, dossierId, 'Teleported');
    await town.clock.jumpTo(due + day);
    await town.settled();
    const found = await read();
    expect(found).toContain(`<code>${dossierId}</code>`);
    expect(found).toContain(`npm run fold -- ${dossierId}`);
    expect(found).not.toContain(healthy.dossierId);

    await setPlace(dynamodb, town.book, dossierId, 'Registered');
    expect(await press('redrive')).toMatch(/\d+ letters; \d dossiers are led on from the book/);
    expect(await press('resume', dossierId)).toContain(`${dossierId}: the next execution takes over.`);
    await town.clock.jumpTo(town.clock.now() + day);
    await town.settled();
    expect((await town.as(clerk).read(dossierId)).place.name).toBe('Cancelled');
    expect(await read()).toContain('Nothing stands on the desk of ops.');
    expect(await press('resume', healthy.dossierId)).toContain('its journey is over');
    expect(await press('resume', 'd-nobody')).toContain('There is no dossier d-nobody.');
  });

  it('the ops desk on the pages of the local cloud renews the execution of every open dossier', async () => {
    const { dossierId } = (await open(town, 'counter')).dossier;
    expect(await press('renew')).toContain('The next execution takes over for 1 open dossiers.');
    await town.settled();
    expect(await town.execution(dossierId, 2)).toMatchObject({ status: 'RUNNING', states: ['Resume', 'Registered'] });
    expect(await town.execution(dossierId)).not.toMatchObject({ status: 'RUNNING' });
  });
});
