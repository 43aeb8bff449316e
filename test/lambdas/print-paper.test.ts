import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { existsSync } from 'node:fs';
import * as z from 'zod';
import { checkSlip } from '../../client/check-slip.ts';
import { svgCodes } from '../../adapters/codes.ts';
import type { Answer, Operation, Refused } from '../../contract/operation.ts';
import { paperSizes, type PaperSize } from '../../contract/paper.ts';
import type { Person } from '../../contract/register-dossier.ts';
import type { Details, EventType } from '../../domain/journey/events.ts';
import type { Dossier, Party } from '../../domain/journey/dossier.ts';
import { paperDoorOf, peopleDoorOf } from '../../domain/people/door.ts';
import { printPaper } from '../../lambdas/print-paper/print-paper.ts';
import { at, clerk, courier, monday, officer } from '../domain/journey/town.ts';
import { freshEntry, nextStep } from '../doubles/book.suite.ts';
import { memoryBook } from '../doubles/book.ts';
import { memoryLooks } from '../doubles/looks.ts';
import { memoryPrints } from '../doubles/prints.ts';
import { slipKey } from '../doubles/slip-keys.ts';
import { noOf } from './people.ts';
import { aPrinter, executablePath } from './printed.ts';

const isHere = existsSync(executablePath);
const inBrowser = isHere ? it : it.skip;
const why = isHere ? '' : ` (skipped: there is no Chromium at ${executablePath})`;

const person: Person = {
  fullName: 'Nguyễn Thị Ưởng',
  phone: '0900000001',
  address: 'Tổ Mẫu — Đặng Quỹ, thuỷ nội địa',
  identityNumber: '999999999999',
  submitter: { fullName: 'Lục Văn Thay Mặt', phone: '0900000007' },
  receiver: { fullName: 'Bàn Thị Nhận Hộ', phone: '0900000008' },
};
const documents = [
  { document: 0, form: 'original', count: 1 },
  { document: 1, form: 'original', count: 1, toReturn: true },
  { document: 1, form: 'copy', count: 2 },
] as const;
const trackingCode = '123456789012345675';
const bagCode = 'TUI-BK-0001';
const key = slipKey('A');
let requests = 0;
const itemCode = 'RA123456785VN';

/** A dossier on its way, and who prints its papers. */
async function onItsWay(steps: readonly (readonly [Party, EventType, Details])[] = toTheAgency, applicant = person) {
  const book = memoryBook();
  const log = memoryLooks();
  const entry = freshEntry({ person: applicant });
  let dossier: Dossier = { ...entry.step.dossier, trackingCode };
  await book.open({ ...entry, step: { ...entry.step, dossier } });
  for (const [by, type, details] of steps) {
    const amount = type === 'Collected' ? { amountCollected: dossier.charges.dueAtCollection } : {};
    const step = nextStep(dossier, by, type, { ...details, ...amount });
    await book.append(step);
    ({ dossier } = step);
  }
  const { dossierId } = dossier;
  const papers = printPaper({
    door: paperDoorOf(peopleDoorOf(book, book, book, { log, now: () => monday }), memoryPrints()),
    bags: { manifest: async (code) => (code === bagCode ? [dossierId, 'd-nobody'] : undefined) },
    codes: svgCodes,
    sign: key.sign,
    now: () => at('2026-05-05T09:00'),
  });
  const asked = () => ({ requestId: `request-${(requests += 1)}`, leftOut: new Map() });
  const slip = async (size: PaperSize, caller = clerk, service: 'send' | 'return' = 'send') =>
    papers.slip({ path: { dossierId }, query: { size, service } }, caller, asked());
  const label = async (size: PaperSize, caller = clerk) =>
    papers.label({ path: { dossierId }, query: { size } }, caller, asked());
  const of = async (paper: 'handover' | 'statement' | 'apology' | 'notice', size: PaperSize = 'A5') =>
    papers[paper]({ path: { dossierId }, query: { size } }, clerk, asked());
  const manifest = async (code: string, caller = clerk) =>
    papers.manifest({ path: { bagCode: code }, query: { size: 'A5' } }, caller, asked());
  return { slip, label, of, manifest, log };
}

const toTheAgency: readonly (readonly [Party, EventType, Details])[] = [
  [clerk, 'Collected', { papers: { originals: 2, copies: 2 }, documents, sealNumber: 'BK-0001' }],
  [courier, 'Dispatched', { itemCode }],
];

const atTheAgency: readonly (readonly [Party, EventType, Details])[] = [
  ...toTheAgency,
  [
    officer,
    'HandedToAgency',
    {
      papers: { originals: 2, copies: 2 },
      sealIntact: true,
      feeHandedOver: 200_000,
      resultDueAt: at('2026-03-02T17:00') + 3 * 86_400_000,
    },
  ],
];
const toTheDoor: readonly (readonly [Party, EventType, Details])[] = [
  ...atTheAgency,
  [officer, 'ResultAnnounced', {}],
  [courier, 'ResultCollected', { itemCode: 'RA473124829VN' }],
  [courier, 'OutForDelivery', {}],
  [courier, 'DeliveryFailed', { reason: 'citizen-absent', solution: 'hold' }],
  [clerk, 'Invited', { channel: 'phone' }],
];

/** The page of a yes. @throws when it was a no */
function htmlOf(answer: Answer<Operation> | Refused): string {
  if ('refusal' in answer) throw new Error(answer.refusal.name);
  return z.string().parse(answer.body);
}

// Holds ADR 0042.
describe(`papers, printed${why}`, () => {
  let printer: Awaited<ReturnType<typeof aPrinter>> | undefined;
  beforeAll(async () => {
    if (isHere) printer = await aPrinter();
  });
  afterAll(async () => printer?.close());
  const print = async (answer: Answer<Operation> | Refused) => {
    if (printer === undefined) throw new Error('there is no browser');
    return printer.print(htmlOf(answer));
  };

  const widths = { 'A5': [148, 210], 'A6': [105, 148], '80mm': [80, undefined] } as const;

  inBrowser.each(paperSizes)(
    'the slip on %s is two copies of one page each, with nothing cut off, whose words come back as they were written and whose codes are read from the picture',
    async (size) => {
      const { slip } = await onItsWay();
      // The second print has a line more.
      await slip(size);
      const { pages, source, isCutOff } = await print(await slip(size));
      const [width, height] = widths[size];
      expect(pages.map(({ widthMm }) => widthMm)).toEqual([width, width]);
      expect([isCutOff, pages.map(({ heightMm }) => heightMm)]).toEqual([
        false,
        height === undefined ? [pages[0]?.heightMm, pages[0]?.heightMm] : [height, height],
      ]);
      expect(pages.map(({ text }) => text).join(' ')).toBe(source.join(' '));
      for (const { codes, blankMm, heightMm } of pages) {
        expect(codes.map(({ format }) => format).toSorted()).toEqual(['Code128', 'QRCode']);
        expect(codes.find(({ format }) => format === 'Code128')?.text).toBe(trackingCode);
        const proof = codes.find(({ format }) => format === 'QRCode')?.text ?? '';
        expect(await checkSlip(proof, { keys: [key.published], ended: [] })).toMatchObject({
          verdict: 'genuine',
          statement: { trackingCode, service: 'send', originals: 2, copies: 2, sealNumber: 'BK-0001' },
        });
        // A roll is not fed for nothing.
        if (height === undefined) expect(blankMm / heightMm).toBeLessThan(0.2);
      }
    },
  );

  inBrowser.each(['A6', '80mm'] as const)(
    'the label on %s is one page, whose bars are read from the picture',
    async (size) => {
      const { label } = await onItsWay();
      const { pages, source, isCutOff } = await print(await label(size));
      expect([pages.length, isCutOff, pages[0]?.text]).toEqual([1, false, source.join(' ')]);
      expect(pages[0]?.codes).toEqual([{ format: 'Code128', text: itemCode }]);
    },
  );

  inBrowser.each(paperSizes)(
    'the slip of the result on %s, its label and what else goes home are pages with nothing cut off, whose words come back and whose codes are read',
    async (size) => {
      const { slip, label } = await onItsWay(toTheDoor.slice(0, -2));
      const result = await print(await slip(size, clerk, 'return'));
      expect([result.pages.length, result.isCutOff]).toEqual([2, false]);
      expect(result.pages.map(({ text }) => text).join(' ')).toBe(result.source.join(' '));
      for (const { codes } of result.pages) {
        const proof = codes.find(({ format }) => format === 'QRCode')?.text ?? '';
        expect(await checkSlip(proof, { keys: [key.published], ended: [] })).toMatchObject({
          verdict: 'genuine',
          statement: { trackingCode, service: 'return' },
        });
      }
      const home = await print(await label(size));
      expect([home.pages.length, home.isCutOff, home.pages[0]?.text]).toEqual([1, false, home.source.join(' ')]);
      expect(home.source.join(' ')).toContain('Nguyễn Thị Ưởng');
      expect(home.source.join(' ')).not.toMatch(/09000000|lý lịch|999999999999/);
      expect(home.pages[0]?.codes).toEqual([{ format: 'Code128', text: 'RA473124829VN' }]);
    },
  );

  it('the slip has every content that the law wants, with the telephones of both copies', async () => {
    const html = htmlOf(await (await onItsWay()).slip('A5'));
    for (const words of [
      'Nguyễn Thị Ưởng',
      'Đặng Quỹ, thuỷ nội địa',
      '0900000001',
      'Lục Văn Thay Mặt',
      'Bàn Thị Nhận Hộ',
      'Trung tâm Phục vụ hành chính công',
      'nhận gửi hồ sơ và chuyển trả kết quả',
      'tại quầy',
      '09:00 02/03/2026',
      'cước gửi hồ sơ 26.000 đ',
      'J + 1 ngày làm việc',
      'Quyền, nghĩa vụ',
      'ít nhất 4 lần cước',
      'trong 6 tháng',
      'Cấp Phiếu lý lịch tư pháp',
      '1 bản chính, trả lại cùng kết quả',
      '2 bản sao',
      'niêm phong số BK-0001',
      'cơ quan sẽ hẹn',
    ])
      expect([words, html.split(words).length - 1]).toEqual([words, 2]);
  });

  it('the slip is printed once: whoever prints it again has it written on both copies, and on which day', async () => {
    const { slip } = await onItsWay();
    expect(htmlOf(await slip('A5'))).not.toContain('IN LẠI');
    await slip('A6');
    expect(htmlOf(await slip('A5')).split('BẢN IN LẠI lần 2, ngày 05/05/2026')).toHaveLength(3);
  });

  it('the label of a dossier on its way to the agency names nobody and no procedure, and nobody is looked up for it', async () => {
    const { label, log } = await onItsWay();
    const html = htmlOf(await label('A6'));
    expect(log.all).toEqual([]);
    expect(html).toContain('Trung tâm Phục vụ hành chính công');
    expect(html).not.toMatch(/Nguyễn|Lục|Bàn|Đặng|lý lịch|09000000|999999999999/);
  });

  inBrowser.each([
    ['handover', 'A5'],
    ['statement', 'A6'],
    ['statement', '80mm'],
    ['notice', 'A6'],
  ] as const)('the %s on %s is one page whose words come back as they were written', async (paper, size) => {
    const { of } = await onItsWay(paper === 'notice' ? toTheDoor : toTheAgency);
    const { pages, source, isCutOff } = await print(await of(paper, size));
    expect([pages.length, isCutOff, pages[0]?.text]).toEqual([1, false, source.join(' ')]);
  });

  it('the hand-over record has the procedure, the number of the slip, what was counted and room for whether it is whole, and nobody’s name', async () => {
    const { of, manifest, log } = await onItsWay();
    for (const html of [htmlOf(await of('handover')), htmlOf(await manifest(bagCode))]) {
      expect(html).toMatch(
        /Phiếu gửi 123-456-789-012-345-675; Cấp Phiếu lý lịch tư pháp[^<]*2 bản chính, 2 bản sao; niêm phong BK-0001; đủ \[ \] thiếu \[ \]/,
      );
      expect(html).toContain('phí, lệ phí chuyển nộp 200.000 đ');
      expect(html).not.toMatch(/Nguyễn|09000000/);
    }
    expect(log.all).toEqual([]);
  });

  it('the manifest of a bag is nobody’s who has to do with nothing in it', async () => {
    const { manifest } = await onItsWay();
    expect(noOf(await manifest('TUI-BK-0002'))).toEqual({ name: 'UnknownBag' });
    expect(noOf(await manifest(bagCode, { role: 'clerk', unit: 'PO-NGANSON' }))).toEqual({ name: 'UnknownBag' });
  });

  it('the statement of charges adds up, and says what was taken', async () => {
    const html = htmlOf(await (await onItsWay()).of('statement'));
    expect(html).toContain('trả khi gửi 260.000 đ; trả khi phát 0 đ');
    expect(html).toContain('260.000 đ, 09:00 02/03/2026');
  });

  it('the apology is printed once the agency is late, and not before', async () => {
    const before = await onItsWay();
    expect(noOf(await before.of('apology'))).toEqual({ name: 'NoSuchPaper' });
    const { of } = await onItsWay(atTheAgency);
    expect(htmlOf(await of('apology'))).toContain('Mẫu 04');
  });

  it('the delivery notice says where the item waits and which invitations count, without telephone and procedure', async () => {
    const html = htmlOf(await (await onItsWay(toTheDoor)).of('notice'));
    expect(html).toContain('Mời lần 1');
    expect(html).toContain('Lưu giữ đến');
    expect(html).not.toMatch(/09000000|lý lịch|999999999999/);
    expect(noOf(await (await onItsWay()).of('notice'))).toEqual({ name: 'NoSuchPaper' });
  });

  it('no paper has the number of an identity card', async () => {
    const { slip, label } = await onItsWay();
    for (const size of paperSizes)
      expect(`${htmlOf(await slip(size))}${htmlOf(await label(size))}`).not.toContain(person.identityNumber);
  });

  it('a paper whose time has not come is refused by name, and a stranger is told of no dossier', async () => {
    const before = await onItsWay([]);
    expect([noOf(await before.slip('A5')), noOf(await before.label('A6'))]).toEqual([
      { name: 'NoSuchPaper' },
      { name: 'NoSuchPaper' },
    ]);
    const { slip } = await onItsWay();
    expect(noOf(await slip('A5', clerk, 'return'))).toEqual({ name: 'NoSuchPaper' });
    expect(noOf(await slip('A5', { role: 'clerk', unit: 'PO-NGANSON' }))).toEqual({ name: 'UnknownDossier' });
  });

  it('what somebody typed as his name is text, whatever it looks like', async () => {
    const { slip } = await onItsWay(toTheAgency, { ...person, fullName: '<script>alert(1)</script>' });
    const html = htmlOf(await slip('A5'));
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(html).not.toContain('<script');
  });
});
