/**
 * What to do about an error.
 * - `never` (N): the same request will fail again.
 * - `backoff` (B): wait with jitter and try again, but only requests that are safe to repeat: reads, and the start of
 *   a chat of which no event arrived.
 * - `wait` (W): wait for or cancel the running chat, or take a new conversation.
 * - `auth` (A): the token was refused; it has been refreshed once where that was possible.
 * - `quota` (Q): a limit or the bill; stop and tell the operator.
 */
export type RetryClass = 'never' | 'backoff' | 'wait' | 'auth' | 'quota';

/** What is known about one of Coze's error codes. */
export interface RemoteCode {
  /** Our stable code. */
  code: string;
  retry: RetryClass;
  meaning: string;
  /** What to do next, where there is more to say than the meaning. */
  hint?: string;
}

const row = (code: string, retry: RetryClass, meaning: string, hint?: string): RemoteCode =>
  hint === undefined ? { code, retry, meaning } : { code, retry, meaning, hint };

/** Coze's error codes, as text; those of its OAuth endpoints are words. */
export const REMOTE_CODES: ReadonlyMap<string, RemoteCode> = new Map([
  ['4000', row('COZE_BAD_PARAMETER', 'never', 'bad parameter')],
  ['4001', row('COZE_CHAT_NOT_FOUND', 'never', 'chat not found or not yours')],
  ['4002', row('COZE_CONVERSATION_NOT_FOUND', 'never', 'conversation not found or not yours')],
  ['4003', row('COZE_META_DATA_LIMIT', 'never', 'meta_data over its limit')],
  ['4004', row('COZE_MESSAGES_LIMIT', 'never', 'too many messages')],
  ['4005', row('COZE_INVALID_MESSAGE', 'never', 'invalid message')],
  ['4006', row('COZE_INVALID_BOT', 'never', 'invalid bot', 'Check the bot id.')],
  ['4007', row('COZE_HISTORY_REQUIRED', 'never', 'a chat without a stream needs auto_save_history')],
  ['4008', row('COZE_DAILY_LIMIT', 'quota', 'the user limit of the day is reached')],
  ['4009', row('COZE_BUSY', 'backoff', 'the service is busy')],
  ['4010', row('COZE_PROMPT_TOO_LONG', 'never', 'the prompt is too long')],
  ['4011', row('COZE_NO_BALANCE', 'quota', 'the token balance is used up')],
  ['4012', row('COZE_INVALID_MODEL', 'never', 'invalid model')],
  ['4013', row('COZE_MODEL_ERROR', 'backoff', 'the model failed')],
  ['4014', row('COZE_BOT_CANNOT_ANSWER', 'never', 'the bot cannot answer')],
  [
    '4015',
    row(
      'COZE_BOT_NOT_PUBLISHED',
      'never',
      'the bot is not published to the API',
      'Publish the bot with the API channel switched on.',
    ),
  ],
  [
    '4016',
    row(
      'COZE_CONVERSATION_BUSY',
      'wait',
      'the conversation has a chat that is still running',
      'Wait for that chat, cancel it, or start a new conversation.',
    ),
  ],
  ['4019', row('COZE_ACCOUNT_IN_ARREARS', 'quota', 'the account is in arrears')],
  ['4020', row('COZE_RATE_LIMIT', 'backoff', 'too many requests per minute')],
  ['4021', row('COZE_WORKFLOW_NOT_CONFIGURED', 'never', 'the workflow is not configured')],
  ['4022', row('COZE_MODEL_IN_ARREARS', 'quota', 'the model is in arrears')],
  [
    '4100',
    row(
      'COZE_UNAUTHENTICATED',
      'auth',
      'the access token is not valid',
      'Check the token, and that it belongs to this region.',
    ),
  ],
  [
    '4101',
    row('COZE_NO_PERMISSION', 'never', 'the token lacks a permission', 'Give the token the permission.'),
  ],
  ['4102', row('COZE_RISK_CONTROL', 'never', 'refused by risk control')],
  ['4104', row('COZE_NOT_CANCELLABLE', 'never', 'the chat cannot be cancelled now')],
  ['4105', row('COZE_SENSITIVE_CONTENT', 'never', 'sensitive content')],
  ['4200', row('COZE_NOT_FOUND', 'never', 'not found or not published')],
  ['4201', row('COZE_MEMBER_EXISTS', 'never', 'the member already exists')],
  ['4300', row('COZE_UPLOAD_EMPTY', 'never', 'no file in the upload')],
  ['4301', row('COZE_UPLOAD_SEVERAL', 'never', 'more than one file in the upload')],
  ['4302', row('COZE_UPLOAD_TOO_BIG', 'never', 'the file is too big')],
  ['4303', row('COZE_UPLOAD_TYPE', 'never', 'this type of file cannot be uploaded')],
  ['4304', row('COZE_UPLOAD_BROKEN', 'never', 'the file is broken')],
  ['4314', row('COZE_NO_EXECUTION', 'never', 'no such workflow execution')],
  ['4315', row('COZE_EXECUTION_ENDED', 'never', 'the workflow execution has ended')],
  ['5000', row('COZE_SERVER_ERROR', 'backoff', 'server error')],
  [
    '6023',
    row(
      'COZE_RUN_TIMEOUT',
      'never',
      'the workflow run took too long',
      'Use a stream, or make the run shorter.',
    ),
  ],
  ['6031', row('COZE_NOT_FOUND', 'never', 'the workflow is not published')],
  [
    '6039',
    row(
      'COZE_RUN_INTERRUPTED',
      'never',
      'the run stopped to ask something',
      'Run it as a stream: that can be answered.',
    ),
  ],
  ['6003', row('COZE_PLAN_LACKS_ASYNC', 'quota', 'this plan has no asynchronous runs')],
  ['103200005', row('COZE_NOT_CANCELLABLE', 'never', 'the chat cannot be cancelled now')],
  [
    '700012006',
    row('COZE_UNAUTHENTICATED', 'auth', 'the access token is not valid', 'Check the token and the address.'),
  ],
  ['702093018', row('COZE_PLUGIN_RATE_LIMIT', 'backoff', 'the plugin is called too often')],
  ['720701001', row('COZE_PLUGIN_UNREACHABLE', 'never', 'the plugin cannot be reached')],
  ['720701002', row('COZE_PLUGIN_UNREACHABLE', 'never', 'the plugin cannot be reached or timed out')],
  ['720702204', row('COZE_CONVERSATION_NAME_MISSING', 'never', 'the conversation name is missing')],
  ['720711011', row('COZE_PLUGIN_OFFLINE', 'never', 'the plugin is offline')],
  // Codes of the OAuth endpoints.
  ['invalid_request', row('COZE_OAUTH_INVALID', 'never', 'the sign-in request is not valid')],
  [
    'invalid_client',
    row('COZE_OAUTH_CLIENT', 'auth', 'the OAuth app is not known, or its secret or key is wrong'),
  ],
  ['unsupported_grant_type', row('COZE_OAUTH_GRANT', 'never', 'the OAuth app has no such way to sign in')],
  ['access_deny', row('COZE_SIGN_IN_REFUSED', 'auth', 'the person refused')],
  ['access_denied', row('COZE_SIGN_IN_REFUSED', 'auth', 'the person refused')],
  ['expired_token', row('COZE_SIGN_IN_EXPIRED', 'auth', 'the code was not used in time')],
  ['authorization_pending', row('COZE_SIGN_IN_PENDING', 'wait', 'the person has not agreed yet')],
  ['slow_down', row('COZE_SIGN_IN_PENDING', 'wait', 'asked too often')],
  ['internal_error', row('COZE_SERVER_ERROR', 'backoff', 'server error')],
]);

/** What a code means that is not in the table, judged by the HTTP status. */
export function classifyStatus(status: number): RemoteCode {
  if (status === 401) return row('COZE_UNAUTHENTICATED', 'auth', 'the access token is not valid');
  if (status === 403) return row('COZE_NO_PERMISSION', 'never', 'not allowed');
  if (status === 404) {
    return row(
      'COZE_NOT_SUPPORTED',
      'never',
      'this service has no such route',
      'A self-hosted Coze Studio lacks tool outputs, non-stream resume and single files. Check baseUrl, too.',
    );
  }
  if (status === 413) return row('COZE_REQUEST_TOO_LARGE', 'never', 'the request is too large');
  if (status === 429) return row('COZE_RATE_LIMIT', 'backoff', 'too many requests');
  if (status >= 500) return row('COZE_SERVER_ERROR', 'backoff', 'server error');
  return row('COZE_ERROR', 'never', 'the request was refused');
}
