import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { pathTo, rootBy, rootOf } from '../../../adapters/seals/merkle.ts';

function leavesUpTo(count: number): readonly string[] {
  return Array.from({ length: count }, (_none, n) => `leaf ${n}`);
}
function sha256(...parts: readonly (string | Buffer)[]): Buffer {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
}

describe('a tree of digests', () => {
  it('a tree of digests is the one of RFC 9162, computed here by hand for three leaves', () => {
    const [a, b, c] = leavesUpTo(3).map((leaf) => sha256(Buffer.of(0), leaf));
    if (!a || !b || !c) throw new Error('three leaves');
    const root = sha256(Buffer.of(1), sha256(Buffer.of(1), a, b), c);
    expect(rootOf(leavesUpTo(3))).toBe(root.toString('base64url'));
    expect(rootOf([])).toBe(sha256('').toString('base64url'));
  });

  it('a tree of digests proves each of its leaves at its place, with a path as long as its logarithm', () => {
    for (let count = 1; count <= 40; count += 1) {
      const leaves = leavesUpTo(count);
      for (const [index, leaf] of leaves.entries()) {
        const path = pathTo(leaves, index);
        expect(path.length).toBeLessThanOrEqual(Math.ceil(Math.log2(count)));
        expect(rootBy(leaf, index, count, path)).toBe(rootOf(leaves));
      }
    }
  });

  it('a tree of digests proves no other leaf, no other place, and nothing by a path that was cut or made longer', () => {
    const leaves = leavesUpTo(11);
    const [root, path] = [rootOf(leaves), pathTo(leaves, 6)];
    expect(rootBy('another leaf', 6, 11, path)).not.toBe(root);
    expect(rootBy('leaf 6', 7, 11, path)).not.toBe(root);
    expect(rootBy('leaf 6', 6, 11, path.slice(1))).not.toBe(root);
    expect(rootBy('leaf 6', 6, 11, [...path, root])).not.toBe(root);
    expect(rootBy('leaf 6', 6, 11, [...path.slice(0, -1), root])).not.toBe(root);
    expect(rootBy('leaf 6', 12, 11, path)).not.toBe(root);
  });
});
