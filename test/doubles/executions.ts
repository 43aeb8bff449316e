import type { Executions, Position } from '../../domain/ports/executions.ts';
import type { Place } from '../../domain/journey/places.ts';

export interface MemoryExecutions extends Executions {
  /** What was asked of Step Functions, call by call. */
  readonly calls: readonly string[];
  /** The token with which an execution waits where it is; it can be used once. */
  arrive(dossierId: string): string;
  /** Where an execution went last: along the happy way, or aside to a place. */
  wentTo(taskToken: string): string | undefined;
}

/** Executions in memory: names start once, tokens lead once. */
export function memoryExecutions(): MemoryExecutions {
  const started = new Map<string, { readonly resumeAt: Place; readonly position: Position }>();
  const tokens = new Map<string, string>();
  const calls: string[] = [];
  let drawn = 0;

  const lead = async (taskToken: string, way: string): Promise<'led' | 'gone'> => {
    calls.push(`${taskToken} ${way}`);
    if (tokens.get(taskToken) !== 'waits') return 'gone';
    tokens.set(taskToken, way);
    return 'led';
  };

  return {
    calls,
    arrive: (dossierId) => {
      drawn += 1;
      const token = `token-${dossierId}-${drawn}`;
      tokens.set(token, 'waits');
      return token;
    },
    wentTo: (taskToken) => tokens.get(taskToken),

    start: async (dossierId, generation, resumeAt, position) => {
      const name = `${dossierId}-${generation}`;
      if (started.has(name)) return;
      started.set(name, { resumeAt, position });
      calls.push(`start ${name} at ${resumeAt} after ${position.followed}`);
    },
    leadOn: async (taskToken, { followed }) => lead(taskToken, `on after ${followed}`),
    leadAside: async (taskToken, to, { followed }) => lead(taskToken, `aside to ${to} after ${followed}`),
  };
}
