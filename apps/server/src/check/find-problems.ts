import type { Catalog } from '@cozecut/catalog';
import { type ParsedTimeline, type Profile, parseTimeline } from '@cozecut/draft-core';

/**
 * What is wrong with a timeline, as the compiler will say when a draft is made of it, without what only the files that
 * it plays can tell.
 */
export function findProblems(
  timeline: unknown,
  { profile, catalog }: { profile?: Profile | undefined; catalog: Catalog | undefined },
): ParsedTimeline {
  return parseTimeline(timeline, {
    // Who has a membership is not known here; the app says what it will not export.
    allowVip: true,
    ...(profile === undefined ? {} : { profile }),
    ...(catalog === undefined ? {} : { catalog }),
  });
}
