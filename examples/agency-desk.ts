/**
 * The desk of an agency: a bag comes in, the officer signs for all of it with one scan, but for what is missing and for
 * a broken seal; both lie where somebody has to settle them.
 *
 *   npm start                             in one terminal
 *   npm run example -- agency-desk        in another
 */
import { everybody, label, person } from './connection.ts';

const [clerk, courier, officer] = [person('clerk'), person('courier'), person('officer')];
const now = () => new Date().toISOString();
const papers = { originals: 1, copies: 1 };
const [procedure] = (await everybody.catalogue.procedures({ q: 'phieu ly lich tu phap' })).items;

// The post: three dossiers at the counter, sealed and put into a bag.
const bagCode = `TUI-BACKAN-${Date.now() % 1_000_000}`;
const dossierIds: string[] = [];
for (const fullName of ['Nguyễn Thị Ví Dụ', 'Hoàng Văn Thí Dụ', 'Lục Thị Thử']) {
  const { dossierId, charges } = await clerk.register({
    frontDoor: 'counter',
    procedureCode: procedure?.code ?? '',
    agencyId: 'AG-PASC-BACKAN',
    communeId: 'CM-01840',
    applicant: { fullName, phone: '0900 000 001', address: 'Tổ 1, phường Đức Xuân' },
  });
  await clerk.record(dossierId, {
    eventId: crypto.randomUUID(),
    type: 'Collected',
    occurredAt: now(),
    details: { papers, sealNumber: `BK-${dossierIds.length + 1}00`, amountCollected: charges.dueAtCollection },
  });
  dossierIds.push(dossierId);
}
await clerk.recordBag({
  bagCode,
  eventId: crypto.randomUUID(),
  type: 'Dispatched',
  occurredAt: now(),
  items: dossierIds.map((dossierId) => ({ dossierId, details: { itemCode: label() } })),
});
await courier.recordBag({
  bagCode,
  eventId: crypto.randomUUID(),
  type: 'HandoverOffered',
  occurredAt: now(),
  whole: true,
});
console.log(`${bagCode} with ${dossierIds.length} dossiers is offered to the agency.`);

// The agency: one scan for the bag, and a line for each that is not as its slip says.
const [missing = '', torn = ''] = dossierIds;
const { items } = await officer.recordBag({
  bagCode,
  eventId: crypto.randomUUID(),
  type: 'HandedToAgency',
  occurredAt: now(),
  whole: true,
  details: { resultDueAt: new Date(Date.now() + 14 * 86_400_000).toISOString() },
  items: [
    { dossierId: missing, type: 'HandoverDisputed', details: { reason: 'not-found-in-bag' } },
    { dossierId: torn, details: { sealIntact: false } },
  ],
});
for (const { dossierId, recorded, problem } of items)
  console.log(`${dossierId}: ${recorded?.outcome ?? problem?.detailVi}, ${recorded?.place.vi ?? 'nowhere'}`);

// What the desk sees afterwards.
const desk = await officer.list({ place: 'AtAgency', limit: '10' });
console.log(
  `On the officer’s desk: ${desk.items.filter(({ dossierId }) => dossierIds.includes(dossierId)).length} of the bag.`,
);
for (const [who, api] of [
  ['post', clerk],
  ['agency', officer],
] as const) {
  const { items: open } = await api.list({ matter: 'dispute' });
  for (const { dossierId, matter, due } of open.filter((line) => dossierIds.includes(line.dossierId)))
    console.log(`The ${who} has to settle ${dossierId}: ${matter?.vi}, by ${due?.local}.`);
}
const { breaks } = await officer.custody(torn);
console.log(
  `Custody of ${torn}: ${breaks.map(({ kind, owner }) => `${kind}, ${owner} mends it`).join('; ') || 'whole'}.`,
);
