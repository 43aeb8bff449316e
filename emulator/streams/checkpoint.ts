import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import * as z from 'zod';
import type { Position } from './stream-reader.ts';

const Saved = z.object({ streamArn: z.string(), shardId: z.string(), sequenceNumber: z.string().optional() });

/** Where a stream was dealt with up to, kept in a file that is replaced in one step and so is never half-written. */
export interface Checkpoint {
  /** undefined when nothing was dealt with yet, or the table and its stream are new. */
  readonly load: () => Position | undefined;
  readonly save: (position: Position) => void;
}

export function checkpointIn(file: string, streamArn: string): Checkpoint {
  return {
    load() {
      if (!existsSync(file)) return undefined;
      const saved = Saved.parse(JSON.parse(readFileSync(file, 'utf8')));
      return saved.streamArn === streamArn
        ? { shardId: saved.shardId, sequenceNumber: saved.sequenceNumber }
        : undefined;
    },
    save(position) {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(`${file}.new`, JSON.stringify({ streamArn, ...position }));
      renameSync(`${file}.new`, file);
    },
  };
}
