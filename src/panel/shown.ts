/** What a judge is shown of one trial, cut and encoded: all that is untrusted, and nothing that differs from asking to asking. */
export interface Shown {
  /** Lines of encoded data, each one JSON value. */
  readonly lines: readonly string[];
  /** SHA-256 of all that the lines are made of, known without making them: a recorded answer is found by it. */
  readonly digest: string;
  /** Indexes of the steps among them: what an answer may point at. */
  readonly steps: readonly number[];
  /** What looks like a verdict, a delimiter or an order to the judge, in words for people. */
  readonly flags: readonly string[];
}

/** A message of a chat. */
export interface ChatMessage {
  readonly role: 'system' | 'user';
  readonly content: string;
}
