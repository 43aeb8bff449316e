import { parseArgs, type ParseArgsConfig } from 'node:util';

/** A flag that is not understood; the message says which. */
export class BadFlag extends Error {
  override readonly name = 'BadFlag';
}

/**
 * Reads flags and says plainly what is wrong with them.
 * @throws BadFlag
 */
export function readFlags<const T extends ParseArgsConfig>(config: T): ReturnType<typeof parseArgs<T>> {
  try {
    return parseArgs(config);
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
    // What parseArgs adds after its first sentence explains shells, not this program.
    throw new BadFlag(`${cause.message.split('. ')[0]}.`, { cause });
  }
}

/** @throws BadFlag for anything but a port's number */
export function readPort(flag: string, value: string): number {
  if (!/^\d{1,5}$/.test(value) || Number(value) > 65_535)
    throw new BadFlag(`${flag} wants a port's number from 0 (any free one) to 65535, not "${value}".`);
  return Number(value);
}
