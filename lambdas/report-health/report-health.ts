import type { Answer } from '../../contract/answer.ts';

/**
 * The door answers. What lies behind it is watched by alarms, so that this route costs nothing and tells strangers
 * nothing.
 */
export async function reportHealth(): Promise<Answer> {
  return { status: 200, body: { status: 'ok' } };
}
