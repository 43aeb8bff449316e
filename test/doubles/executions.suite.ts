import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Executions } from '../../domain/ports/executions.ts';

/** Executions, and a look at where they are. */
export interface Engine {
  readonly executions: Executions;
  /** The token with which a started execution waits. */
  tokenOf(dossierId: string): Promise<string>;
  /** How many executions bear the dossier's name. */
  countOf(dossierId: string): Promise<number>;
  close(): Promise<void>;
}

/** What every keeper of executions must do, in memory or in Step Functions. */
export function leadsExecutions(name: string, openEngine: () => Promise<Engine>): void {
  describe(`executions ${name}`, () => {
    let engine: Engine;
    let close = async (): Promise<void> => undefined;
    beforeAll(async () => {
      engine = await openEngine();
      ({ close } = engine);
    });
    afterAll(async () => close());
    let drawn = 0;
    const started = async (): Promise<string> => {
      const dossierId = `d-suite-${String((drawn += 1)).padStart(4, '0')}`;
      await engine.executions.start(dossierId, 1, 'Registered', { followed: 1, dueAt: '2099-01-01T00:00:00.000Z' });
      return dossierId;
    };
    const position = { followed: 2, dueAt: '2099-01-02T00:00:00.000Z' };

    it('the executions start once, however often they are started, and once more for another generation', async () => {
      const dossierId = await started();
      await engine.executions.start(dossierId, 1, 'Registered', { followed: 1, dueAt: '2099-01-01T00:00:00.000Z' });
      await engine.executions.start(dossierId, 1, 'Collected', position);
      expect(await engine.countOf(dossierId)).toBe(1);
      await engine.executions.start(dossierId, 2, 'Collected', position);
      expect(await engine.countOf(dossierId)).toBe(2);
    });

    it('the executions are led on by their token, once', async () => {
      const token = await engine.tokenOf(await started());
      expect(await engine.executions.leadOn(token, position)).toBe('led');
      expect(await engine.executions.leadOn(token, position)).toBe('gone');
      expect(await engine.executions.leadAside(token, 'Cancelled', position)).toBe('gone');
    });

    it('the executions are led aside by their token, once', async () => {
      const token = await engine.tokenOf(await started());
      expect(await engine.executions.leadAside(token, 'Cancelled', { followed: 2 })).toBe('led');
      expect(await engine.executions.leadAside(token, 'Cancelled', { followed: 2 })).toBe('gone');
    });

    it('the executions take no token that was never drawn', async () => {
      expect(await engine.executions.leadOn('never drawn', position)).toBe('gone');
      expect(await engine.executions.leadAside('never drawn', 'Cancelled', position)).toBe('gone');
    });
  });
}
