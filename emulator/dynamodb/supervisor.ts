/**
 * Runs as a process of its own, between the local cloud and dynoxide, started with: binary, database file, host,
 * port, pid file.
 * When the cloud goes away, even by `kill -9`, the channel closes and dynoxide is ended, so no port and no file stay
 * taken.
 * When dynoxide goes away by itself it is started again on the same port, and the cloud is told.
 * It imports nothing but Node, because the cloud waits for it to be up.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { renameSync, rmSync, writeFileSync } from 'node:fs';

const [binary = '', databaseFile = '', host = '', port = '', pidFile = ''] = process.argv.slice(2);
/** Asked for once: an orphan gets another parent. */
const cloud = process.ppid;
const restartDelayMs = 50;
/** As many deaths in a row, each before it lived `steadyMs`, mean that another start will not help. */
const hopelessAfter = 5;
const steadyMs = 10_000;

let earlyDeaths = 0;
let ending = false;
let dynoxide = start();

process.on('disconnect', end);
process.on('SIGTERM', end);

function start(): ChildProcess {
  const child = spawn(binary, ['--db-path', databaseFile, '--host', host, '--port', port], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const startedAt = performance.now();
  let lastWords = '';
  child.stderr.on('data', (chunk: Buffer) => {
    lastWords = (lastWords + chunk.toString('utf8')).slice(-2000);
  });
  // A program that cannot be started at all reports `error`, one that ended reports `close`: both are a death.
  let dead = false;
  const died = (how: string) => {
    if (dead) return;
    dead = true;
    earlyDeaths = performance.now() - startedAt < steadyMs ? earlyDeaths + 1 : 1;
    afterDeath(`${how}. ${lastWords}`.trim());
  };
  child.on('error', (error) => died(error.message));
  child.on('close', (code, signal) => died(`ended by itself (${signal ?? `code ${code}`})`));
  if (child.pid !== undefined) noteOwners(child.pid);
  return child;
}

/** In one step, so that the file is never read half-written. */
function noteOwners(dynoxidePid: number): void {
  writeFileSync(`${pidFile}.new`, JSON.stringify({ cloud, supervisor: process.pid, dynoxide: dynoxidePid }));
  renameSync(`${pidFile}.new`, pidFile);
}

function afterDeath(reason: string): void {
  if (ending) leave();
  const hopeless = earlyDeaths >= hopelessAfter;
  process.send?.({ died: reason, hopeless });
  if (hopeless) return;
  setTimeout(() => {
    if (ending) leave();
    dynoxide = start();
  }, restartDelayMs);
}

function end(): void {
  if (ending) return;
  ending = true;
  if (dynoxide.exitCode !== null || dynoxide.signalCode !== null || dynoxide.pid === undefined) leave();
  dynoxide.kill('SIGTERM');
  setTimeout(() => dynoxide.kill('SIGKILL'), 1000);
}

function leave(): never {
  rmSync(pidFile, { force: true });
  process.exit(0);
}
