import type { SQLOutputValue } from 'node:sqlite';
import { isBusy, wakeAt, type Phase, type Branch } from './run.ts';
import { withBranches, type Store } from './store.ts';

/** Where one execution stands: what a list shows of it, without its data. */
export interface ExecutionSummary {
  /** Rises with every execution that is started: the place in the list. */
  readonly id: number;
  readonly arn: string;
  readonly name: string;
  readonly status: string;
  /** Epoch milliseconds, here and below. */
  readonly startedAt: number;
  readonly stoppedAt?: number;
  readonly redriveCount: number;
  /** The states it is in; of one that is over, the state that it entered last. */
  readonly at: readonly Position[];
  /** When the clock alone makes something happen to it. */
  readonly nextDue?: number;
}

/** One state in which an execution is. */
export interface Position {
  readonly state: string;
  /** When it was entered; absent for an execution that is over. */
  readonly since?: number;
  /** What it waits for: a callback, a Wait, the delay of a retry, or nothing, because it is at work. */
  readonly waitsFor?: 'callback' | 'time' | 'retry';
  readonly nextDue?: number;
}

export interface ExecutionSummariesQuery {
  readonly machineArn: string;
  readonly status?: string | undefined;
  /** Part of the name, in any case, or a whole ARN. */
  readonly name?: string | undefined;
  /** Only executions started before (`older`) or after (`newer`) the one with this id. */
  readonly from?: { readonly id: number; readonly go: 'older' | 'newer' } | undefined;
  readonly limit: number;
}

/** Reads for people who look on: each answer costs one query, however many executions there are. */
export interface ExecutionSummaries {
  /** Newest first. */
  page(query: ExecutionSummariesQuery): ExecutionSummary[];
  one(arn: string): ExecutionSummary | undefined;
  /** How many executions a state machine has in each status. */
  counts(machineArn: string): ReadonlyMap<string, number>;
  /** How many executions the clock alone moves until `instant`, epoch milliseconds. */
  dueBy(instant: number): number;
}

const columns = `e.id, e.arn, e.name, e.status, e.started_at, e.stopped_at, e.redrive_count, r.state AS run,
  (SELECT min(due) FROM timer WHERE execution = e.id) AS due,
  CASE WHEN e.status = 'RUNNING' THEN NULL ELSE
    (SELECT details FROM event WHERE execution = e.id AND type LIKE '%StateEntered' ORDER BY id DESC LIMIT 1) END AS entered`;
const fromRuns = 'FROM execution e LEFT JOIN run r ON r.execution = e.id AND r.open = 1';

export function summariesIn(store: Store): ExecutionSummaries {
  return {
    page({ machineArn, status, name, from, limit }) {
      const newer = from?.go === 'newer';
      const named = nameCondition(name);
      const conditions = [
        'e.machine_arn = ?',
        ...(status === undefined ? [] : ['e.status = ?']),
        ...named.conditions,
        ...(from ? [`e.id ${newer ? '>' : '<'} ?`] : []),
      ];
      const values = [
        machineArn,
        ...(status === undefined ? [] : [status]),
        ...named.values,
        ...(from ? [from.id] : []),
        limit,
      ];
      const rows = store
        .select(
          `SELECT ${columns} ${fromRuns} WHERE ${conditions.join(' AND ')} ORDER BY e.id ${newer ? 'ASC' : 'DESC'} LIMIT ?`,
          ...values,
        )
        .map(summary);
      return newer ? rows.toReversed() : rows;
    },
    one(arn) {
      return store.select(`SELECT ${columns} ${fromRuns} WHERE e.arn = ?`, arn).map(summary)[0];
    },
    dueBy(instant) {
      return Number(
        store.select('SELECT count(DISTINCT execution) AS number FROM timer WHERE due <= ?', instant)[0]?.['number'] ??
          0,
      );
    },
    counts(machineArn) {
      const rows = store.select(
        'SELECT status, count(*) AS number FROM execution WHERE machine_arn = ? GROUP BY status',
        machineArn,
      );
      return new Map(rows.map((row) => [String(row['status']), Number(row['number'])]));
    },
  };
}

function nameCondition(name: string | undefined): { conditions: string[]; values: string[] } {
  if (name === undefined || name === '') return { conditions: [], values: [] };
  if (name.startsWith('arn:')) return { conditions: ['e.arn = ?'], values: [name] };
  return { conditions: ['instr(lower(e.name), lower(?)) > 0'], values: [name] };
}

function summary(row: Record<string, SQLOutputValue>): ExecutionSummary {
  return {
    id: Number(row['id']),
    arn: String(row['arn']),
    name: String(row['name']),
    status: String(row['status']),
    startedAt: Number(row['started_at']),
    ...(row['stopped_at'] === null ? {} : { stoppedAt: Number(row['stopped_at']) }),
    redriveCount: Number(row['redrive_count']),
    at: typeof row['run'] === 'string' ? positions(row['run']) : lastState(row['entered']),
    ...(row['due'] === null ? {} : { nextDue: Number(row['due']) }),
  };
}

function lastState(details: SQLOutputValue | undefined): Position[] {
  const read: unknown = typeof details === 'string' ? JSON.parse(details) : undefined;
  return typeof read === 'object' && read !== null && 'name' in read && typeof read.name === 'string'
    ? [{ state: read.name }]
    : [];
}

/** The states of a live part, without the Parallel and Map states that only wait for what they hold. */
function positions(run: string): Position[] {
  return branchesIn(withBranches(JSON.parse(run))).flatMap((branch) => {
    const { phase } = branch;
    if (phase.kind === 'failed' || phase.kind === 'aborted' || ('children' in phase && phase.children.length > 0))
      return [];
    const nextDue = wakeAt(branch);
    const waitsFor = isBusy(branch) ? undefined : waitedFor(phase);
    return [
      {
        state: branch.at,
        since: branch.enteredAt,
        ...(waitsFor === undefined ? {} : { waitsFor }),
        ...(nextDue === undefined ? {} : { nextDue }),
      },
    ];
  });
}

function waitedFor({ kind }: Phase): Position['waitsFor'] {
  if (kind === 'task') return 'callback';
  if (kind === 'waiting') return 'time';
  return kind === 'retrying' ? 'retry' : undefined;
}

function branchesIn(run: unknown): Branch[] {
  if (
    typeof run !== 'object' ||
    run === null ||
    !('branches' in run) ||
    typeof run.branches !== 'object' ||
    run.branches === null
  )
    return [];
  return Object.values(run.branches).filter(isBranch);
}

/** Written by the engine and nobody else: one look tells whether it is what was written. */
function isBranch(value: unknown): value is Branch {
  return typeof value === 'object' && value !== null && 'phase' in value && 'enteredAt' in value;
}
