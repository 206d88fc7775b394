/**
 * Cloud mode: the tools of a plugin over HTTP, made from its manifest.
 *
 * @packageDocumentation
 */
export { createApp, type ServerApp, type ServerOptions } from './app.ts';
export { listen, type RunningServer } from './listen.ts';
