import { basename, join } from 'node:path';
import { drawTimeline, parseTimeline, readInput, toTimelines } from '@cozecut/draft-core';
import { createMediaLibrary } from '@cozecut/media';

/** A small picture of the first draft of an export whose media lies in `mediaFolder`. */
export async function drawExport(content: string, mediaFolder: string, width: number): Promise<string> {
  const read = readInput(content);
  const library = createMediaLibrary({
    fetch,
    mediaRoots: [mediaFolder],
    cacheFolder: mediaFolder,
    uuid: () => crypto.randomUUID(),
  });
  const facts = new Map(
    await Promise.all(
      read.mediaSources.map(async (source) => {
        const name = basename(new URL(source).pathname);
        return [source, (await library.open(join(mediaFolder, name))).facts] as const;
      }),
    ),
  );
  const { timeline } = parseTimeline(toTimelines(read, { facts }).timelines[0], { facts });
  return timeline === undefined ? '' : drawTimeline(timeline, { width });
}
