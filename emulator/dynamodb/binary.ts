import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** This machine has no DynamoDB of ours; the message says what to do instead. */
export class NoDynamoDbForThisMachine extends Error {
  override readonly name = 'NoDynamoDbForThisMachine';
}

/**
 * Where the dynoxide program for this machine lies.
 * @throws NoDynamoDbForThisMachine when its optional package is not installed, which is so on every platform it is not
 * built for
 */
export function dynoxideBinary(platform: string = process.platform, arch: string = process.arch): string {
  const packageName = `@dynoxide/${platform}-${arch}`;
  try {
    const manifest = createRequire(import.meta.url).resolve(`${packageName}/package.json`);
    return join(dirname(manifest), 'dynoxide');
  } catch (cause) {
    throw new NoDynamoDbForThisMachine(
      `There is no DynamoDB for this machine: the package ${packageName} is not installed. ` +
        'Start a DynamoDB of your own (DynamoDB Local will do) and name it, for example DYNAMODB_ENDPOINT=http://127.0.0.1:8000.',
      { cause },
    );
  }
}
