import { calls } from './calls.ts';
import { check } from './check.ts';
import { common } from './common.ts';
import { connect } from './connect.ts';
import { drafts } from './drafts.ts';
import { editor } from './editor.ts';
import { jobs } from './jobs.ts';
import { local } from './local.ts';
import { owners } from './owners.ts';
import { sessions } from './sessions.ts';
import { tokens } from './tokens.ts';
import type { DocumentPart, Schema } from './words.ts';

const PARTS: readonly DocumentPart[] = [
  ...[common, check, drafts, editor, jobs, calls],
  ...[local, sessions, connect, tokens, owners],
];

/**
 * The OpenAPI document of the server itself: what is there besides the tools. The client of the page is made from it.
 *
 * @param server - Its address, and the version of the program.
 */
export function serverDocument(server: { url: string; version: string }): Record<string, unknown> {
  const { url, version } = server;
  const merge = <Key extends keyof DocumentPart>(key: Key): Record<string, Schema> =>
    Object.assign({}, ...PARTS.map((part) => part[key]));
  return {
    openapi: '3.1.0',
    info: {
      title: 'cozecut server',
      version,
      description:
        'Drafts, jobs, calls, the local service, sessions, connection and tokens. The tools have a document of their own.',
    },
    servers: [{ url }],
    security: [{}, { bearer: [] }],
    paths: merge('paths'),
    components: {
      schemas: merge('schemas'),
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } },
    },
  };
}
