import { GetObjectCommand, paginateListObjectsV2, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { SealStore } from '../../domain/ports/seals.ts';
import type { Leaf, Seal } from '../../domain/seal.ts';
import { leafIn, lineOf, proofOf, sealFormat, sealOf } from '../seals/seal.ts';

const seals = 'seals/';
function sealKey(day: string): string {
  return `${seals}${day}.json`;
}
function leavesKey(day: string): string {
  return `leaves/${day}.txt`;
}

/**
 * Seals on S3 under object lock: a day's leaves first, then its seal, each put only where nothing stands. Whoever dies
 * in between has sealed nothing, and the next seals the leaves that stand.
 */
export function s3Seals(client: S3Client, bucket: string): SealStore {
  const seal = async (day: string): Promise<Seal | undefined> => {
    const text = await textAt(sealKey(day));
    return text === undefined ? undefined : sealFormat.parse(JSON.parse(text));
  };
  const leaves = async (day: string): Promise<readonly Leaf[]> => leavesIn((await textAt(leavesKey(day))) ?? '');
  return {
    seal,
    leaves,
    newest: async () => {
      let newest: string | undefined;
      const pages = paginateListObjectsV2({ client }, { Bucket: bucket, Prefix: seals });
      // By day, and so in the order of time: five years are two pages.
      for await (const { Contents = [] } of pages) newest = Contents.at(-1)?.Key ?? newest;
      return newest === undefined ? undefined : seal(newest.slice(seals.length, -'.json'.length));
    },
    proof: async (day, dossierId) => proofOf(day, await leaves(day), dossierId),
    keep: async (day, brought, previous) => {
      const standing = leavesIn(await putOnce(leavesKey(day), brought.map((leaf) => `${lineOf(leaf)}\n`).join('')));
      const kept = await putOnce(sealKey(day), `${JSON.stringify(sealOf(day, standing, previous), null, 2)}\n`);
      return sealFormat.parse(JSON.parse(kept));
    },
  };

  async function textAt(Key: string): Promise<string | undefined> {
    try {
      const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key }));
      return await Body?.transformToString();
    } catch (error) {
      if (error instanceof Error && error.name === 'NoSuchKey') return undefined;
      throw error;
    }
  }

  /** @returns what stands there now */
  async function putOnce(Key: string, Body: string): Promise<string> {
    try {
      await client.send(new PutObjectCommand({ Bucket: bucket, Key, Body: Buffer.from(Body), IfNoneMatch: '*' }));
      return Body;
    } catch (error) {
      if (!(error instanceof Error) || error.name !== 'PreconditionFailed') throw error;
      const standing = await textAt(Key);
      if (standing === undefined) throw new Error('what stands in the way of a seal cannot be read', { cause: error });
      return standing;
    }
  }
}

function leavesIn(text: string): readonly Leaf[] {
  return text.split('\n').slice(0, -1).map(leafIn);
}
