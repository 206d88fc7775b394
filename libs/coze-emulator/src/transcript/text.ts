import { UserError } from '@cozecut/problems';
import { parseExact } from '../exact-json.ts';
import type { TranscriptEntry } from './transcript.ts';

/** A transcript as JSON lines. */
export function formatTranscript(entries: readonly TranscriptEntry[]): string {
  return entries.map((entry) => `${JSON.stringify(entry)}\n`).join('');
}

/**
 * Reads JSON lines.
 *
 * @throws UserError TRANSCRIPT_INVALID with the line.
 */
export function parseTranscript(text: string): TranscriptEntry[] {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return lines.map((line, index) => {
    try {
      const entry = parseExact(line) as TranscriptEntry;
      if (typeof entry?.seq === 'number' && typeof entry.route === 'string') return entry;
    } catch {
      // Said below.
    }
    throw new UserError('TRANSCRIPT_INVALID', `line ${index + 1} must be an entry of a transcript`);
  });
}
