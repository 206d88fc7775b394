/**
 * The only code that opens a media address: a guarded `fetch`, a cache by content, and a probe that trusts nothing
 * but the bytes.
 *
 * @packageDocumentation
 */
export type { MediaCacheOptions } from './cache/media-cache.ts';
export { sweepMediaCache } from './cache/sweep-cache.ts';
export type { MediaProgress } from './download/download.ts';
export type { Lookup } from './egress/connector.ts';
export { createGuardedFetch, type EgressPorts } from './egress/guarded-fetch.ts';
export { EGRESS_LIMITS, type EgressRules } from './egress/policy.ts';
export { createMediaLibrary, MEDIA_LIMITS, type MediaLibrary, type MediaLibraryOptions } from './library.ts';
export type {
  AudioStream,
  MediaFacts,
  MediaFile,
  MediaProbe,
  MediaStream,
  VideoStream,
} from './media-file.ts';
export { probeFile } from './probe/probe-file.ts';
