import type { DraftStatus } from '../api.ts';
import { describeError } from '../describe-error.ts';
import { useLanguage } from '../language.tsx';
import { Findings } from './findings.tsx';
import type { Making } from './use-drafts.ts';

/** What became of the request. What is new in it is read out, the running percentage is not. */
export function Result({ making }: { making: Making }) {
  const { say } = useLanguage();
  return (
    <>
      <div role="status" aria-atomic="false">
        {making.phase === 'sending' && <p>{say('sending')}</p>}
        {making.phase === 'made' &&
          making.drafts.map((draft) => <Draft key={draft.draft_id} draft={draft} />)}
      </div>
      {making.phase === 'refused' && (
        <article role="alert">
          <h2>{say('refused')}</h2>
          <p>{describeError(making.error, say)}</p>
          <Findings problems={making.error.problems} />
        </article>
      )}
    </>
  );
}

function Draft({ draft }: { draft: DraftStatus }) {
  const { say } = useLanguage();
  if (draft.status === 'processing') {
    return (
      <article>
        <p>
          {say('processing')} <span aria-hidden="true">{Math.round(draft.progress * 100)}%</span>
        </p>
        <progress value={draft.progress} max={1} aria-label={say('processing')} />
        {draft.message && <p className="fine">{draft.message}</p>}
      </article>
    );
  }
  const isReady = draft.status === 'completed';
  return (
    <article className={isReady ? 'ready' : 'broken'}>
      <h2>{isReady ? say('completed') : say('failed')}</h2>
      {draft.message && <p>{draft.message}</p>}
      {draft.folder_path && (
        <p>
          {say('folder')}: <code>{draft.folder_path}</code>
        </p>
      )}
      {draft.links?.archive && (
        <a className="button" href={draft.links.archive} download>
          {say('download')}
        </a>
      )}
      <Findings problems={draft.problems ?? []} />
    </article>
  );
}
