import { afterAll, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { frontDoors } from '../../../domain/journey/dossier.ts';

const script = fileURLToPath(new URL('../../../local/demo/demo.ts', import.meta.url));

/** The demo's own temporary directory, so that what it leaves behind is told from other programs'. */
const temporary = mkdtempSync(join(tmpdir(), 'dossier-post-demo-test-'));

async function run(
  ...flags: string[]
): Promise<{ readonly code: number | null; readonly said: string; readonly errors: string }> {
  const child = spawn(process.execPath, [script, ...flags], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, TMPDIR: temporary },
  });
  const said: Buffer[] = [];
  const errors: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => said.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => errors.push(chunk));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, said: Buffer.concat(said).toString('utf8'), errors: Buffer.concat(errors).toString('utf8') };
}

const document = z.object({
  delivered: z.boolean(),
  dossiers: z.array(
    z.object({
      id: z.string(),
      route: z.enum(frontDoors),
      finalState: z.string(),
      events: z.array(
        z.object({
          type: z.string(),
          by: z.object({ role: z.string(), unit: z.string() }),
          occurredAt: z.iso.datetime(),
        }),
      ),
      billedTransitions: z.int(),
      executionArn: z.string(),
      executionStatus: z.string(),
      virtualDays: z.number(),
      wallMs: z.int(),
      told: z.array(z.object({ channel: z.string() })),
    }),
  ),
  heard: z.array(z.string()),
});

describe('the demo', () => {
  afterAll(() => rmSync(temporary, { recursive: true }));

  it('the demo tells three stories in Vietnamese, no line wider than 100 characters, and leaves nothing behind', async () => {
    const { code, said, errors } = await run();
    expect({ code, errors }).toEqual({ code: 0, errors: '' });
    expect(said.split('\n').filter((line) => line.length > 100)).toEqual([]);
    expect(said).toBe(said.normalize('NFC'));
    for (const words of [
      'Nộp tại quầy bưu điện',
      'Bưu tá thu gom tại nhà',
      'Bưu tá, Bưu điện Chợ Rã',
      'Ủy ban nhân dân phường Đức Xuân',
      'người nhận đi vắng · sẽ phát lại',
      'Quá hạn: tại cơ quan',
      'Đã phát tận tay',
      'báo ngày hẹn trả · qua điện thoại',
      'danh mục 2 dòng',
      'xuất trình căn cước công dân',
      'Co quan da nhan ho so',
      'Cơ quan đã nhận hồ sơ',
      'sự kiện, chữ ký đúng (signed events): DossierRegistered, PickupAgreed, Collected,',
      'Kết quả (1 bản chính): công dân',
      'Thời gian toàn trình gửi hồ sơ, đúng hạn: J + 2 ngày làm việc',
    ]) {
      expect(said).toContain(words);
    }
    expect(said).toContain('9 state transitions (9 states entered, 0 retries)');
    expect(said).toContain('3 of 3 dossiers delivered');
    expect(readdirSync(temporary)).toEqual([]);
  });

  it('the demo says the same as one JSON document', async () => {
    const { code, said, errors } = await run('--json');
    expect({ code, errors }).toEqual({ code: 0, errors: '' });
    const { delivered, dossiers, heard } = document.parse(JSON.parse(said));
    expect(delivered).toBe(true);
    expect(heard.at(-1)).toBe('dossier-post.Delivered');
    expect(dossiers.map(({ told }) => new Set(told.map(({ channel }) => channel)))).toEqual([
      new Set(['sms']),
      new Set(['sms']),
      new Set(['email']),
    ]);
    expect(
      dossiers.map(({ route, finalState, executionStatus, billedTransitions }) => [
        route,
        finalState,
        executionStatus,
        billedTransitions,
      ]),
    ).toEqual([
      ['counter', 'Delivered', 'SUCCEEDED', 9],
      ['pickup', 'Delivered', 'SUCCEEDED', 12],
      ['result-only', 'Delivered', 'SUCCEEDED', 11],
    ]);
    expect(
      dossiers.map(({ events }) => events.filter(({ by }) => by.role === 'clock').map(({ type }) => type)),
    ).toEqual([[], [], ['DeadlinePassed']]);
    for (const { id, executionArn } of dossiers)
      expect(executionArn).toMatch(new RegExp(`^arn:aws:states:[^:]+:\\d{12}:execution:[^:]+:${id}-1$`));
  });

  it('the demo explains its flags', async () => {
    expect(await run('--help')).toMatchObject({ code: 0, said: expect.stringContaining('--json'), errors: '' });
  });

  it('the demo says plainly which flag it does not know', async () => {
    expect(await run('--jsn')).toMatchObject({ code: 2, said: '', errors: expect.stringContaining("'--jsn'") });
  });
});
