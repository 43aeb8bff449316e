import { describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { aTown } from './a-town.ts';
import type { Town } from './town.ts';

const run = promisify(execFile);
const program = fileURLToPath(new URL('../../local/example-command.ts', import.meta.url));

let town: Town;
aTown((booted) => {
  town = booted;
});

/** What an example prints, as `npm run example -- NAME` runs it. */
async function printed(name: string): Promise<string> {
  const [port, awsPort] = [town.apiUrl, town.awsUrl].map((url) => new URL(url).port);
  const { stdout } = await run(process.execPath, [program, name, '--port', `${port}`, '--aws-port', `${awsPort}`]);
  return stdout;
}

describe('the examples', () => {
  it('a portal registers through three doors, each once, uploads a photograph, and follows', async () => {
    const said = await printed('portal');
    expect(said).toContain('Xã Nông Thượng is phường Bắc Kạn now.');
    for (const door of ['counter', 'pickup', 'result-only'])
      expect(said).toMatch(new RegExp(`^${door}: d-.*sent twice, opened once\\.$`, 'm'));
    expect(said).toMatch(/^The photograph s-\w+ is verified\.$/m);
    expect(said.match(/Đã đăng ký since/g)).toHaveLength(3);
    expect(said).toContain('Refused with 422 UnknownProcedure: Mã thủ tục không có trong danh mục.');
  });

  it('a courier’s telephone loses no answer twice, and shows what was disputed, parked and refused', async () => {
    const said = await printed('courier-phone');
    expect(said.split('\n').slice(1, -1)).toEqual([
      'The signal went before the answer came: everything stays in the queue.',
      'PickupAgreed: stored (they had it already)',
      'Collected: disputed (they had it already)',
      expect.stringMatching(/^OutForDelivery: parked, waits for: .+ \(they had it already\)$/),
      expect.stringMatching(/^Dispatched: refused, UnknownDossier/),
      'Left in the queue: 0.',
    ]);
  });

  it('an agency signs for a bag but for what is missing and torn, and sees who has to settle it', async () => {
    const said = await printed('agency-desk');
    expect(said.match(/: (stored|disputed), .+$/gm)?.map((line) => line.slice(2))).toEqual([
      'stored, Giao nhận có sai lệch',
      'disputed, Tại cơ quan',
      'stored, Tại cơ quan',
    ]);
    expect(said).toContain('On the officer’s desk: 2 of the bag.');
    expect(said).toMatch(/The agency has to settle d-\w+: Số liệu giao nhận có sai lệch, by 17:00 /);
  });

  it('a portal that listens takes what is signed and nothing else, and fetches the same from the feed', async () => {
    const said = await printed('webhook-receiver');
    expect(said).toContain('The test call was answered with 204.');
    expect(said).toContain('A call that nobody signed was answered with 401.');
    expect(said).toMatch(/^Heard of d-\w+: dossier-post\.DossierRegistered\.$/m);
    expect(said).toMatch(/^Fetched: dossier-post\.DossierRegistered; next time from /m);
  });
});
