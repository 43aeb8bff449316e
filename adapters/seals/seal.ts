import * as z from 'zod';
import type { Leaf, Proof, Seal } from '../../domain/seal.ts';
import { digestOfJson } from '../dynamodb/chain.ts';
import { pathTo, rootBy, rootOf } from './merkle.ts';

export const sealFormat = z.strictObject({
  day: z.iso.date(),
  dossiers: z.int().min(0),
  root: z.string(),
  previous: z.string().exactOptional(),
  digest: z.string(),
});

const leafFormat = z.strictObject({ dossierId: z.string(), number: z.int().min(1), digest: z.string() });

export const proofFormat = z.strictObject({
  day: z.iso.date(),
  leaf: leafFormat,
  index: z.int().min(0),
  path: z.array(z.string()).readonly(),
});

/** A leaf as it is hashed, and as it stands on a line beside its day's seal. */
export function lineOf({ dossierId, number, digest }: Leaf): string {
  return `${dossierId} ${number} ${digest}`;
}
/** @throws ZodError for what is no such line */
export function leafIn(line: string): Leaf {
  const [dossierId, number, digest] = line.split(' ');
  return leafFormat.parse({ dossierId, number: Number(number), digest });
}

/** Seals a day. @param leaves in the order of their dossiers' ids */
export function sealOf(day: string, leaves: readonly Leaf[], previous: Seal | undefined): Seal {
  const seal = {
    day,
    dossiers: leaves.length,
    root: rootOf(leaves.map(lineOf)),
    ...(previous === undefined ? {} : { previous: previous.digest }),
  };
  return { ...seal, digest: digestOfJson(seal) };
}

/** Whether a seal bears its own digest. */
export function isWhole({ digest, ...seal }: Seal): boolean {
  return digestOfJson(seal) === digest;
}

/** That a dossier is among the leaves of a day; undefined where it is not. */
export function proofOf(day: string, leaves: readonly Leaf[], dossierId: string): Proof | undefined {
  const index = leaves.findIndex((leaf) => leaf.dossierId === dossierId);
  const leaf = leaves[index];
  return leaf && { day, leaf, index, path: pathTo(leaves.map(lineOf), index) };
}

/** Whether a proof leads to this seal. */
export function isProved({ day, leaf, index, path }: Proof, seal: Seal): boolean {
  return day === seal.day && rootBy(lineOf(leaf), index, seal.dossiers, path) === seal.root;
}
