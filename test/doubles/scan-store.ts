import { createHash } from 'node:crypto';
import type { Quarantined, ScanLinks, ScanStore } from '../../domain/ports/scan-store.ts';
import type { Scan } from '../../domain/scans.ts';

export interface MemoryScanStore extends ScanStore, ScanLinks {
  /** Whoever holds the form uploads; every upload is a version of its own. */
  upload(scan: Scan, bytes: Uint8Array): Promise<void>;
  /** What lies out of quarantine. */
  verified(scan: Scan): Promise<Uint8Array | undefined>;
  /** The pictures that are kept of its pages. */
  pictures(scan: Scan): Promise<readonly Uint8Array[]>;
  preview(scan: Scan): Promise<Uint8Array | undefined>;
}

/** Files in memory. Passes the same suite as the real store. */
export function memoryScanStore(now: () => number): MemoryScanStore {
  const versions = new Map<string, readonly Uint8Array[]>();
  const verified = new Map<string, Uint8Array>();
  const shownAs = new Map<string, readonly Uint8Array[]>();
  const previews = new Map<string, Uint8Array>();
  const versionsOf = ({ scanId }: Scan): readonly Uint8Array[] => versions.get(scanId) ?? [];

  return {
    upload: async (scan, bytes) => void versions.set(scan.scanId, [...versionsOf(scan), bytes]),
    verified: async ({ scanId }) => verified.get(scanId),
    pictures: async ({ scanId }) => shownAs.get(scanId) ?? [],
    preview: async ({ scanId }) => previews.get(scanId),

    invite: async ({ scanId }) => ({
      url: 'https://scans.example.vn/',
      fields: { key: `quarantine/${scanId}` },
      expiresAt: now() + 900_000,
    }),
    quarantined: async (scan): Promise<Quarantined | undefined> => {
      const bytes = versionsOf(scan).at(-1);
      return (
        bytes && {
          bytes,
          sha256: createHash('sha256').update(bytes).digest('hex'),
          version: String(versionsOf(scan).length),
        }
      );
    },
    release: async (scan, { version }) => {
      const bytes = versionsOf(scan)[Number(version) - 1];
      if (!bytes) throw new Error('no such version lies in quarantine');
      verified.set(scan.scanId, bytes);
    },
    keepPictures: async ({ scanId }, { preview, pictures }) => {
      previews.set(scanId, preview);
      shownAs.set(scanId, pictures);
    },
    previewLink: async ({ scanId }) => ({
      url: `https://scans.example.vn/verified/${scanId}-preview?signed`,
      expiresAt: now() + 300_000,
    }),
    pictureLinks: async ({ scanId }, count) =>
      Array.from({ length: count }, (_none, index) => ({
        url: `https://scans.example.vn/verified/${scanId}-page-${index + 1}?signed`,
        expiresAt: now() + 300_000,
      })),
    discard: async ({ scanId }) => void versions.delete(scanId),
    link: async ({ scanId }) => ({
      url: `https://scans.example.vn/verified/${scanId}?signed`,
      expiresAt: now() + 300_000,
    }),
  };
}
