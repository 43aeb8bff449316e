export interface Message {
  /** Of an e-mail. */
  readonly subject?: string;
  readonly text: string;
}

export type Handed =
  | { readonly outcome: 'sent'; readonly messageId: string }
  /** It will never be taken: the number is none, or its owner wants no messages. `why` names nobody. */
  | { readonly outcome: 'refused'; readonly why: string }
  /** It was not taken now, and may be later. `why` is the network's own name for it. */
  | { readonly outcome: 'busy'; readonly why: string };

/** What brings words to people by one way: text messages, e-mail, Zalo. */
export interface Messenger {
  /**
   * Hands a message over, once.
   * @param to a telephone number, or an address
   * @throws when nobody knows whether it was taken; what is thrown does not name the person
   */
  send(to: string, message: Message): Promise<Handed>;
}
