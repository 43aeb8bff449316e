import { KMSClient } from '@aws-sdk/client-kms';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kmsSlipKeys, kmsSlipSigner, plainSignature, SlipKeys } from '../../../adapters/kms/slip-keys.ts';
import { checkSlip } from '../../../client/check-slip.ts';
import { parseBody, readBody, sendJson } from '../../../emulator/aws-endpoint/json-protocol.ts';
import { startKms } from '../../../emulator/kms/start-kms.ts';
import { trackingCodeFrom } from '../../../domain/codes/tracking-code.ts';
import { monday } from '../../domain/journey/town.ts';

function arnOf(name: string): string {
  return `arn:aws:kms:ap-southeast-1:000000000000:key/${name}`;
}
const signing = { KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' };
const keys = SlipKeys.parse(`A 2026-11-29 ${arnOf('one')},B 2027-11-29 ${arnOf('two')}`);
const statement = {
  trackingCode: trackingCodeFrom('12345678901234567'),
  service: 'send',
  acceptedAt: monday,
  printedAt: monday,
  postOfficeId: 'PO-BACKAN',
  procedureCode: '2.000488',
  originals: 2,
  copies: 1,
  sealNumber: 'BK-0001',
  amount: 260_000,
} as const;

// Holds ADR 0042.
describe('the keys of slips, in KMS', () => {
  const directory = mkdtempSync(join(tmpdir(), 'dossier-post-kms-'));
  const started = () => {
    const kms = startKms(directory);
    for (const name of ['one', 'two']) kms.ensureKey(signing, arnOf(name));
    return kms;
  };
  const kms = started();
  const server = createServer((request, response) => {
    const [, operation = ''] = String(request.headers['x-amz-target']).split('.');
    void readBody(request)
      .then(async (bytes) => kms.handle(operation, parseBody(bytes ?? Buffer.alloc(0))?.value))
      .then((answer) => sendJson(response, answer));
  });
  let client: KMSClient;
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    client = new KMSClient({
      endpoint: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`,
      region: 'ap-southeast-1',
      credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
    });
  });
  afterAll(async () => {
    client.destroy();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    rmSync(directory, { recursive: true });
  });

  it('the keys of slips: the newest signs, and all are published, with the day on which another took over', async () => {
    const published = await kmsSlipKeys(keys, client)();
    expect(published).toMatchObject([
      { id: 'A', from: '2026-11-29', until: '2027-11-29' },
      { id: 'B', from: '2027-11-29' },
    ]);
    expect(published[1]).not.toHaveProperty('until');
    const former = await kmsSlipSigner(keys.slice(0, 1), client)(statement);
    const newest = await kmsSlipSigner(keys, client)(statement);
    for (const [text, keyId] of [
      [former, 'A'],
      [newest, 'B'],
    ] as const)
      expect(await checkSlip(text, { keys: published, ended: [] })).toMatchObject({
        verdict: 'genuine',
        statement: { keyId },
      });
  });

  it('the keys of slips are the same after a restart, and others refuse what they are not for', async () => {
    const asked = { KeyId: arnOf('one') };
    expect(await started().handle('GetPublicKey', asked)).toEqual(await kms.handle('GetPublicKey', asked));
    const failures = [
      await kms.handle('GetPublicKey', { KeyId: arnOf('none') }),
      await kms.handle('Encrypt', { KeyId: arnOf('one'), Plaintext: '' }),
      await kms.handle('Sign', { ...asked, Message: '', MessageType: 'DIGEST', SigningAlgorithm: 'ECDSA_SHA_256' }),
    ];
    expect(failures).toMatchObject([
      { status: 400, body: { __type: 'NotFoundException' } },
      { status: 400, body: { __type: 'UnknownOperationException' } },
      { status: 400, body: { __type: 'ValidationException' } },
    ]);
    expect(() => kms.ensureKey({ KeySpec: 'RSA_2048', KeyUsage: 'SIGN_VERIFY' }, arnOf('rsa'))).toThrow('RSA_2048');
    expect(() => kms.ensureKey({}, arnOf('symmetric'))).not.toThrow();
  });

  it('a signature in DER has integers of any length: short ones are filled up, and a sign is left out', () => {
    const [short, signed] = [
      [1, 2, 3],
      [0, ...Array.from({ length: 32 }, () => 0xff)],
    ];
    const der = Uint8Array.from([0x30, 0, 2, short.length, ...short, 2, signed.length, ...signed]);
    expect([...plainSignature(der)]).toEqual([...Array.from({ length: 29 }, () => 0), ...short, ...signed.slice(1)]);
  });
});
