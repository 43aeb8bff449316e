/** Everything that is drawn in a simulation comes from here, so that a seed replays exactly. */
export interface Random {
  /** A whole number from 0 to below `end`. */
  below(end: number): number;
  between(first: number, last: number): number;
  chance(probability: number): boolean;
  /** @throws when there is nothing to pick from */
  pick<T>(items: readonly T[]): T;
  shuffled<T>(items: readonly T[]): readonly T[];
  /** From 0 to below 1. */
  fraction(): number;
}

/** Mulberry32, a generator of 32 bits: small, and the same everywhere. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  const fraction = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (end: number): number => Math.floor(fraction() * end);
  return {
    fraction,
    below,
    between: (first, last) => first + below(last - first + 1),
    chance: (probability) => fraction() < probability,
    pick: (items) => {
      const item = items[below(items.length)];
      if (item === undefined) throw new Error('there is nothing to pick from');
      return item;
    },
    shuffled: (items) =>
      items
        .map((item) => ({ item, key: fraction() }))
        .toSorted((one, other) => one.key - other.key)
        .map(({ item }) => item),
  };
}
