import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { apiClient } from '../../client/api-client.ts';
import { startSystem, type System } from '../system.ts';
import { synthesize } from '../synthesize.ts';
import type { World } from './traveller.ts';

const project = fileURLToPath(new URL('../..', import.meta.url));

export type ThrowAwayCloud = World & Pick<System, 'awsUrl' | 'accessKey'>;

/**
 * Boots a whole system on free ports over a fresh directory, and removes both when `use` is done, however it ends.
 * @param onBuild told when the template has to be synthesized first, which takes some seconds
 */
export async function withThrowAwayCloud<T>(
  onBuild: () => void,
  use: (world: ThrowAwayCloud) => Promise<T>,
): Promise<T> {
  const assembly = await synthesize(project, onBuild);
  const dataDir = mkdtempSync(join(tmpdir(), 'dossier-post-demo-'));
  // Ctrl-C leaves nothing behind either.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));
  process.once('exit', () => rmSync(dataDir, { recursive: true, force: true }));
  try {
    const cloud = await startSystem({ assembly, dataDir, apiPort: 0, awsPort: 0 });
    try {
      return await use({
        awsUrl: cloud.awsUrl,
        accessKey: cloud.accessKey,
        clock: cloud.clock,
        settled: cloud.settled,
        as: (speaker) => apiClient({ apiUrl: cloud.apiUrl, token: async () => cloud.mint(speaker) }),
      });
    } finally {
      await cloud.close();
    }
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}
