import { calls } from './calls.ts';
import { check } from './check.ts';
import { common } from './common.ts';
import { connect, verify } from './connect.ts';
import { drafts, generate } from './drafts.ts';
import { editor } from './editor.ts';
import { jobs } from './jobs.ts';
import { local } from './local.ts';
import { oauth } from './oauth.ts';
import { operations, page } from './operations.ts';
import { owners } from './owners.ts';
import { sessions } from './sessions.ts';
import { tokens } from './tokens.ts';
import type { DocumentPart, Feature, Paths, Schema } from './words.ts';

const PARTS: readonly DocumentPart[] = [
  ...[common, check, generate, drafts, editor, jobs, calls],
  ...[local, sessions, connect, verify, tokens, owners],
  ...[oauth, operations, page],
];

/**
 * What is there besides the tools: every path with its operations by method.
 *
 * @param features - What the server has; everything when it is left out.
 */
export function serverPaths(features?: ReadonlySet<Feature>): Paths {
  const there = PARTS.filter(({ feature }) => feature === undefined || (features?.has(feature) ?? true));
  return Object.assign({}, ...there.map(({ paths }) => paths));
}

/**
 * The OpenAPI document of the server itself. The client of the page is made from it.
 *
 * @param server - Its address, the version of the program, and what it has; everything when that is left out.
 */
export function serverDocument(server: {
  url: string;
  version: string;
  features?: ReadonlySet<Feature>;
}): Record<string, unknown> {
  const { url, version, features } = server;
  const schemas: Record<string, Schema> = Object.assign({}, ...PARTS.map((part) => part.schemas));
  return {
    openapi: '3.1.0',
    info: {
      title: 'cozecut server',
      version,
      description:
        'Drafts, jobs, calls, the local service, sessions, connection, tokens and operations. The tools have a document of their own.',
    },
    servers: [{ url }],
    security: [{}, { bearer: [] }],
    paths: serverPaths(features),
    components: {
      schemas,
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } },
    },
  };
}
