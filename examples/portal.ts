/**
 * A province's portal: looks up what a citizen needs to know, registers through the three front doors, uploads what the
 * citizen photographed, and follows.
 *
 *   npm start                        in one terminal
 *   npm run example -- portal        in another
 */
import { readFileSync } from 'node:fs';
import { ApiRefusal } from '../client/call.ts';
import { everybody, portal } from './connection.ts';

const { catalogue } = everybody;
const api = portal();

// The citizen says where he lives by the name his commune had until 2025, and what he wants.
const [home] = (await catalogue.communes({ q: 'nong thuong' })).items;
const [procedure] = (await catalogue.procedures({ q: 'phieu ly lich tu phap' })).items;
if (home?.current !== true || procedure === undefined)
  throw new Error('the catalogue knows neither place nor procedure');
const [agency] = (await catalogue.agencies({ procedureCode: procedure.code, communeId: home.id })).items;
const [office] = (await catalogue.postOffices({ communeId: home.id })).items;
if (agency === undefined || office === undefined) throw new Error('nobody takes this procedure');
console.log(`${procedure.vi} (${procedure.code}): fee ${procedure.stateFee.value ?? 'unknown'} đồng, to ${agency.vi}.`);
console.log(
  `Xã Nông Thượng is ${home.vi} now. ${office.vi} is ${office.today.open ? 'open today' : `closed until ${office.today.opensNext}`}.`,
);

const applicant = { fullName: 'Nguyễn Thị Ví Dụ', phone: '0900 000 001', address: `Tổ 1, ${home.vi}` };
const opened = [];
for (const frontDoor of ['counter', 'pickup', 'result-only'] as const) {
  // Your own order number: the same key opens one dossier, however often it is sent.
  const key = `order-${frontDoor}-${Date.now()}`;
  const registration = { frontDoor, procedureCode: procedure.code, agencyId: agency.id, communeId: home.id, applicant };
  const dossier = await api.register(registration, key);
  const again = await api.register(registration, key);
  console.log(
    `${frontDoor}: ${dossier.dossierId}, tracked by ${dossier.trackingCode}, ${dossier.charges.dueAtCollection} đồng to collect; sent twice, opened ${again.dossierId === dossier.dossierId ? 'once' : 'TWICE'}.`,
  );
  opened.push(dossier);
}

// A photograph of the papers: asked for, uploaded to storage, checked.
const [first] = opened;
if (first !== undefined) {
  const bytes = new Uint8Array(readFileSync(new URL('../test/samples/list-of-papers.jpg', import.meta.url)));
  const scan = await api.bringScan(first.dossierId, { kind: 'photo', contentType: 'image/jpeg', bytes });
  console.log(`The photograph ${scan.scanId} is ${scan.status}.`);
}

// Following: everybody with the code sees the stage, the portal sees its dossier whole.
for (const { dossierId, trackingCode } of opened) {
  const { place, allowedActions } = await api.read(dossierId);
  const { stages } = await everybody.track(trackingCode);
  console.log(
    `${trackingCode}: ${place.vi} since ${stages.at(-1)?.atLocal ?? 'now'}; the portal may report ${allowedActions.map(({ event }) => event).join(', ') || 'nothing'}.`,
  );
}

// A mistake is told in words for the citizen, and by a code for the program.
try {
  await api.register({
    frontDoor: 'counter',
    procedureCode: '9.999999',
    agencyId: agency.id,
    communeId: home.id,
    applicant,
  });
} catch (error) {
  if (!(error instanceof ApiRefusal)) throw error;
  console.log(`Refused with ${error.status} ${error.code}: ${error.problem.detailVi}`);
}
