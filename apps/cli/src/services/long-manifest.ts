import type { ManifestCache, ManifestFiles } from '@cozecut/manifest/loader';

/** Nobody has to wait for so much text. */
const SHORT_CHARACTERS = 64 * 1024;
/** What was kept is neither parsed nor checked again. */
const SHORT_KEPT_CHARACTERS = 256 * 1024;

/**
 * Tells once, before most of it is done, when there is so much to read of a manifest that one has to wait. How much that
 * is depends on the files alone: the same command says the same every time, on every machine.
 */
export function tellIfLong<How extends ManifestFiles & { cache?: ManifestCache }>(
  how: How,
  tell: () => void,
): How {
  let isTold = false;
  let characters = 0;
  let limit = SHORT_CHARACTERS;
  const count = (text: string) => {
    characters += text.length;
    if (isTold || characters < limit) return;
    isTold = true;
    tell();
  };
  const { cache } = how;
  return {
    ...how,
    readFile(path) {
      const text = how.readFile(path);
      // Of code only the names of its exports are looked at.
      if (/\.(?:ya?ml|json)$/i.test(path)) count(text);
      return text;
    },
    ...(cache === undefined
      ? {}
      : {
          cache: {
            ...cache,
            get(manifest: string) {
              const kept = cache.get(manifest);
              if (kept !== undefined) {
                limit = SHORT_KEPT_CHARACTERS;
                count(kept);
              }
              return kept;
            },
          },
        }),
  };
}
