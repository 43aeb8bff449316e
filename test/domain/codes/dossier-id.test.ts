import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { dossierIdFrom, executionName, isDossierId } from '../../../domain/codes/dossier-id.ts';

const sixteen = fc.uint8Array({ minLength: 16, maxLength: 16 });

describe('a dossier id', () => {
  it('a dossier id spells the bytes in Crockford base 32', () => {
    expect(dossierIdFrom(new Uint8Array(16))).toBe('d-00000000000000000000000000');
    expect(dossierIdFrom(new Uint8Array(16).fill(255))).toBe('d-7zzzzzzzzzzzzzzzzzzzzzzzzz');
    expect(dossierIdFrom(Uint8Array.from({ length: 16 }, (_, place) => (place === 15 ? 32 : 0)))).toBe(
      'd-00000000000000000000000010',
    );
  });

  it('a dossier id is short ASCII, fit for keys, URLs and logs', () => {
    fc.assert(
      fc.property(sixteen, (bytes) => {
        const id = dossierIdFrom(bytes);
        expect(id).toMatch(/^d-[0-9a-z]{26}$/);
        expect(isDossierId(id)).toBe(true);
      }),
    );
  });

  it('a dossier id is another one for other bytes', () => {
    fc.assert(
      fc.property(
        sixteen,
        sixteen,
        (one, other) => (dossierIdFrom(one) === dossierIdFrom(other)) === (String(one) === String(other)),
      ),
    );
  });

  it.each([
    '',
    'd-',
    'd-0000000000000000000000000',
    'd-000000000000000000000000000',
    'd-80000000000000000000000000',
    'd-0000000000000000000000000l',
    'D-00000000000000000000000000',
    'd-00000000000000000000000000\n',
    '../../etc/passwd',
  ])('a dossier id is not %j', (text) => {
    expect(isDossierId(text)).toBe(false);
  });

  it('a dossier id is not made from fewer bytes', () => {
    expect(() => dossierIdFrom(new Uint8Array(15))).toThrow(RangeError);
  });
});

describe('the name of an execution', () => {
  it('the name of an execution is the dossier and its generation', () => {
    expect(executionName('d-00000000000000000000000010', 2)).toBe('d-00000000000000000000000010-2');
  });

  it('the name of an execution stays within the 80 ASCII characters that Step Functions takes, in any generation', () => {
    fc.assert(
      fc.property(sixteen, fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }), (bytes, generation) => {
        expect(executionName(dossierIdFrom(bytes), generation)).toMatch(/^[\w-]{1,80}$/);
      }),
    );
  });

  it.each([0, -1, 1.5])('the name of an execution has no generation %s', (generation) => {
    expect(() => executionName('d-00000000000000000000000010', generation)).toThrow(RangeError);
  });
});
