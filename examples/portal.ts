/**
 * A portal's first afternoon: opens a dossier for a citizen, sees that the second click opened nothing new, and tracks
 * it.
 *
 *   npm start                                                    in one terminal
 *   npm run example -- $(npm run --silent token -- portal)       in another
 *
 * Against the deployed API: API_URL=https://… and a token of your client.
 */
import { ApiRefusal } from '../client/call.ts';
import { apiClient } from '../client/api-client.ts';

const apiUrl = process.env['API_URL'] ?? 'http://127.0.0.1:3000';
const token = process.argv[2] ?? '';
const portal = apiClient({ apiUrl, token: () => Promise.resolve(token) });

/** Your own order number: the same key opens one dossier, however often it is sent. */
const key = `order-${Date.now()}`;
const registration = {
  frontDoor: 'pickup',
  procedureCode: '2.000488',
  agencyId: 'AG-PASC-BACKAN',
  communeId: 'CM-01840',
  applicant: { fullName: 'Nguyễn Thị Ví Dụ', phone: '0900 000 001', address: 'Tổ 1, phường Đức Xuân' },
} as const;

try {
  const dossier = await portal.register(registration, key);
  console.log(`Opened ${dossier.dossierId}; the citizen tracks ${dossier.trackingCode}.`);
  console.log(
    `Due at the door: ${dossier.charges.dueAtCollection} đồng. Next: ${dossier.allowedActions.map(({ en }) => en).join(', ')}.`,
  );
  const again = await portal.register(registration, key);
  console.log(`Sent twice, opened once: ${String(again.dossierId === dossier.dossierId)}.`);
  const { place, stages } = await apiClient({ apiUrl }).track(dossier.trackingCode);
  console.log(`Everybody with the code sees: ${place.vi} (${place.en}), since ${stages.at(-1)?.atLocal ?? 'now'}.`);
} catch (error) {
  process.exitCode = 1;
  // What fetch throws where nobody answers.
  if (error instanceof TypeError) console.error(`Nobody answers at ${apiUrl}: npm start, or say where with API_URL.`);
  else if (!(error instanceof ApiRefusal)) throw error;
  else console.error(`${error.message}\n${error.problem?.detailVi ?? 'Is the token right? npm run token -- portal'}`);
}
