import { describe, expect, it } from '@jest/globals';
import { bugs } from './planted.ts';
import { play } from './run.ts';

// Holds ADR 0020, and what docs/simulation.md says. More seeds, and all bugs: `npm run simulate`.
describe('the simulation', () => {
  it('the simulation of sixty seeds, two hundred steps each, finds nothing that does not hold', async () => {
    for (let seed = 1; seed <= 60; seed += 1) {
      const { violation, story } = await play(seed, 200);
      if (violation !== undefined) throw new Error(`seed ${seed}: ${violation}\n${story.join('\n')}`);
    }
  }, 90_000);

  it('the simulation plays a seed the same way every time', async () => {
    const [once, again] = [await play(7, 150), await play(7, 150)];
    expect(again).toEqual(once);
    expect(once.events).toBeGreaterThan(10);
  });

  it.each(bugs.slice(0, 6))('the simulation notices when $what', async (bug) => {
    const seeds = Array.from({ length: 20 }, (_seed, index) => index + 1);
    let caught: string | undefined;
    for (const seed of seeds) caught ??= (await play(seed, 200, bug)).violation;
    expect(caught).toBeDefined();
  });

  it('the simulation is tried on at least twenty bugs, ten of which need two faults or two people', () => {
    expect(bugs.length).toBeGreaterThanOrEqual(20);
    expect(bugs.filter(({ needsTwo }) => needsTwo).length).toBeGreaterThanOrEqual(10);
  });
});
