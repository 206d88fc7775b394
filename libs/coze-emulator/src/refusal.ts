/** An answer that is not a success, in Coze's codes. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: number;
  /** HTTP status, where the code alone does not decide it. */
  readonly status: number | undefined;

  constructor(code: number, message: string, status?: number) {
    super(message);
    this.code = code;
    this.status = status;
  }
}
