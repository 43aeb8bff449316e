import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import * as z from 'zod';
import type { Position } from './stream-reader.ts';

const Saved = z.object({ streamArn: z.string(), shardId: z.string(), sequenceNumber: z.string().optional() });

/** Where a stream was dealt with up to, kept in a file that is replaced in one step and so is never half-written. */
export interface Checkpoint {
  /**
   * undefined when nothing was dealt with yet, the table and its stream are new, or the file cannot be read: what is
   * delivered again does no harm.
   */
  readonly load: () => Position | undefined;
  readonly save: (position: Position) => void;
}

/** @param log told when there is a file that cannot be read */
export function checkpointIn(file: string, streamArn: string, log: (line: string) => void = () => {}): Checkpoint {
  return {
    load() {
      try {
        const saved = Saved.parse(JSON.parse(readFileSync(file, 'utf8')));
        return saved.streamArn === streamArn
          ? { shardId: saved.shardId, sequenceNumber: saved.sequenceNumber }
          : undefined;
      } catch (error) {
        if (isMissing(error)) return undefined;
        log(`${file} cannot be read and counts as none: the stream’s records that are left are delivered again.`);
        rmSync(file, { recursive: true, force: true });
        return undefined;
      }
    },
    save(position) {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(`${file}.new`, JSON.stringify({ streamArn, ...position }));
      renameSync(`${file}.new`, file);
    },
  };
}

function isMissing(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT';
}
