import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';

/** S3's additional checksums, named as in the headers `x-amz-checksum-<name>`. */
export const checksumAlgorithms = ['crc32', 'crc32c', 'crc64nvme', 'sha1', 'sha256'] as const;
export type ChecksumAlgorithm = (typeof checksumAlgorithms)[number];

export interface Checksum {
  readonly algorithm: ChecksumAlgorithm;
  /** Base64, as on the wire. */
  readonly value: string;
}

/** A sum over parts' sums ends in how many there were. */
export function checksumType({ value }: Checksum): 'COMPOSITE' | 'FULL_OBJECT' {
  return value.includes('-') ? 'COMPOSITE' : 'FULL_OBJECT';
}

/** Takes bytes as they come, and tells the sum in the end. */
export interface Digest {
  readonly update: (bytes: Uint8Array) => void;
  readonly digest: () => Buffer;
}

/** How many bytes a sum has: a value of another length is not a sum. */
export const checksumBytes: Readonly<Record<ChecksumAlgorithm, number>> = {
  crc32: 4,
  crc32c: 4,
  crc64nvme: 8,
  sha1: 20,
  sha256: 32,
};

/** A fresh digest. */
export function startDigest(algorithm: ChecksumAlgorithm | 'md5'): Digest {
  switch (algorithm) {
    case 'crc32':
      return crc32Digest();
    case 'crc32c':
      return reflectedCrc(4, 0, 0x82f63b78);
    case 'crc64nvme':
      return reflectedCrc(8, 0x9a6c9329, 0xac4bc9b5);
    default: {
      const hash = createHash(algorithm);
      return { update: (bytes) => void hash.update(bytes), digest: () => hash.digest() };
    }
  }
}

/** The algorithm of a header or form field `x-amz-checksum-<algorithm>`, if it is one. */
export function checksumFieldAlgorithm(name: string): ChecksumAlgorithm | undefined {
  return checksumAlgorithms.find((algorithm) => name.toLowerCase() === `x-amz-checksum-${algorithm}`);
}

function crc32Digest(): Digest {
  let crc = 0;
  return {
    update: (bytes) => {
      crc = crc32(bytes, crc);
    },
    digest: () => {
      const sum = Buffer.alloc(4);
      sum.writeUInt32BE(crc);
      return sum;
    },
  };
}

/**
 * A reflected CRC with all bits set at the start and turned over at the end, kept as two halves of 32 bits because
 * JavaScript's
 * fast integers end there. The polynomial is given reflected, as two halves; of a 32-bit CRC the high half is 0.
 */
function reflectedCrc(bytesWide: 4 | 8, polynomialHigh: number, polynomialLow: number): Digest {
  const highTable = new Uint32Array(256);
  const lowTable = new Uint32Array(256);
  for (let index = 0; index < 256; index++) {
    let high = 0;
    let low = index;
    for (let bit = 0; bit < 8; bit++) {
      const odd = low & 1;
      low = ((low >>> 1) | (high << 31)) ^ (odd === 1 ? polynomialLow : 0);
      high = (high >>> 1) ^ (odd === 1 ? polynomialHigh : 0);
    }
    highTable[index] = high;
    lowTable[index] = low;
  }
  const ones = 0xffffffff;
  let high = bytesWide === 8 ? ones : 0;
  let low = ones;
  return {
    update: (bytes) => {
      for (const byte of bytes) {
        const index = (low ^ byte) & 0xff;
        low = ((low >>> 8) | (high << 24)) ^ (lowTable[index] ?? 0);
        high = (high >>> 8) ^ (highTable[index] ?? 0);
      }
    },
    digest: () => {
      const sum = Buffer.alloc(8);
      sum.writeUInt32BE((high ^ ones) >>> 0, 0);
      sum.writeUInt32BE((low ^ ones) >>> 0, 4);
      return sum.subarray(8 - bytesWide);
    },
  };
}
