import { afterAll, beforeAll } from '@jest/globals';
import { bootTown, discard, freshDataDirectory, type Town } from './town.ts';

/**
 * A town for the tests of a block: booted before them, ended and its data thrown away after them.
 * @param ready is handed the town as soon as it stands, before the first test
 * @param context handed to the CDK, for a deployment that is not the usual one
 */
export function aTown(ready: (town: Town) => void | Promise<void>, context: readonly string[] = []): void {
  const dataDir = freshDataDirectory();
  let town: Town | undefined;
  beforeAll(async () => {
    town = await bootTown(dataDir, context);
    await ready(town);
  });
  afterAll(async () => {
    await town?.close();
    discard(dataDir);
  });
}
