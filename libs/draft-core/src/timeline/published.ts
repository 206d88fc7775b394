import { timelineSchema } from './schema.ts';

/** The JSON Schema (2020-12) of `draft-timeline/1` for editors: the one that timelines are checked with, with a head. */
export function timelineJsonSchema(): Record<string, unknown> {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'cozecut timeline, draft-timeline/1',
    ...(JSON.parse(JSON.stringify(timelineSchema)) as Record<string, unknown>),
  };
}
