/**
 * Who may call us, and where secrets come from.
 *
 * @packageDocumentation
 */
export { type BearerToken, createBearerCheck } from './bearer.ts';
export { resolveSecret, type SecretSources } from './secrets.ts';
