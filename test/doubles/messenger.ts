import type { Message, Messenger } from '../../domain/ports/messenger.ts';

export interface MemoryMessenger extends Messenger {
  /** What went out, in turn. */
  readonly sent: readonly (Message & { readonly to: string })[];
  /** From now on nothing is taken for this person. */
  refuses(to: string): void;
  /** Takes it away, as an outage does, and gives it back. */
  isAway: boolean;
}

/** A messenger that keeps what it was handed. Passes the same suite as the real ones. */
export function memoryMessenger(): MemoryMessenger {
  const sent: (Message & { readonly to: string })[] = [];
  const refused = new Set<string>();
  return {
    sent,
    isAway: false,
    refuses: (to) => void refused.add(to),
    async send(to, message) {
      if (this.isAway) return { outcome: 'busy', why: 'away' };
      if (refused.has(to)) return { outcome: 'refused', why: 'wants no messages' };
      return { outcome: 'sent', messageId: `message-${sent.push({ ...message, to })}` };
    },
  };
}
