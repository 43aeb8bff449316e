import { randomBytes } from 'node:crypto';
import { DatabaseSync, type SQLOutputValue } from 'node:sqlite';
import { parseJson, isObject, type Json } from './json.ts';
import { StatusChange } from './status-changes.ts';
import { executionTimer, isBusy, wakeAt, type HistoryEvent, type Run } from './run.ts';
import type { Ending } from './transaction.ts';

/**
 * Everything that survives: one SQLite file. An execution costs one row, its live part one row while it is open, and
 * one
 * row an event. What the engine looks for (timers that are due, executions that were at work when the process died) has
 * an
 * index, so that no open execution is in memory and a start reads none of those that wait.
 */
const schema = `
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS definition (id INTEGER PRIMARY KEY, text TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS machine (
  arn TEXT PRIMARY KEY, name TEXT NOT NULL, definition INTEGER NOT NULL REFERENCES definition (id), role_arn TEXT NOT NULL,
  description TEXT, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, revision TEXT NOT NULL, deleting INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS execution (
  id INTEGER PRIMARY KEY, arn TEXT NOT NULL UNIQUE, machine_arn TEXT NOT NULL, name TEXT NOT NULL,
  definition INTEGER NOT NULL REFERENCES definition (id), role_arn TEXT NOT NULL, status TEXT NOT NULL,
  input TEXT NOT NULL, output TEXT, error TEXT, cause TEXT,
  started_at INTEGER NOT NULL, stopped_at INTEGER, redrive_count INTEGER NOT NULL DEFAULT 0, redriven_at INTEGER
);
CREATE INDEX IF NOT EXISTS execution_by_status ON execution (machine_arn, status, id);
CREATE INDEX IF NOT EXISTS execution_by_machine ON execution (machine_arn, id);
CREATE TABLE IF NOT EXISTS run (execution INTEGER PRIMARY KEY, open INTEGER NOT NULL, busy INTEGER NOT NULL, state TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS run_busy ON run (execution) WHERE busy = 1;
CREATE TABLE IF NOT EXISTS event (
  execution INTEGER NOT NULL, id INTEGER NOT NULL, previous INTEGER NOT NULL, at INTEGER NOT NULL, type TEXT NOT NULL, details TEXT,
  PRIMARY KEY (execution, id)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS timer (
  execution INTEGER NOT NULL, branch INTEGER NOT NULL, due INTEGER NOT NULL, PRIMARY KEY (execution, branch)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS timer_by_due ON timer (due);
CREATE TABLE IF NOT EXISTS notice (id INTEGER PRIMARY KEY AUTOINCREMENT, status_change TEXT NOT NULL);
`;

export interface MachineRow {
  readonly arn: string;
  readonly name: string;
  readonly definition: number;
  readonly roleArn: string;
  readonly description?: string;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly revision: string;
  readonly deleting: boolean;
}

export interface ExecutionRow {
  readonly id: number;
  readonly arn: string;
  readonly machineArn: string;
  readonly name: string;
  readonly definition: number;
  readonly roleArn: string;
  readonly status: string;
  readonly input: string;
  readonly output?: string;
  readonly error?: string;
  readonly cause?: string;
  readonly startedAt: number;
  readonly stoppedAt?: number;
  readonly redriveCount: number;
  readonly redrivenAt?: number;
}

/** When an execution's branch has to be woken. */
export interface DueTimer {
  readonly execution: number;
  readonly branch: number;
  readonly due: number;
}

type Row = Record<string, SQLOutputValue>;

export class Store {
  readonly #db: DatabaseSync;
  readonly #statements = new Map<string, ReturnType<DatabaseSync['prepare']>>();
  #lastExecution: number;
  #lastDefinition: number;
  /** Signs the task tokens; made once for a file. */
  readonly secret: Buffer;

  /** @param file path of the database, or ':memory:' */
  constructor(file: string) {
    this.#db = new DatabaseSync(file);
    this.#db.exec(
      'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -32000; PRAGMA wal_autocheckpoint = 4000;',
    );
    this.#renameColumn();
    this.#db.exec(schema);
    this.#lastExecution = this.#highest('execution');
    this.#lastDefinition = this.#highest('definition');
    this.secret = this.#secret();
  }

  /** Runs `write` as one transaction: all of it is durable when this returns, or nothing of it. */
  transaction(write: () => void): void {
    this.#db.exec('BEGIN IMMEDIATE');
    try {
      write();
      this.#db.exec('COMMIT');
    } catch (error) {
      // A full disk has ended the transaction already, and another failure would hide it.
      if (this.#db.isTransaction) this.#db.exec('ROLLBACK');
      throw error;
    }
  }

  close(): void {
    this.#statements.clear();
    this.#db.close();
  }

  /** Ids are given before the row is written, so that a transaction can be prepared outside the transaction. */
  nextExecutionId(): number {
    this.#lastExecution += 1;
    return this.#lastExecution;
  }

  // definitions and machines

  addDefinition(definition: string): number {
    this.#lastDefinition += 1;
    this.#run('INSERT INTO definition (id, text) VALUES (?, ?)', this.#lastDefinition, definition);
    return this.#lastDefinition;
  }

  definition(id: number): string {
    return text(this.#get('SELECT text FROM definition WHERE id = ?', id)?.['text']);
  }

  saveMachine(machine: MachineRow): void {
    this.#run(
      'INSERT OR REPLACE INTO machine (arn, name, definition, role_arn, description, created_at, updated_at, revision, deleting) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
      machine.arn,
      machine.name,
      machine.definition,
      machine.roleArn,
      machine.description ?? null,
      machine.createdAt,
      machine.updatedAt,
      machine.revision,
      machine.deleting ? 1 : 0,
    );
  }

  machine(arn: string): MachineRow | undefined {
    const row = this.#get('SELECT * FROM machine WHERE arn = ?', arn);
    return row && machineRow(row);
  }

  machines(after: string, limit: number): MachineRow[] {
    return this.#all('SELECT * FROM machine WHERE arn > ? ORDER BY arn LIMIT ?', after, limit).map(machineRow);
  }

  removeMachine(arn: string): void {
    this.#run('DELETE FROM machine WHERE arn = ?', arn);
  }

  hasOpenExecutions(machineArn: string): boolean {
    return (
      this.#get("SELECT 1 FROM execution WHERE machine_arn = ? AND status = 'RUNNING' LIMIT 1", machineArn) !==
      undefined
    );
  }

  // executions

  addExecution(execution: ExecutionRow): void {
    this.#run(
      'INSERT INTO execution (id, arn, machine_arn, name, definition, role_arn, status, input, started_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
      execution.id,
      execution.arn,
      execution.machineArn,
      execution.name,
      execution.definition,
      execution.roleArn,
      execution.status,
      execution.input,
      execution.startedAt,
    );
  }

  endExecution(id: number, at: number, ending: Ending): void {
    const failed = ending.status !== 'SUCCEEDED';
    this.#run(
      'UPDATE execution SET status = ?, stopped_at = ?, output = ?, error = ?, cause = ? WHERE id = ?',
      ending.status,
      at,
      failed ? null : JSON.stringify(ending.output),
      failed ? (ending.error ?? null) : null,
      failed ? (ending.cause ?? null) : null,
      id,
    );
  }

  reopenExecution(id: number, redriveCount: number, at: number): void {
    this.#run(
      "UPDATE execution SET status = 'RUNNING', stopped_at = NULL, error = NULL, cause = NULL, redrive_count = ?, redriven_at = ? WHERE id = ?",
      redriveCount,
      at,
      id,
    );
  }

  execution(arn: string): ExecutionRow | undefined {
    const row = this.#get('SELECT * FROM execution WHERE arn = ?', arn);
    return row && executionRow(row);
  }

  hasExecution(id: number): boolean {
    return this.#get('SELECT 1 FROM execution WHERE id = ?', id) !== undefined;
  }

  /** Newest first. `before` is the id of the last one of the page before. */
  executions(machineArn: string, status: string | undefined, before: number, limit: number): ExecutionRow[] {
    const rows =
      status === undefined
        ? this.#all(
            'SELECT * FROM execution WHERE machine_arn = ? AND id < ? ORDER BY id DESC LIMIT ?',
            machineArn,
            before,
            limit,
          )
        : this.#all(
            'SELECT * FROM execution WHERE machine_arn = ? AND status = ? AND id < ? ORDER BY id DESC LIMIT ?',
            machineArn,
            status,
            before,
            limit,
          );
    return rows.map(executionRow);
  }

  // the live part

  /** An execution that succeeded has none; one that failed keeps it, not open, for a redrive. */
  run(execution: number): { readonly run: Run; readonly open: boolean } | undefined {
    const row = this.#get('SELECT state, open FROM run WHERE execution = ?', execution);
    if (!row) return undefined;
    const run = withBranches(JSON.parse(text(row['state'])));
    if (isRun(run)) return { run, open: row['open'] === 1 };
    throw new TypeError(`the database has no live part that can be read for execution ${execution}`);
  }

  saveRun(run: Run, open: boolean): void {
    const busy = open && Object.values(run.branches).some(isBusy);
    this.#run(
      'INSERT OR REPLACE INTO run (execution, open, busy, state) VALUES (?, ?, ?, ?)',
      run.id,
      open ? 1 : 0,
      busy ? 1 : 0,
      JSON.stringify(run),
    );
  }

  removeRun(execution: number): void {
    this.#run('DELETE FROM run WHERE execution = ?', execution);
  }

  /** Executions that were at work when the process ended. */
  busyExecutions(): number[] {
    return this.#all('SELECT execution FROM run WHERE busy = 1 ORDER BY execution').map((row) =>
      Number(row['execution']),
    );
  }

  // timers

  setTimer(timer: DueTimer): void {
    this.#run(
      'INSERT OR REPLACE INTO timer (execution, branch, due) VALUES (?, ?, ?)',
      timer.execution,
      timer.branch,
      timer.due,
    );
  }

  clearTimer(execution: number, branch: number): void {
    this.#run('DELETE FROM timer WHERE execution = ? AND branch = ?', execution, branch);
  }

  nextTimer(): DueTimer | undefined {
    const row = this.#get('SELECT * FROM timer ORDER BY due LIMIT 1');
    return row && { execution: Number(row['execution']), branch: Number(row['branch']), due: Number(row['due']) };
  }

  // what others have still to be told

  addNotice(change: StatusChange): void {
    this.#run('INSERT INTO notice (status_change) VALUES (?)', JSON.stringify(change));
  }

  notices(after: number): { readonly id: number; readonly change: StatusChange }[] {
    return this.#all('SELECT * FROM notice WHERE id > ? ORDER BY id', after).map((row) => ({
      id: Number(row['id']),
      change: StatusChange.parse(JSON.parse(text(row['status_change']))),
    }));
  }

  removeNotice(id: number): void {
    this.#run('DELETE FROM notice WHERE id = ?', id);
  }

  // the history

  addEvent(execution: number, event: HistoryEvent): void {
    this.#run(
      'INSERT INTO event (execution, id, previous, at, type, details) VALUES (?, ?, ?, ?, ?, ?)',
      execution,
      event.id,
      event.previous,
      event.at,
      event.type,
      event.details === undefined ? null : JSON.stringify(event.details),
    );
  }

  /** @param beyond the id after which to go on, 0 for the start (with `reverse`: the id before which) */
  events(execution: number, beyond: number, limit: number, reverse: boolean): HistoryEvent[] {
    const rows = reverse
      ? this.#all(
          'SELECT * FROM event WHERE execution = ? AND id < ? ORDER BY id DESC LIMIT ?',
          execution,
          beyond,
          limit,
        )
      : this.#all('SELECT * FROM event WHERE execution = ? AND id > ? ORDER BY id LIMIT ?', execution, beyond, limit);
    return rows.map(eventRow);
  }

  event(execution: number, id: number): HistoryEvent | undefined {
    const row = this.#get('SELECT * FROM event WHERE execution = ? AND id = ?', execution, id);
    return row && eventRow(row);
  }

  /** A query that changes nothing, for those who only look on. */
  select(sql: string, ...values: (string | number)[]): Row[] {
    return this.#all(sql, ...values);
  }

  /** In older files the column has another name. */
  #renameColumn(): void {
    if (this.#all('PRAGMA table_info(timer)').some(({ name }) => name === 'strand'))
      this.#db.exec('ALTER TABLE timer RENAME COLUMN strand TO branch');
  }

  #highest(table: 'execution' | 'definition'): number {
    return Number(this.#get(`SELECT max(id) AS id FROM ${table}`)?.['id'] ?? 0);
  }

  #secret(): Buffer {
    this.#run("INSERT OR IGNORE INTO meta (name, value) VALUES ('token secret', ?)", randomBytes(32));
    const value = this.#get("SELECT value FROM meta WHERE name = 'token secret'")?.['value'];
    if (!(value instanceof Uint8Array)) throw new TypeError('the database has no token secret');
    return Buffer.from(value);
  }

  #prepared(sql: string): ReturnType<DatabaseSync['prepare']> {
    const known = this.#statements.get(sql);
    if (known) return known;
    const fresh = this.#db.prepare(sql);
    this.#statements.set(sql, fresh);
    return fresh;
  }

  #run(sql: string, ...values: (string | number | null | Buffer)[]): void {
    this.#prepared(sql).run(...values);
  }

  #get(sql: string, ...values: (string | number)[]): Row | undefined {
    return this.#prepared(sql).get(...values);
  }

  #all(sql: string, ...values: (string | number)[]): Row[] {
    return this.#prepared(sql).all(...values);
  }
}

function text(value: SQLOutputValue | undefined): string {
  if (typeof value !== 'string') throw new TypeError('the database lacks a text that it must have');
  return value;
}

function machineRow(row: Row): MachineRow {
  return {
    arn: text(row['arn']),
    name: text(row['name']),
    definition: Number(row['definition']),
    roleArn: text(row['role_arn']),
    ...optionalText('description', row['description']),
    createdAt: Number(row['created_at']),
    updatedAt: Number(row['updated_at']),
    revision: text(row['revision']),
    deleting: row['deleting'] === 1,
  };
}

function executionRow(row: Row): ExecutionRow {
  return {
    id: Number(row['id']),
    arn: text(row['arn']),
    machineArn: text(row['machine_arn']),
    name: text(row['name']),
    definition: Number(row['definition']),
    roleArn: text(row['role_arn']),
    status: text(row['status']),
    input: text(row['input']),
    ...optionalText('output', row['output']),
    ...optionalText('error', row['error']),
    ...optionalText('cause', row['cause']),
    startedAt: Number(row['started_at']),
    ...(row['stopped_at'] === null ? {} : { stoppedAt: Number(row['stopped_at']) }),
    redriveCount: Number(row['redrive_count']),
    ...(row['redriven_at'] === null ? {} : { redrivenAt: Number(row['redriven_at']) }),
  };
}

function optionalText<K extends string>(name: K, value: SQLOutputValue | undefined): { [key in K]?: string };
function optionalText(name: string, value: SQLOutputValue | undefined): Record<string, string> {
  return typeof value === 'string' ? { [name]: value } : {};
}

function eventRow(row: Row): HistoryEvent {
  const details: Json = row['details'] === null ? null : parseJson(text(row['details']));
  return {
    id: Number(row['id']),
    previous: Number(row['previous']),
    at: Number(row['at']),
    type: text(row['type']),
    ...(isObject(details) ? { details } : {}),
  };
}

/** In older files a run calls its branches `strands`. */
export function withBranches(run: unknown): unknown {
  return typeof run === 'object' && run !== null && 'strands' in run ? { branches: run.strands, ...run } : run;
}

/** Written by `saveRun` and nobody else: one look tells whether it is what was written. */
function isRun(value: unknown): value is Run {
  return typeof value === 'object' && value !== null && 'branches' in value && 'lastEvent' in value;
}

/** The timers that a run needs: one for each branch that waits for the clock. */
export function timersOf(run: Run): Map<number, number> {
  const timers = new Map<number, number>();
  if (run.timeoutAt !== undefined) timers.set(executionTimer, run.timeoutAt);
  for (const branch of Object.values(run.branches)) {
    const due = wakeAt(branch);
    if (due !== undefined) timers.set(branch.id, due);
  }
  return timers;
}
