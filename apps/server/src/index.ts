/**
 * Cloud mode: the tools of a plugin over HTTP, made from its manifest.
 *
 * @packageDocumentation
 */
export { createApp, type ServerApp, type ServerOptions } from './app.ts';
export type { CallPlace } from './calls.ts';
export { ADMIN_SCOPE, CALL_SCOPE } from './http/caller.ts';
export { listen, type RunningServer } from './listen.ts';
export type {
  LocalChoice,
  LocalChoices,
  LocalService,
  LocalStart,
  LocalState,
  LocalTools,
} from './local/port.ts';
export { serverDocument } from './openapi/document.ts';
export type { Editor, InstalledInEditor } from './routes/editor.ts';
export { type SweepOptions, type Sweeps, startSweeps } from './sweeps.ts';
