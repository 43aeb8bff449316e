/** Where a JSON text names one key of an object twice; RFC 8259 leaves open which of the two counts. */
export class DuplicateKey extends Error {
  override readonly name = 'DuplicateKey';
  /** RFC 6901, of the key. */
  readonly pointer: string;

  constructor(pointer: string) {
    super(`the key ${pointer} is there twice`);
    this.pointer = pointer;
  }
}

/**
 * Parses JSON as `JSON.parse` does, and takes no key twice, however it is escaped or composed.
 * @throws SyntaxError for what is no JSON, DuplicateKey
 */
export function parseJsonStrictly(text: string): unknown {
  const value: unknown = JSON.parse(text);
  refuseDuplicates(text);
  return value;
}

/** Strings and structure of a text that is known to be JSON; everything between them does not matter here. */
const token = /"(?:[^"\\]|\\.)*"|[{}[\],:]/g;

interface Level {
  readonly keys: Set<string> | undefined;
  key: string;
  index: number;
  expectsKey: boolean;
}

function refuseDuplicates(text: string): void {
  const levels: Level[] = [];
  for (const [part] of text.matchAll(token)) {
    const level = levels.at(-1);
    if (part === '{' || part === '[')
      levels.push({ keys: part === '{' ? new Set() : undefined, key: '', index: 0, expectsKey: true });
    else if (part === '}' || part === ']') levels.pop();
    else if (part === ',' && level !== undefined) {
      level.index += 1;
      level.expectsKey = true;
    } else if (part.startsWith('"') && level?.keys !== undefined && level.expectsKey) {
      level.key = String(JSON.parse(part));
      level.expectsKey = false;
      const composed = level.key.normalize('NFC');
      if (level.keys.has(composed)) throw new DuplicateKey(pointerOf(levels));
      level.keys.add(composed);
    }
  }
}

function pointerOf(levels: readonly Level[]): string {
  return levels
    .map(({ keys, key, index }) =>
      keys === undefined ? String(index) : key.replaceAll('~', '~0').replaceAll('/', '~1'),
    )
    .map((part) => `/${part}`)
    .join('');
}
