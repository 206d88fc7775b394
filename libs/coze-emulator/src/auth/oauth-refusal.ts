/** Codes of the OAuth endpoints. */
export type OAuthErrorCode =
  | 'invalid_request'
  | 'invalid_client'
  | 'unsupported_grant_type'
  | 'access_deny'
  | 'authorization_pending'
  | 'slow_down'
  | 'expired_token'
  | 'internal_error';

/** A refusal of an OAuth endpoint, which has another shape than the others. */
export class OAuthRefusal extends Error {
  override readonly name = 'OAuthRefusal';
  readonly code: OAuthErrorCode;
  readonly status: number;

  constructor(code: OAuthErrorCode, message: string) {
    super(message);
    this.code = code;
    this.status = code === 'invalid_client' ? 401 : 400;
  }

  /** The body; SDKs read the code from different keys. */
  body(): object {
    return { error_code: this.code, error_message: this.message, error: this.code };
  }
}
