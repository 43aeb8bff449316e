import { describe, expect, it } from '@jest/globals';
import { startDigest } from '../../../emulator/s3/checksums.ts';

describe('a checksum', () => {
  // The check values of the CRC catalogue (https://reveng.sourceforge.io/crc-catalogue/) and of FIPS 180-4's functions
  // for the same text.
  it.each([
    ['crc32', 'cbf43926'],
    ['crc32c', 'e3069283'],
    ['crc64nvme', 'ae8b14860a799888'],
    ['sha1', 'f7c3bc1d808e04732adf679965ccc34ca7ae3441'],
    ['sha256', '15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225'],
  ] as const)('a checksum by %s of "123456789" is %s, in whatever pieces it comes', (algorithm, sum) => {
    const digest = startDigest(algorithm);
    for (const piece of ['1234', '', '56789']) digest.update(Buffer.from(piece));
    expect(digest.digest().toString('hex')).toBe(sum);
  });
});
