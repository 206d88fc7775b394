import type { Generated } from 'kysely';

/** Columns of the tables; JSON is text, times are Unix milliseconds. `seq` is the order of creation. */
export interface Tables {
  owners: { owner: string; max_drafts: number | null; max_bytes: number | null; keep_ms: number | null };
  drafts: {
    seq: Generated<number>;
    id: string;
    owner: string;
    name: string;
    revision: number;
    /** Of the newest timeline. */
    bytes: number;
    state: 'open' | 'saved';
    folder: string | null;
    created_at: number;
    modified_at: number;
  };
  /** The newest timeline of a draft and some former ones. */
  draft_revisions: {
    draft_id: string;
    revision: number;
    timeline: string;
    bytes: number;
    created_at: number;
  };
  /** Changes that must not be made again when the call they belong to is repeated. */
  draft_effects: {
    effect: string;
    /** Of the scope of the call, as `idempotency` has it; empty when nobody knows. */
    seed: string;
    draft_id: string;
    revision: number;
    created_at: number;
  };
  /** What was written to the folders of drafts, and what was about to be. */
  folder_writes: {
    seq: Generated<number>;
    id: string;
    draft_id: string;
    folder: string;
    revision: number;
    facts: string;
    /** 0 until it is known that it was done, then 1. */
    is_saved: number;
    created_at: number;
  };
  jobs: {
    seq: Generated<number>;
    id: string;
    owner: string;
    tool: string;
    input: string | null;
    context: string | null;
    state: 'queued' | 'running' | 'succeeded' | 'failed' | 'cancelled';
    fraction: number;
    phase: string;
    message: string;
    output: string | null;
    error: string | null;
    attempt: number;
    max_attempts: number;
    backoff_ms: number;
    run_at: number;
    deadline: number | null;
    /** Place among the turns that owners take; see `turnOf`. */
    turn: number;
    /** Of the process that works on it; null for jobs outside the queue. */
    lease: string | null;
    lease_until: number | null;
    /** 0 or 1. */
    cancel_requested: number;
    once: string | null;
    created_at: number;
    modified_at: number;
  };
  job_drafts: { job_id: string; position: number; draft_id: string; folder: string };
  calls: {
    seq: Generated<number>;
    id: string;
    owner: string;
    tool: string;
    mode: string;
    request_id: string | null;
    draft_id: string | null;
    job_id: string | null;
    status: 'ok' | 'failed';
    code: string | null;
    message: string | null;
    started_at: number;
    duration_ms: number;
  };
  idempotency: {
    owner: string;
    key: string;
    fingerprint: string;
    lease: string | null;
    lease_until: number | null;
    seed: string;
    attempt: number;
    /** Null while it is not known. */
    answer: string | null;
    modified_at: number;
  };
  tokens: {
    seq: Generated<number>;
    id: string;
    owner: string;
    name: string;
    scopes: string;
    /** SHA-256 of the secret, in hex. */
    hash: string;
    created_at: number;
    expires_at: number | null;
    last_used_at: number | null;
    revoked_at: number | null;
  };
  oauth_grants: {
    /** SHA-256 of the text, in hex. */
    hash: string;
    kind: 'code' | 'access' | 'refresh';
    family: string;
    client_id: string;
    owner: string;
    scopes: string;
    request: string | null;
    used_at: number | null;
    created_at: number;
    expires_at: number;
  };
  sessions: {
    seq: Generated<number>;
    id: string;
    owner: string;
    data: string;
    chat_id: string | null;
    created_at: number;
    modified_at: number;
  };
  chats: {
    id: string;
    session_id: string;
    owner: string;
    state: 'running' | 'succeeded' | 'failed';
    result: string | null;
    lease: string;
    lease_until: number;
    created_at: number;
    modified_at: number;
  };
  /** `free_at`: when the whole burst is allowed again. */
  rate_limits: { key: string; free_at: number };
  topics: { topic: string; last: number; modified_at: number };
  events: { topic: string; id: number; type: string; data: string; at: number };
  blobs: { id: string; bytes: number; type: string; created_at: number; used_at: number };
  blob_holders: { holder: string; name: string; blob_id: string; owner: string };
}
