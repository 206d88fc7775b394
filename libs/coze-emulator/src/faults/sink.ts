/** Where the bytes of a stream go. */
export interface ByteSink {
  /** Returns whether all of `bytes` are on their way. */
  write(bytes: Buffer): boolean;
  end(): void;
  reset(): void;
}
