/** One finding, as the server sends it. */
export interface Problem {
  code: string;
  severity: 'error' | 'warning' | 'info';
  message: string;
  pointer?: string;
  hint?: string;
}

/** What a draft is to be made of: the export as it was pasted, and how to read it. */
export interface DraftRequest {
  content: string;
  time_unit?: string;
  profile?: string;
}

/** State of a draft; `progress` is 0..1. */
export interface DraftStatus {
  draft_id: string;
  status: 'processing' | 'completed' | 'failed';
  progress: number;
  message?: string;
  problems?: Problem[];
  folder_path?: string;
  links?: { archive?: string };
}

/** The server said no (`status` is its HTTP status), or nothing (0). The message is what it wrote, or empty. */
export class ApiError extends Error {
  readonly status: number;
  readonly problems: Problem[];

  constructor(status: number, message: string, problems: Problem[] = []) {
    super(message);
    this.status = status;
    this.problems = problems;
  }
}

/** Starts to make drafts and says under which ids. @throws ApiError */
export async function generateDrafts(request: DraftRequest, signal: AbortSignal): Promise<string[]> {
  const headers = { 'content-type': 'application/json' };
  const init = { method: 'POST', headers, body: JSON.stringify(request), signal };
  return (await ask<{ draft_ids: string[] }>('api/draft/generate', init)).draft_ids;
}

/** Asks how far a draft is. @throws ApiError */
export function draftStatus(draftId: string, signal: AbortSignal): Promise<DraftStatus> {
  return ask(`api/draft/status/${encodeURIComponent(draftId)}`, { signal });
}

/** Asks the server for a JSON object; `path` is relative to the page. @throws ApiError */
export async function ask<T>(path: string, init: RequestInit): Promise<T> {
  const response = await fetch(new URL(path, document.baseURI), init).catch((error: unknown) => {
    throw error instanceof TypeError ? new ApiError(0, '') : error;
  });
  const body: unknown = await response.json().catch(() => undefined);
  if (response.ok && typeof body === 'object' && body !== null) return body as T;
  const { detail, title, problems } = (body ?? {}) as {
    detail?: string;
    title?: string;
    problems?: Problem[];
  };
  throw new ApiError(response.status, detail ?? title ?? '', problems);
}
