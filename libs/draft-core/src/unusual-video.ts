import type { StreamFacts } from './media-facts.ts';

/** What to do about an unusual video. */
export const UNUSUAL_HINT = 'the app may show it otherwise: convert it to a plain MP4 when it does';

/**
 * What of a video the app may show otherwise than players do, in words. Pixel formats would have to be decoded and are
 * not looked at; a rate that changes is looked for in the first frames only.
 */
export function whyUnusual(streams: readonly StreamFacts[]): string | undefined {
  const videos = streams.filter(({ type }) => type === 'video');
  const [shown] = videos;
  const turned = shown?.rotation ?? 0;
  const why = [
    shown?.isVariableRate === true ? 'its frame rate changes' : '',
    turned === 0 ? '' : `it is stored turned by ${turned} degrees`,
    videos.length > 1 ? `it holds ${videos.length} videos` : '',
  ].filter((reason) => reason !== '');
  return why.length === 0 ? undefined : why.join(', ');
}
