import type { FaultId } from './types.ts';

type Schema = Record<string, unknown>;

const count = { type: 'integer', minimum: 0 };
const text = { type: 'string' };
const oneOf = (...values: readonly unknown[]): Schema => ({ enum: values });
const reply: Schema = {
  type: 'object',
  additionalProperties: false,
  required: ['status', 'body'],
  properties: { status: count, headers: { type: 'object', additionalProperties: text }, body: text },
};
const replying = (...variants: readonly string[]): Schema => ({
  reply,
  ...(variants.length > 0 ? { variant: oneOf(...variants) } : {}),
});

/** Parameters of each fault, as JSON Schema properties. */
const PARAMS: Readonly<Record<FaultId, Schema>> = {
  F01: { afterBytes: count },
  F02: { afterBytes: count },
  F03: {},
  F04: { chunkBytes: { type: 'integer', minimum: 1 } },
  F05: { forms: { type: 'array', items: oneOf('crlf', 'cr', 'bom', 'comments', 'fields', 'retry') } },
  F06: { variant: oneOf('multi-line', 'empty-data', 'no-event', 'event-after-data') },
  F07: {},
  F08: { afterBytes: count, silenceMs: count, afterFrames: count, pingMs: count },
  F09: replying('token', 'scope'),
  F10: replying('plain', 'seconds', 'date', '4009', '4020', '4008'),
  F11: replying('500', '502', '503', '5000'),
  F12: replying('line', 'newline', 'pretty'),
  F13: replying('start', 'middle'),
  F14: replying(),
  F15: replying('history', 'chat', 'call', 'state'),
  F16: { variant: oneOf('lost', 'again') },
  F17: { variant: oneOf('again', 'same-ids') },
  F18: { variant: oneOf('empty', 'null', 'blank-id', 'no-function', 'unknown-type') },
  F19: {
    variant: oneOf(
      'blank',
      'null',
      'truncated',
      'array',
      'nan',
      'same-keys',
      'large',
      'proto',
      'texts',
      'comma',
    ),
  },
  F20: { name: text },
  F21: {},
  F22: replying('http413', 'code4000'),
  F23: { afterFrames: count },
  F24: { variant: oneOf('canceled', 'cancelled') },
  F25: { variant: oneOf('empty', 'blank') },
  F26: {},
  F27: { afterFrames: count },
  F28: { type: count, data: oneOf('empty', 'json', 'garbage') },
  F29: { variant: oneOf('gzip', 'no-charset', 'close') },
  F30: { variant: oneOf('skew', 'mid-stream'), skewMs: { type: 'number' } },
  F31: { variant: oneOf('stream-done', 'plain-error', 'token', 'no-submit') },
  F32: {},
  F33: { variant: oneOf('reset', 'garbage', 'refused'), downMs: count },
  F34: { variant: oneOf('large', 'many'), bytes: count, events: count },
};

/** JSON Schema of one fault. */
export const FAULT_SCHEMA: Schema = {
  type: 'object',
  required: ['id'],
  discriminator: { propertyName: 'id' },
  oneOf: Object.entries(PARAMS).map(([id, params]) => ({
    type: 'object',
    additionalProperties: false,
    required: ['id'],
    properties: {
      id: { const: id },
      on: { ...text, description: 'Path of the route that is hit' },
      nth: { type: 'integer', minimum: 1, description: 'Which request of that path; every one when absent' },
      probability: { type: 'number', minimum: 0, maximum: 1 },
      seed: { type: 'integer' },
      params: { type: 'object', description: 'The parameters may stand here or beside the id' },
      ...params,
    },
  })),
};

/** Puts `params` beside the id, where they can stand as well. */
export function flatFault(fault: unknown): unknown {
  if (typeof fault !== 'object' || fault === null || !('params' in fault)) return fault;
  const { params, ...rest } = fault;
  return typeof params === 'object' ? { ...params, ...rest } : fault;
}
