import { useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useEffect, useRef, useState } from 'react';
import { useApi, useAuth } from '../../api/api-context.tsx';
import { type Api, answerOf, type Schemas } from '../../api/client.ts';
import { Failure } from '../../api/failure.ts';
import { followJob, type JobNews } from '../../api/follow-job.ts';
import { type Install, NOT_INSTALLED, putIntoEditor } from '../../parts/install.tsx';
import { type Input, requestOf } from './input.ts';

/** What becomes of a request for drafts. */
export type Making =
  | { phase: 'idle' }
  | { phase: 'sending' }
  | { phase: 'working'; jobId: string; news: JobNews | undefined }
  | { phase: 'made'; drafts: Schemas['DraftStatus'][] }
  | { phase: 'refused'; error: unknown };

/** What is being made, and what starts and ends it. */
interface MakingState {
  making: Making;
  /** Makes drafts; a new request takes the place of the former one. */
  make(input: Input, putsIntoEditor: boolean): Promise<void>;
  cancel(jobId: string): Promise<void>;
  /** How the way of a draft into the editor is. */
  installOf(draftId: string): Install;
}

const MakingContext = createContext<MakingState | undefined>(undefined);

/**
 * Makes drafts, and puts them into the editor, for as long as the page is open: who waits for a film may look at
 * something else meanwhile. It ends when somebody signs out.
 */
export function MakingProvider({ children }: { children: ReactNode }) {
  const { visits } = useAuth();
  return <MakingOfVisit key={visits}>{children}</MakingOfVisit>;
}

function MakingOfVisit({ children }: { children: ReactNode }) {
  const api = useApi();
  const queries = useQueryClient();
  const [making, setMaking] = useState<Making>({ phase: 'idle' });
  const [installs, setInstalls] = useState<Readonly<Record<string, Omit<Install, 'mutate'>>>>({});
  const current = useRef<AbortController>(undefined);
  useEffect(() => () => current.current?.abort(), []);

  async function make(input: Input, putsIntoEditor: boolean): Promise<void> {
    current.current?.abort();
    const stop = new AbortController();
    current.current = stop;
    const show = (next: Making) => {
      if (!stop.signal.aborted) setMaking(next);
    };
    show({ phase: 'sending' });
    try {
      const drafts = await makeDrafts(api, input, stop.signal, show);
      show({ phase: 'made', drafts });
      const ready = putsIntoEditor ? drafts.filter(({ status }) => status === 'completed') : [];
      for (const { draft_id: id } of ready) void install(id, {});
    } catch (error) {
      show({ phase: 'refused', error });
    }
    void queries.invalidateQueries({ queryKey: ['drafts'] });
  }

  async function install(id: string, body: { replace?: boolean }): Promise<void> {
    const show = (state: Partial<Install>) =>
      setInstalls((now) => ({ ...now, [id]: { ...NOT_INSTALLED, ...state } }));
    show({ isPending: true });
    await putIntoEditor(api, id, body).then(
      (data) => show({ data }),
      (error: unknown) => show({ error }),
    );
  }

  async function cancel(jobId: string): Promise<void> {
    const params = { path: { id: jobId } };
    await answerOf(api.client.POST('/v1/jobs/{id}/cancel', { params })).catch(() => undefined);
  }

  const installOf = (id: string): Install => ({
    ...(installs[id] ?? NOT_INSTALLED),
    mutate: (body) => void install(id, body),
  });
  return <MakingContext value={{ making, make, cancel, installOf }}>{children}</MakingContext>;
}

/** What is being made. */
export function useMaking(): MakingState {
  const state = useContext(MakingContext);
  if (state === undefined) throw new Error('useMaking is used outside of MakingProvider');
  return state;
}

async function makeDrafts(
  api: Api,
  input: Input,
  signal: AbortSignal,
  show: (next: Making) => void,
): Promise<Schemas['DraftStatus'][]> {
  const body = requestOf(input);
  const begun = await answerOf(api.client.POST('/api/draft/generate', { body, signal }));
  const { job_id: jobId } = begun;
  let last: JobNews | undefined;
  show({ phase: 'working', jobId, news: last });
  await followJob(api, jobId, signal, (told) => {
    // Not every piece of news is about files; what is known of them stays.
    const files = told.files ?? last?.files;
    const news = files === undefined ? told : { ...told, files };
    last = news;
    show({ phase: 'working', jobId, news });
  });
  if (last?.error !== undefined) {
    const { code, message, hint, problems } = last.error;
    throw new Failure({ status: 422, code, message, problems, ...(hint === undefined ? {} : { hint }) });
  }
  const status = (id: string) =>
    answerOf(api.client.GET('/api/draft/status/{id}', { params: { path: { id } }, signal }));
  return Promise.all(begun.draft_ids.map(status));
}
