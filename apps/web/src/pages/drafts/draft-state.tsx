import type { Schemas } from '../../api/client.ts';
import { useTexts } from '../../language/language.tsx';
import { StatusBadge } from '../../parts/status-badge.tsx';
import { TEXTS } from './texts.ts';

const TONES = {
  open: 'quiet',
  processing: 'busy',
  completed: 'good',
  failed: 'bad',
  cancelled: 'quiet',
} as const;

/** How far a draft is, in one word. */
export function DraftState({ status }: { status: Schemas['DraftStatus']['status'] }) {
  const say = useTexts(TEXTS);
  return <StatusBadge tone={TONES[status]}>{say(status)}</StatusBadge>;
}
