/**
 * Handlers of the device plugin; `plugin.yaml` names them.
 *
 * @packageDocumentation
 */
export { listFiles } from './handlers/list-files.ts';
export { readFile } from './handlers/read-file.ts';
export { screenshot } from './handlers/screenshot.ts';
