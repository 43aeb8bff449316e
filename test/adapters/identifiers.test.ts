import { describe, expect, it } from '@jest/globals';
import { drawIds, fingerprint, scanIdOf } from '../../adapters/identifiers.ts';
import { dossierId, eventId, scanId } from '../../contract/wire.ts';
import { isDossierId } from '../../domain/codes/dossier-id.ts';
import { parseTrackingCode } from '../../domain/codes/tracking-code.ts';

describe('the identifiers of a new dossier', () => {
  it('the identifiers of a new dossier are of their own kind each, fit for the wire, and never the same again', () => {
    const drawn = Array.from({ length: 200 }, drawIds);
    for (const ids of drawn) {
      expect(isDossierId(ids.dossierId)).toBe(true);
      expect(dossierId.safeParse(ids.dossierId).success).toBe(true);
      expect(eventId.safeParse(ids.eventId).success).toBe(true);
      expect(parseTrackingCode(ids.trackingCode)).toEqual({ ok: true, value: ids.trackingCode });
      expect(ids.personId).toMatch(/^p-[0-9a-z]{26}$/);
    }
    expect(
      new Set(
        drawn.flatMap(({ dossierId: one, personId, eventId: other, trackingCode }) => [
          one,
          personId.slice(2),
          other.slice(2),
          trackingCode,
        ]),
      ).size,
    ).toBe(800);
  });

  it('the identifiers of a scan are fit for the wire, and the same for the same kind and content of one dossier only', () => {
    const scan = { dossierId: 'd-one', kind: 'papers', sha256: 'a'.repeat(64) } as const;
    const others = [
      { ...scan, dossierId: 'd-two' },
      { ...scan, kind: 'photo' } as const,
      { ...scan, sha256: 'b'.repeat(64) },
    ];
    expect(scanIdOf(scan)).toMatch(/^s-[0-9a-z]{26}$/);
    expect(scanId.safeParse(scanIdOf(scan)).success).toBe(true);
    expect(scanIdOf({ ...scan })).toBe(scanIdOf(scan));
    expect(new Set([scan, ...others].map(scanIdOf)).size).toBe(4);
  });
});

describe('a fingerprint', () => {
  it('a fingerprint is SHA-256 of the text’s UTF-8, in hexadecimal', () => {
    expect(fingerprint('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    expect(fingerprint('Đ')).not.toBe(fingerprint('D'));
  });
});
