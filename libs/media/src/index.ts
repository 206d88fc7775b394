/**
 * The only code that opens a media address: a guarded `fetch`, a cache by content, and a probe that trusts nothing
 * but the bytes.
 *
 * @packageDocumentation
 */
export type { DownloadOptions, MediaProgress } from './download.ts';
export { createGuardedFetch } from './egress/guarded-fetch.ts';
export type { EgressRules } from './egress/policy.ts';
export { createMediaLibrary, type MediaLibrary, type MediaLibraryOptions } from './library.ts';
export type { MediaFacts, MediaFile } from './media-file.ts';
export { type Probed, probeFile } from './probe/probe-file.ts';
