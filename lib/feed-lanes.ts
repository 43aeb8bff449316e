import * as z from 'zod';
import { usualLanes } from '../domain/feeds/lanes.ts';

const Lanes = z.coerce.number().int().min(1).max(64);

/**
 * How many lanes a new subscription has, from CDK's context `feedLanes`. What is there keeps its own number.
 * @throws ZodError for what is no number from 1 to 64
 */
export function feedLanesFrom(context: unknown): number {
  return context === undefined ? usualLanes : Lanes.parse(context);
}
