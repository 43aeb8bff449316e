import type { Request } from '../../contract/operation.ts';
import { describe, expect, it } from '@jest/globals';
import { drawIds, fingerprint } from '../../adapters/identifiers.ts';
import { registerDossier as operation } from '../../contract/register-dossier.ts';
import type { Party } from '../../domain/journey/dossier.ts';
import { registrationsIn } from '../../domain/people/door.ts';
import { registerDossier } from '../../lambdas/register-dossier/register-dossier.ts';
import { clerk, courier, monday, officer, portal } from '../domain/journey/town.ts';
import { memoryBook } from '../doubles/book.ts';
import { actionsIn, bodyOf, dyingOnce, Killed, noOf, statusOf, type Moment } from './people.ts';

type Asked = Request<typeof operation>;

const applicant = { fullName: 'Nguyễn Thị Ví Dụ', phone: '0900000001', address: 'Tổ Mẫu, phường Đức Xuân' };
function asking(change: Record<string, unknown> = {}, idempotencyKey = 'counter-key-0001'): Asked {
  return operation.request.parse({
    idempotencyKey,
    body: {
      frontDoor: 'counter',
      procedureCode: '2.000488',
      agencyId: 'AG-PASC-BACKAN',
      communeId: 'CM-01843',
      applicant,
      ...change,
    },
  });
}

function counter(book = memoryBook()) {
  const useCase = registerDossier({ open: registrationsIn(book), now: () => monday, drawIds, fingerprint });
  return { book, ask: async (request: Asked, caller: Party = clerk) => useCase(request, caller) };
}
function idOf(body: Record<string, unknown>): string {
  return String(body['dossierId']);
}

describe('a registration', () => {
  it('a registration draws again when another dossier has the tracking code', async () => {
    const book = memoryBook();
    const [first, second] = [drawIds(), drawIds()];
    const hands = [first, { ...second, trackingCode: first.trackingCode }, second];
    const desk = registerDossier({
      open: registrationsIn(book),
      now: () => monday,
      drawIds: () => hands.shift() ?? drawIds(),
      fingerprint,
    });
    expect(bodyOf(await desk(asking(), clerk))).toMatchObject({ trackingCode: first.trackingCode });
    const again = await desk({ ...asking(), idempotencyKey: 'another-key-0001' }, clerk);
    expect(bodyOf(again)).toMatchObject({ trackingCode: second.trackingCode });
    expect(hands).toEqual([]);
  });

  it('a registration is answered with the dossier, where to find it, and what comes next', async () => {
    const { book, ask } = counter();
    const outcome = await ask(asking());
    const body = bodyOf(outcome);
    expect(outcome).toMatchObject({ status: 201, headers: { location: `/v1/dossiers/${idOf(body)}` } });
    expect(body).toMatchObject({
      place: { name: 'Registered' },
      version: 1,
      frontDoor: 'counter',
      charges: { dueAtCollection: 260_000 },
    });
    expect(actionsIn(body).map(({ event }) => event)).toEqual([
      'Cancelled',
      'Collected',
      'Scanned',
      'ContactCorrected',
      'TrackingCodeReplaced',
      'ReturnWayChanged',
      'CitizenTold',
      'ComplaintMade',
      'ComplaintAnswered',
      'LiabilityAgreed',
      'CompensationPaid',
    ]);
    expect(await book.head(idOf(body))).toMatchObject({ registeredBy: clerk });
  });

  it('a registration keeps the person apart, and tells nothing of her in its answer or in the book', async () => {
    const { book, ask } = counter();
    const body = bodyOf(await ask(asking()));
    const head = await book.head(idOf(body));
    expect(await book.person(head?.personId ?? '')).toEqual(applicant);
    expect(JSON.stringify([body, head, await book.timeline(idOf(body))])).not.toMatch(/Ví Dụ|0900000001|Tổ Mẫu/);
  });

  it('a registration keeps whoever hands in and whoever may receive with the person, where somebody was named', async () => {
    const { book, ask } = counter();
    const submitter = { fullName: 'Lục Văn Thay Mặt', phone: '0900000007' };
    const receiver = { fullName: 'Bàn Thị Nhận Hộ', phone: '0900000008' };
    for (const named of [{ submitter }, { receiver }, { submitter, receiver }]) {
      const body = bodyOf(await ask(asking(named, `key-${Object.keys(named).join('-')}`)));
      const head = await book.head(idOf(body));
      expect(await book.person(head?.personId ?? '')).toEqual({ ...applicant, ...named });
    }
  });

  it('a registration that the law refuses keeps neither dossier nor person', async () => {
    const { ask } = counter();
    expect(noOf(await ask(asking({ procedureCode: '9.999999' })))).toEqual({
      name: 'UnknownProcedure',
      code: '9.999999',
    });
    expect(noOf(await ask(asking(), courier))).toEqual({ name: 'NotYourFrontDoor', frontDoor: 'counter' });
    expect(noOf(await ask(asking({ frontDoor: 'result-only' }), { ...officer, unit: 'AG-BHXH' }))).toEqual({
      name: 'NotYourUnit',
    });
  });
});

describe('a registration that comes twice', () => {
  it('a registration that comes twice opens one dossier, and is answered with it both times', async () => {
    const { ask } = counter();
    const first = bodyOf(await ask(asking()));
    const again = await ask(asking());
    expect(statusOf(again)).toBe(200);
    expect(bodyOf(again)).toEqual(first);
  });

  it('a registration that comes twice is the same though its fields come in another order and with other spaces', async () => {
    const { ask } = counter();
    const first = bodyOf(await ask(asking()));
    const { fullName, phone, address } = applicant;
    expect(
      bodyOf(
        await ask(
          asking({
            applicant: { address: ` ${address}`, phone: '+84 900 000 001', fullName: fullName.normalize('NFD') },
          }),
        ),
      ),
    ).toEqual(first);
    expect(phone).toBe('0900000001');
  });

  it('a registration that comes twice is answered with the dossier as it is now', async () => {
    const { book, ask } = counter();
    const dossierId = idOf(bodyOf(await ask(asking())));
    const head = await book.head(dossierId);
    if (head) book.lay({ ...head, place: 'Collected', version: 2 });
    expect(bodyOf(await ask(asking()))).toMatchObject({ dossierId, place: { name: 'Collected' }, version: 2 });
  });

  it('a registration that comes twice with another person or another procedure is refused: the key was used', async () => {
    const { ask } = counter();
    await ask(asking());
    expect(noOf(await ask(asking({ applicant: { ...applicant, fullName: 'Trần Văn Thí Dụ' } })))).toEqual({
      name: 'IdempotencyKeyReused',
    });
    expect(noOf(await ask(asking({ procedureCode: '1.002809' })))).toEqual({ name: 'IdempotencyKeyReused' });
  });

  it('a registration that comes twice from another caller with the same key is another registration', async () => {
    const { ask } = counter();
    const ours = idOf(bodyOf(await ask(asking())));
    expect(idOf(bodyOf(await ask(asking(), portal)))).not.toBe(ours);
    expect(idOf(bodyOf(await ask(asking({ postOfficeId: 'PO-NARI' }), { role: 'clerk', unit: 'PO-NARI' })))).not.toBe(
      ours,
    );
  });

  it('a registration that comes twice names no key and no person where it is remembered', async () => {
    const book = memoryBook();
    const kept: unknown[] = [];
    const { ask } = counter({
      ...book,
      open: async (entry) => (kept.push(entry.key, entry.request), book.open(entry)),
    });
    await ask(asking());
    await ask(asking({}, 'counter-key-0002'));
    expect(kept.every((text) => /^[0-9a-f]{64}$/.test(String(text)))).toBe(true);
    // The same request under two keys leaves two fingerprints: nobody can try names against them.
    expect(new Set(kept).size).toBe(4);
  });
});

describe('a process that is killed while it registers', () => {
  it.each<[string, Moment]>([
    ['before anything is written', 'before'],
    ['when all is written and nobody was told', 'after'],
  ])('a process is killed %s: the request comes again, and one dossier is open', async (_when, moment) => {
    const book = memoryBook();
    const opened: string[] = [];
    const { ask } = counter({
      ...book,
      open: dyingOnce(moment, async (entry) => (opened.push(entry.step.dossier.dossierId), book.open(entry))),
    });
    await expect(ask(asking())).rejects.toThrow(Killed);
    const again = await ask(asking());
    expect(statusOf(again)).toBe(moment === 'after' ? 200 : 201);
    const kept = await Promise.all(opened.map(async (dossierId) => book.head(dossierId)));
    expect(kept.filter((head) => head !== undefined).map(({ dossierId }) => dossierId)).toEqual([idOf(bodyOf(again))]);
  });
});
