export interface Message {
  /** Of an e-mail. */
  readonly subject?: string;
  readonly text: string;
}

export type Handed =
  | { readonly outcome: 'sent'; readonly messageId: string }
  /** It will never be taken: the number is none, or its owner wants no messages. `why` names nobody. */
  | { readonly outcome: 'refused'; readonly why: string };

/** What brings words to people by one way: text messages, e-mail, Zalo. */
export interface Messenger {
  /**
   * Hands a message over, once: whoever is answered nothing does not know whether it went out.
   * @param to a telephone number, or an address
   * @throws whatever else kept it from being handed over; what is thrown does not name the person
   */
  send(to: string, message: Message): Promise<Handed>;
}
