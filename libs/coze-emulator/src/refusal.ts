/** An answer that is not a success, in Coze's codes. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: number;
  /** HTTP status, where the code alone does not decide it. */
  readonly status: number | undefined;
  /** A rule for clients that the request broke, for the transcript. */
  readonly violation: string | undefined;

  constructor(code: number, message: string, status?: number, violation?: string) {
    super(message);
    this.code = code;
    this.status = status;
    this.violation = violation;
  }
}
