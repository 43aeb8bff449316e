import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, describe, expect, it } from '@jest/globals';
import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import * as z from 'zod';
import { ApiRefusal } from '../../client/call.ts';
import { problemWords } from '../../contract/problem-words.ts';
import { problemCodes } from '../../docs/problem-pages.ts';
import { provoking, type Provocation, type Situation } from '../../docs/provoking.ts';
import { mostOfAUnit } from '../../domain/feeds/subscription.ts';
import { showTrackingCode, trackingCodeFrom } from '../../domain/codes/tracking-code.ts';
import type { Speaker } from '../../local/demo/traveller.ts';
import { aTown } from './a-town.ts';
import { label, open, registrationAt, setPlace, walkTo } from './roads.ts';
import { clerk, courier, officer, ops, portal, type Town } from './town.ts';

type Words = Readonly<Record<string, string>>;
/** What has to be so: what stands for the words in braces, and how it is over again. */
interface Given {
  readonly words?: Words;
  readonly over?: () => Promise<void>;
}

const speakers: Readonly<Record<NonNullable<Provocation['by']>, Speaker | undefined>> = {
  clerk,
  courier,
  officer,
  portal,
  ops,
  supervisor: { role: 'supervisor', unit: 'PO-BACKAN' },
  homeless: { role: 'clerk' },
  nobody: undefined,
};
const day = 24 * 60;

describe('every code of a problem', () => {
  let town: Town;
  let client: DynamoDBClient;
  let documents: DynamoDBDocumentClient;
  let drawn = 0;
  aTown((booted) => {
    town = booted;
    client = new DynamoDBClient({ endpoint: town.awsUrl, region: 'ap-southeast-1', credentials: town.accessKey });
    documents = DynamoDBDocumentClient.from(client);
  });
  afterAll(() => client.destroy());

  const now = (): string => new Date(town.clock.now()).toISOString();
  const opened = async () => open(town, 'counter');
  const idOf = ({ dossier: { dossierId, trackingCode } }: Awaited<ReturnType<typeof opened>>): Words => ({
    dossierId,
    trackingCode,
  });
  const scanOf = (n: number) => ({
    kind: 'papers' as const,
    contentType: 'application/pdf' as const,
    size: 1000,
    sha256: String(n).padStart(64, '0'),
  });
  const switchOff = async (name: string): Promise<Given> => {
    const words = idOf(await opened());
    await town.faults.set(name, true);
    return { words, over: async () => town.faults.set(name, false) };
  };

  const given: Readonly<Record<Situation, () => Promise<Given>>> = {
    nothing: async () => ({}),
    registered: async () => ({ words: idOf(await opened()) }),
    collected: async () => {
      const traveller = await opened();
      await walkTo(town, traveller, 'Collected');
      return { words: idOf(traveller) };
    },
    pickup: async () => ({ words: idOf(await open(town, 'pickup')) }),
    longDelivered: async () => {
      const traveller = await opened();
      await walkTo(town, traveller, 'Delivered');
      await traveller.later(2 * day);
      return { words: idOf(traveller) };
    },
    early: async () => {
      const traveller = await opened();
      const concerns = 'provoking-early-1';
      await town.as(clerk).record(traveller.dossier.dossierId, {
        eventId: concerns,
        type: 'Dispatched',
        occurredAt: now(),
        details: { itemCode: label() },
      });
      return { words: { ...idOf(traveller), concerns } };
    },
    manyNotes: async () => {
      const words = idOf(await opened());
      const items = Array.from({ length: 200 }, (_none, n) => ({
        dossierId: words['dossierId'] ?? '',
        eventId: `provoking-note-${n}`,
        type: 'Scanned' as const,
        occurredAt: now(),
        details: { postOfficeId: 'PO-BACKAN' },
      }));
      for (let left = items, tries = 0; left.length > 0 && tries < 20; tries += 1) {
        const { items: answers } = await town.as(clerk).recordAll({ items: left });
        left = left.filter((_item, n) => answers[n]?.problem?.code === 'NotReached');
      }
      return { words };
    },
    // Whoever writes next finds that its place has been taken, each time it tries.
    raced: async () => {
      const words = idOf(await opened());
      const pk = `DOSSIER#${words['dossierId']}`;
      const { Item } = await documents.send(new GetCommand({ TableName: town.book, Key: { pk, sk: 'EVENT#000001' } }));
      await documents.send(new PutCommand({ TableName: town.book, Item: { ...Item, pk, sk: 'EVENT#000002' } }));
      return { words };
    },
    eventTold: async () => {
      const { dossierId } = (await opened()).dossier;
      const eventId = 'provoking-told-1';
      await town.as(clerk).record(dossierId, {
        eventId,
        type: 'Scanned',
        occurredAt: now(),
        details: { postOfficeId: 'PO-BACKAN' },
      });
      return { words: { dossierId, eventId } };
    },
    keyUsed: async () => {
      await town.as(clerk).register(registrationAt('counter'), 'provoking-used-1');
      return { words: { key: 'provoking-used-1' } };
    },
    keyInFlight: async () => {
      const key = 'provoking-flying-1';
      await send(provoking.StillInFlight, { key });
      const { Items = [] } = await documents.send(new ScanCommand({ TableName: town.people, ConsistentRead: true }));
      for (const { answer: _answer, ...claim } of Items.filter((item) => 'answer' in item))
        await documents.send(
          new PutCommand({ TableName: town.people, Item: { ...claim, leaseUntil: town.clock.now() + 30_000 } }),
        );
      return { words: { key } };
    },
    scanAwaited: async () => {
      const words = idOf(await opened());
      const { scanId } = await askForScan(words, 1);
      return { words: { ...words, scanId } };
    },
    manyScans: async () => {
      const words = idOf(await opened());
      for (let n = 0; n < 50; n += 1) await askForScan(words, n);
      return { words };
    },
    unreadable: async () => {
      const words = idOf(await opened());
      await setPlace(client, town.book, words['dossierId'] ?? '', 'Teleported');
      return { words };
    },
    spent: async () => {
      const guess = (n: number): Words => ({
        trackingCode: showTrackingCode(trackingCodeFrom(`8${String(n).padStart(16, '0')}`)),
      });
      for (let n = 1; n <= 10; n += 1) await send(provoking.TooManyRequests, guess(n));
      return { words: guess(11) };
    },
    virusCheck: async () => ({}),
    storeAway: async () => switchOff('dynamodb'),
    functionAway: async () => {
      const reader = town.faults.list().find(({ name }) => /lambda:.*ReadDossier/.test(name));
      return switchOff(reader?.name ?? '');
    },
    manySubscriptions: async () => {
      const { subscriptions } = town.as(portal);
      const have = await subscriptions.list();
      for (let n = have.length; n < mostOfAUnit; n += 1) await subscriptions.add();
      return {
        over: async () => {
          for (const { subscriptionId } of await subscriptions.list()) await subscriptions.end(subscriptionId);
        },
      };
    },
    subscribed: async () => subscribed({}),
    webhookThere: async () => subscribed({ url: 'https://portal.example/dossier-post' }),
    fellBehind: async () => {
      const traveller = await open(town, 'pickup');
      const { subscriptions } = town.as(portal);
      const { subscriptionId } = await subscriptions.add();
      const { next } = await subscriptions.events(subscriptionId);
      await town.as(portal).record(traveller.dossier.dossierId, {
        eventId: 'provoking-behind-1',
        type: 'Cancelled',
        occurredAt: now(),
        details: { reason: 'citizen-asked' },
      });
      await town.settled();
      await traveller.later(31 * day);
      return { words: { subscriptionId, cursor: next } };
    },
    slow: async () => ({ words: idOf(await opened()) }),
  };

  async function subscribed(body: { readonly url?: string }): Promise<Given> {
    const { subscriptions } = town.as(portal);
    const { subscriptionId } = await subscriptions.add(body);
    return { words: { subscriptionId }, over: async () => void (await subscriptions.end(subscriptionId)) };
  }

  const Asked = z.object({ scanId: z.string() });
  async function askForScan({ dossierId = '' }: Words, n: number): Promise<z.output<typeof Asked>> {
    const { said } = await send(
      { by: 'clerk', method: 'POST', path: `/v1/dossiers/${dossierId}/scans`, body: scanOf(n) },
      {},
    );
    return Asked.parse(JSON.parse(said));
  }

  /** Sends a request as it stands on the page of its problem, byte by byte. */
  async function send(
    { by = 'nobody', method = 'GET', path, headers = {}, body, padding = 0 }: Provocation,
    words: Words,
  ) {
    drawn += 1;
    const all: Words = { now: now(), key: `provoking-${drawn}`, eventId: `provoking-event-${drawn}`, ...words };
    const filled = (pattern: string): string =>
      pattern.replaceAll(/\{(\w+)\}/g, (whole, name: string) => all[name] ?? whole);
    const speaker = speakers[by];
    const sent = filled(typeof body === 'string' ? body : JSON.stringify(body ?? '')) + ' '.repeat(padding);
    const token = speaker === undefined ? undefined : await town.bearer(speaker);
    return new Promise<{ status: number; requestId: string; type: string; said: string }>((resolve, reject) => {
      const call = request(
        new URL(town.apiUrl).origin,
        {
          path: filled(path),
          method,
          headers: {
            ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
            ...(body === undefined ? {} : { 'content-type': 'application/json' }),
            ...Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, filled(value)])),
          },
        },
        (answer) => {
          text(answer).then(
            (said) =>
              resolve({
                status: answer.statusCode ?? 0,
                requestId: String(answer.headers['apigw-requestid']),
                type: String(answer.headers['content-type']),
                said,
              }),
            reject,
          );
        },
      );
      call.on('error', reject);
      call.end(body === undefined ? undefined : sent);
    });
  }

  const Said = z.looseObject({
    type: z.string(),
    code: z.string(),
    retryable: z.boolean(),
    requestId: z.string(),
    title: z.string(),
    titleVi: z.string(),
  });
  const Batch = z.object({ items: z.array(z.object({ problem: Said.omit({ requestId: true }).optional() })) });

  // What leaves its mark on the town comes last: a dossier of which nothing more can be written never comes to rest,
  // and whoever has spent an allowance is refused from then on.
  const last: readonly string[] = ['Overtaken', 'TooManyRequests'];
  // On this machine a virus check has looked, and a batch is done, before anybody can be too early:
  // `test/lambdas/scans.test.ts` and `test/lambdas/record-events.test.ts` say these two.
  const tooFast: readonly string[] = ['ScanNotReady', 'NotReached'];
  const inTurn = problemCodes
    .filter((code) => !tooFast.includes(code))
    .toSorted((a, b) => last.indexOf(a) - last.indexOf(b));

  it.each(inTurn)(
    'every code of a problem is answered to the request on its page, and its page is there: %s',
    async (code) => {
      const asked = provoking[code];
      const { words = {}, over } = await given[asked.given ?? 'nothing']();
      try {
        const { status, requestId, type, said } = await send(asked, words);
        const body: unknown = said === '' ? undefined : JSON.parse(said);
        const nested = Batch.safeParse(body).data?.items.find(({ problem }) => problem !== undefined)?.problem;
        const problem = Said.safeParse(body).data ?? nested;
        if (problem === undefined) {
          // The gateway's own words: the client gives them the shape of all problems.
          const refusal = new ApiRefusal(
            'request',
            { status, headers: new Headers({ 'apigw-requestid': requestId }) },
            body,
          );
          expect([refusal.code, refusal.problem]).toMatchObject([
            code,
            { status, requestId, titleVi: expect.any(String) },
          ]);
        } else {
          expect(problem).toMatchObject({ code, type: `/docs/problems/${code}` });
          if (nested === undefined) {
            expect([status, type]).toEqual([problemWords[code].status, 'application/problem+json; charset=utf-8']);
            expect(problem).toMatchObject({ requestId });
          }
        }
      } finally {
        await over?.();
      }
      const page = await fetch(new URL(`/docs/problems/${code}`, town.apiUrl));
      expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
      expect(await page.text()).toContain(`<code>${code}</code>`);
    },
  );
});
