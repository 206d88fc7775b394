import { createHash } from 'node:crypto';
import type { MediaFacts, MediaFile } from '../../src/index.ts';

/** A media file that exists on paper only: its hash is that of its name. */
export function paperFile(name: string, facts: Partial<MediaFacts> & Pick<MediaFacts, 'kind'>): MediaFile {
  return {
    path: `/nowhere/${name}`,
    name,
    sha256: createHash('sha256').update(name).digest('hex'),
    extension: name.slice(name.lastIndexOf('.') + 1),
    bytes: 1000 + name.length,
    facts: {
      width: facts.kind === 'audio' ? 0 : 1280,
      height: facts.kind === 'audio' ? 0 : 720,
      durationUs: facts.kind === 'photo' ? 0 : 10_000_000,
      hasAudio: facts.kind === 'video' || facts.kind === 'audio',
      ...facts,
    },
  };
}

/** A map of files by name. */
export function mediaMap(...files: MediaFile[]): Map<string, MediaFile> {
  return new Map(files.map((file) => [file.name, file]));
}
