/**
 * Cloud mode: the tools of a plugin over HTTP, made from its manifest.
 *
 * @packageDocumentation
 */
export { createApp, type ServerApp, type ServerOptions } from './app.ts';
export { ADMIN_SCOPE, CALL_SCOPE } from './http/caller.ts';
export { listen, type RunningServer } from './listen.ts';
export { type SweepOptions, type Sweeps, startSweeps } from './sweeps.ts';
