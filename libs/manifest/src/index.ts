/**
 * Reads `plugin.yaml`, reports every mistake with its place, and makes the documents that other systems read.
 *
 * @packageDocumentation
 */
export type { Origins } from './compose/origins.ts';
export { diskFiles, type ManifestFiles } from './files.ts';
export {
  type Checked,
  checkManifest,
  type LoadOptions,
  loadManifest,
  type Resolved,
  resolveManifest,
} from './load.ts';
export type * from './types.ts';
