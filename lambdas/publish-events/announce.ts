import type { BookReader } from '../../domain/ports/book.ts';
import type { Tellings } from '../../domain/ports/tellings.ts';

/** Has people told of what has arrived, where the citizen has asked for it. @param now epoch milliseconds */
export function announce(book: BookReader, tellings: Pick<Tellings, 'announce'>, now: () => number) {
  return async (dossierId: string): Promise<void> => {
    if ((await book.head(dossierId))?.messages !== undefined) await tellings.announce(dossierId, now());
  };
}
