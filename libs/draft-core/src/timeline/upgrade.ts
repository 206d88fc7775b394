import type { Problem } from '@cozecut/problems';

/** One version of the timeline format. */
export interface TimelineVersion {
  /** Value of `schema`. */
  schema: string;
  /** Makes a document of the next version, `schema` included; the last version has none. */
  upgrade?(timeline: Record<string, unknown>): Record<string, unknown>;
}

/** All versions, oldest first. */
export const TIMELINE_VERSIONS: readonly TimelineVersion[] = [{ schema: 'draft-timeline/1' }];

/** A document of the newest version, unless it is of a version that is not known. */
export type Upgraded = { value: unknown } | { problem: Problem };

/**
 * Brings a timeline of an older version up to the newest. What names no version at all comes back as it is, for the
 * check of its shape to tell.
 *
 * @param versions - Oldest first; each but the last can be upgraded.
 */
export function upgradeTimeline(value: unknown, versions = TIMELINE_VERSIONS): Upgraded {
  const { schema } = (value ?? {}) as { schema?: unknown };
  if (typeof schema !== 'string' || !/^draft-timeline\/./.test(schema)) return { value };
  const start = versions.findIndex((version) => version.schema === schema);
  if (start < 0) return { problem: unknownVersion(schema, versions) };
  let timeline = value as Record<string, unknown>;
  for (const version of versions.slice(start)) timeline = version.upgrade?.(timeline) ?? timeline;
  return { value: timeline };
}

function unknownVersion(schema: string, versions: readonly TimelineVersion[]): Problem {
  const numberOf = (text: string): number => Number(text.slice('draft-timeline/'.length));
  const newest = versions.at(-1)!.schema;
  const isNewer = numberOf(schema) > numberOf(newest);
  return {
    code: 'TIMELINE_VERSION',
    severity: 'error',
    pointer: '/schema',
    message: `schema: ${JSON.stringify(schema)} is ${isNewer ? 'newer than' : 'none of'} the versions that can be read`,
    hint: isNewer
      ? `update cozecut, or save the timeline as ${newest}`
      : `expected ${versions.map((version) => version.schema).join(' or ')}`,
  };
}
