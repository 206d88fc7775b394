/**
 * Runs the tools of a plugin manifest. Every app calls tools only through a {@link Host}: it loads the handler,
 * checks what goes in and what comes out, keeps the deadline and turns every failure into one shape.
 *
 * @packageDocumentation
 */
export { archivePath, draftPath } from './archive-path.ts';
export { type Archives, createArchives, type KeptArchive, type NewArchive } from './archives.ts';
export { draftIdOf } from './draft-id.ts';
export { type CurrentCall, createHost, type Host, type HostOptions } from './host.ts';
export { matchOutput, type OutputDifference, type OutputMatch } from './match-output.ts';
export { tolerantInput } from './tolerant-input.ts';
export { toToolError } from './tool-error.ts';
export type * from './types.ts';
