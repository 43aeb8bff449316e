/** What waits for whoever operates the system on the cloud, and what he may have done; handed in by whoever knows. */
export interface OpsDesk {
  /** The oldest first. */
  findings(): Promise<readonly Finding[]>;
  /** How much of what could not be handled lies in a queue, in words. */
  waiting(): Promise<string>;
  readonly acts: readonly Act[];
}

export interface Finding {
  /** What it is about: an id. */
  readonly subject: string;
  /** ISO 8601. */
  readonly since: string;
  readonly words: string;
}

/** Something that may be done, of one subject or of all. */
export interface Act {
  readonly name: string;
  readonly label: string;
  /** What it does, and when it helps. */
  readonly words: string;
  /** What the subject is called, for an act that needs one. */
  readonly of?: string;
  /** @returns what came of it, in words */
  act(subject: string): Promise<string>;
}
