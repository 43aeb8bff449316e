import type { Executions, Position, ExecutionStatus } from '../../domain/ports/executions.ts';

export interface MemoryExecutions extends Executions {
  /** What was asked of Step Functions, call by call; looking is not counted. */
  readonly calls: readonly string[];
  /** The token with which a generation's execution waits where it is; it can be used once. */
  arrive(dossierId: string, generation?: number): string;
  /** Where an execution went last: along the happy way, aside to a place, or to its end. */
  wentTo(taskToken: string): string | undefined;
  /** The execution is over, whatever it waits for. */
  stop(dossierId: string, generation: number): void;
  /** An execution that somebody else has started. */
  lay(dossierId: string, generation: number, status: ExecutionStatus): void;
}

/** Executions in memory: names start once, tokens lead once. */
export function memoryExecutions(now: () => number = () => 0): MemoryExecutions {
  const statuses = new Map<string, ExecutionStatus>();
  const tokens = new Map<string, { readonly name: string; way: string }>();
  const calls: string[] = [];
  let drawn = 0;
  const nameOf = (dossierId: string, generation: number): string => `${dossierId}-${generation}`;

  const lead = (taskToken: string, way: string): 'led' | 'gone' => {
    calls.push(`${taskToken} ${way}`);
    const token = tokens.get(taskToken);
    if (token?.way !== 'waits' || statuses.get(token.name)?.isRunning === false) return 'gone';
    token.way = way;
    return 'led';
  };
  const told = ({ followed, dueAt }: Position): string =>
    dueAt === undefined ? `after ${followed}` : `after ${followed} until ${dueAt}`;
  const stop = (name: string): void => {
    const status = statuses.get(name);
    if (status) statuses.set(name, { ...status, isRunning: false });
  };

  return {
    calls,
    arrive: (dossierId, generation = 1) => {
      drawn += 1;
      const token = `token-${nameOf(dossierId, generation)}-${drawn}`;
      tokens.set(token, { name: nameOf(dossierId, generation), way: 'waits' });
      return token;
    },
    wentTo: (taskToken) => tokens.get(taskToken)?.way,
    stop: (dossierId, generation) => stop(nameOf(dossierId, generation)),
    lay: (dossierId, generation, status) => void statuses.set(nameOf(dossierId, generation), status),

    start: async (dossierId, generation, resumeAt, position) => {
      const name = nameOf(dossierId, generation);
      if (statuses.has(name)) return 'exists';
      statuses.set(name, { isRunning: true, startedAt: now() });
      calls.push(`start ${name} at ${resumeAt} ${told(position)}`);
      return 'started';
    },
    leadOn: async (taskToken, position) => lead(taskToken, `on ${told(position)}`),
    leadAside: async (taskToken, to, position) => lead(taskToken, `aside to ${to} ${told(position)}`),
    status: async (dossierId, generation) => statuses.get(nameOf(dossierId, generation)),
    end: async (dossierId, generation, taskToken) => {
      if (taskToken === undefined || lead(taskToken, 'to its end') === 'gone') calls.push(`stop ${generation}`);
      stop(nameOf(dossierId, generation));
    },
  };
}
