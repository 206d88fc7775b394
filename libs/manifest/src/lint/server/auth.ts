import type { PathSegment } from '@cozecut/problems';
import { child, entriesOf, type Node, textOf } from '../../source/node.ts';
import type { Phase } from '../types.ts';

/** The auth of a manifest as the server reads it: out of the payload, or out of keys of an older form. */
export interface ReadAuth {
  type: string;
  values: Readonly<Record<string, string>>;
  /** Path of what holds the values. */
  base: readonly PathSegment[];
  /** Whether the values are keys of `auth` instead of text in `payload`. */
  isFlat: boolean;
  /** Why there are no values. */
  broken?: { path: readonly PathSegment[]; words: { message: string; predicted: string }; phase?: Phase };
}

const FLAT_KEY: Readonly<Record<string, string>> = { service_http: 'service_token', oauth: 'client_secret' };
const SUB_TYPE: Readonly<Record<string, string>> = {
  service_http: 'token/api_key',
  oauth: 'authorization_code',
};

/** Reads the auth of a manifest; nothing when it needs no values. */
export function readAuth(manifest: Node): ReadAuth | undefined {
  const auth = child(manifest, 'auth');
  const type = textOf(child(auth, 'type')) ?? '';
  const wanted = SUB_TYPE[type];
  if (auth === undefined || wanted === undefined) return undefined;
  const subType = textOf(child(auth, 'sub_type')) || wanted;
  const flat = Object.fromEntries(entriesOf(auth).map(([key, { value }]) => [key, textOf(value) ?? '']));
  const isKnown = subType === wanted || (type === 'oauth' && subType === 'client_credentials');
  const base = { type, values: {}, base: ['auth'], isFlat: false };
  if (!isKnown) {
    const words = {
      message: `auth.sub_type must be ${wanted} for ${type} (got "${subType}")`,
      predicted: `invalid plugin sub-auth type '${subType}'`,
    };
    return { ...base, broken: { path: ['auth', 'sub_type'], words } };
  }
  const isFlat = subType === wanted && (flat[FLAT_KEY[type]!] ?? '') !== '';
  if (isFlat) return { ...base, values: flat, isFlat };
  const payload = readPayload(flat.payload ?? '');
  const path = ['auth', 'payload'];
  if (payload === undefined) {
    const words = {
      message: 'auth.payload must be JSON text that is an object',
      predicted: 'invalid auth payload json',
    };
    return { ...base, broken: { path, words } };
  }
  if (subType !== wanted) {
    const words = {
      message: `auth.sub_type must be ${wanted} for ${type} (got "${subType}")`,
      predicted: `invalid sub-auth type '${subType}'`,
    };
    return { ...base, broken: { path: ['auth', 'sub_type'], words, phase: 'validate' } };
  }
  return { ...base, base: path, values: payload };
}

function readPayload(text: string): Record<string, string> | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  // null leaves everything empty.
  if (value === null) return {};
  if (typeof value !== 'object' || Array.isArray(value)) return undefined;
  const entries = Object.entries(value);
  if (entries.some(([, item]) => typeof item !== 'string' && item !== null)) return undefined;
  return Object.fromEntries(entries.map(([key, item]) => [key, String(item ?? '')]));
}
