/** A rule of good behaviour that a client broke. */
export interface InvariantViolation {
  /** Number of the rule, see {@link checkInvariants}. */
  invariant: number;
  message: string;
}

/** What the transcript alone cannot know. */
export interface InvariantFacts {
  /** Tool runs of the client, one entry for each run. */
  toolRuns?: readonly { chatId: string; callId: string }[];
  /** The status that the client shows for a chat at the end. */
  shown?: readonly { chatId: string; status: string }[];
  /** Texts that the client wrote: logs, screens. Needs `secrets`. */
  logs?: readonly string[];
  /** Tokens that must not be in `logs`. */
  secrets?: readonly string[];
}
