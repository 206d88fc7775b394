import type { Schemas } from '../../api/client.ts';
import { useTexts } from '../../language/language.tsx';
import { StatusBadge } from '../../parts/status-badge.tsx';
import { TEXTS } from './texts.ts';

const TONES = {
  queued: 'quiet',
  running: 'busy',
  succeeded: 'good',
  failed: 'bad',
  cancelled: 'quiet',
} as const;

/** How far a job is, in one word, and a number while it runs. */
export function JobState({ job }: { job: Pick<Schemas['Job'], 'status' | 'phase' | 'progress'> }) {
  const say = useTexts(TEXTS);
  const { status, phase, progress } = job;
  if (status === 'running' && phase === 'waiting')
    return <StatusBadge tone="bad">{say('asking')}</StatusBadge>;
  const percent = status === 'running' ? ` ${Math.round(progress * 100)}%` : '';
  return <StatusBadge tone={TONES[status]}>{`${say(status)}${percent}`}</StatusBadge>;
}
