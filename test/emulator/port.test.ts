import { describe, expect, it } from '@jest/globals';
import { anyFreePort } from '../../emulator/port.ts';

describe('a free port', () => {
  it('a free port is handed out once, though nobody listens on it yet', async () => {
    const ports: number[] = [];
    for (let n = 0; n < 400; n += 1) ports.push(await anyFreePort());
    expect(new Set(ports).size).toBe(400);
  });

  it('a free port is at first one of the process’s own, which no neighbour draws from', async () => {
    const { pid } = process;
    const drawn = async (ofPid: number): Promise<number> => {
      Object.defineProperty(process, 'pid', { value: ofPid, configurable: true });
      try {
        return await anyFreePort();
      } finally {
        Object.defineProperty(process, 'pid', { value: pid, configurable: true });
      }
    };
    const blocks = [await drawn(9001), await drawn(9002), await drawn(9003)].map((port) =>
      Math.floor((port - 20_000) / 40),
    );
    expect(blocks).toEqual([1, 2, 3]);
  });
});
