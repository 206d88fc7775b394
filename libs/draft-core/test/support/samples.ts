import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MediaFacts } from '../../src/index.ts';

/** Sample inputs, beside the checkout where somebody has them. */
export const samplesFolder = join(import.meta.dirname, '../../../../../shared/draft/samples');
/** Whether they are there. */
export const hasSamples = existsSync(samplesFolder);

/** Text of a sample. */
export function sample(name: string): string {
  return readFileSync(join(samplesFolder, name), 'utf8');
}

/** What is known of the media of the samples, by name and by address. */
export function sampleFacts(): Map<string, MediaFacts> {
  const { files } = JSON.parse(sample('media-facts.json')) as {
    files: Record<string, Record<string, unknown>>;
  };
  return new Map(
    Object.entries(files).flatMap(([name, file]) => {
      const facts: MediaFacts = {
        kind: file.type as MediaFacts['kind'],
        width: Number(file.width ?? 0),
        height: Number(file.height ?? 0),
        durationUs: Number(file.duration_us ?? 0),
        hasAudio: file.type === 'audio' || file.has_audio === true,
      };
      return [
        [name, facts],
        [`https://media.example/${name}`, facts],
      ];
    }),
  );
}
