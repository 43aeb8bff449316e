import { describe, expect, it } from '@jest/globals';
import { scansByContent } from '../../domain/evidence.ts';
import type { Scan } from '../../domain/scans.ts';

describe('the scan of a content', () => {
  it('the scan of a content that came as several kinds is the one that can be read, whatever the order', () => {
    const scan = (scanId: string, status: Scan['status']): Scan => ({
      scanId,
      dossierId: 'd-1',
      kind: 'photo',
      contentType: 'image/jpeg',
      size: 1,
      sha256: 'a'.repeat(64),
      status,
      requestedAt: 0,
    });
    const scans = [scan('s-refused', 'refused'), scan('s-verified', 'verified'), scan('s-awaited', 'awaited')];
    for (const all of [scans, scans.toReversed()])
      expect(scansByContent(all).get('a'.repeat(64))?.scanId).toBe('s-verified');
  });
});
