import type { reportHealth as operation } from '../../contract/report-health.ts';
import type { Answer } from '../../contract/operation.ts';

/**
 * The door answers. What lies behind it is watched by alarms, so that this route costs nothing and tells strangers
 * nothing.
 */
export async function reportHealth(): Promise<Answer<typeof operation>> {
  return { status: 200, body: { status: 'ok' } };
}
