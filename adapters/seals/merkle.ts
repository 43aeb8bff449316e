import { createHash } from 'node:crypto';

/**
 * A tree of digests as certificates are logged with (RFC 9162, 2.1): leaves and nodes are hashed apart, so that none
 * passes for the other, and no leaf is doubled. Digests are SHA-256 in base64url.
 */
function digestOf(kind: 0 | 1, ...parts: readonly (string | Buffer)[]): Buffer {
  const hash = createHash('sha256').update(Buffer.of(kind));
  for (const part of parts) hash.update(part);
  return hash.digest();
}

/** The largest power of two below `count`. */
function split(count: number): number {
  return 2 ** Math.floor(Math.log2(count - 1));
}

function rootOver(leaves: readonly string[]): Buffer {
  const [first] = leaves;
  if (first === undefined) return createHash('sha256').digest();
  if (leaves.length === 1) return digestOf(0, first);
  const half = split(leaves.length);
  return digestOf(1, rootOver(leaves.slice(0, half)), rootOver(leaves.slice(half)));
}

/** The root over some leaves, in their order. */
export function rootOf(leaves: readonly string[]): string {
  return rootOver(leaves).toString('base64url');
}

/** The digests beside the way from a leaf to the root, the nearest first. */
export function pathTo(leaves: readonly string[], index: number): readonly string[] {
  if (leaves.length <= 1) return [];
  const half = split(leaves.length);
  return index < half
    ? [...pathTo(leaves.slice(0, half), index), rootOf(leaves.slice(half))]
    : [...pathTo(leaves.slice(half), index - half), rootOf(leaves.slice(0, half))];
}

/** The root to which a path leads from a leaf; undefined for a path of another length. */
export function rootBy(leaf: string, index: number, count: number, path: readonly string[]): string | undefined {
  return nodeBy(leaf, index, count, path)?.toString('base64url');
}

function nodeBy(leaf: string, index: number, count: number, path: readonly string[]): Buffer | undefined {
  if (count <= 1) return count === 1 && index === 0 && path.length === 0 ? digestOf(0, leaf) : undefined;
  const beside = path.at(-1);
  if (beside === undefined) return undefined;
  const half = split(count);
  const isLeft = index < half;
  const below = nodeBy(leaf, isLeft ? index : index - half, isLeft ? half : count - half, path.slice(0, -1));
  if (below === undefined) return undefined;
  const other = Buffer.from(beside, 'base64url');
  return isLeft ? digestOf(1, below, other) : digestOf(1, other, below);
}
