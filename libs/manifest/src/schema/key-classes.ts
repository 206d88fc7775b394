import { duration, Modes } from './scalars.ts';
import { Type } from './type.ts';

/**
 * Keys that a tool inherits: built-in value, then `defaults`, then the tool, then `overrides.defaults` and
 * `overrides.tools` of the selected deployment. The later one wins, `null` in an override removes what was there.
 */
export const INHERITABLE = {
  timeout: { schema: duration('Wall clock of one call'), builtIn: '30s' },
  concurrency: {
    schema: Type.Integer({ minimum: 1, maximum: 10_000, description: 'Calls of one tool in flight at once' }),
    builtIn: 4,
  },
  maxInputBytes: {
    schema: Type.Integer({ minimum: 1, description: 'Size limit of the input of one call, in bytes' }),
    builtIn: 262_144,
  },
  modes: { schema: Modes, builtIn: ['cloud', 'local', 'manual', 'mcp'] },
  runsOn: {
    schema: Type.Enum(['server', 'device'], { description: 'Where the handler runs' }),
    builtIn: 'server',
  },
  enabled: { schema: Type.Boolean({ description: 'Whether the tool can be called' }), builtIn: true },
  retries: {
    schema: Type.Integer({
      minimum: 0,
      maximum: 10,
      description: 'Further attempts after a failure that may pass, where one is harmless',
    }),
    builtIn: 0,
  },
} as const;

/** A key that a tool can inherit. */
export type InheritableKey = keyof typeof INHERITABLE;

/** Names of the inheritable keys. */
export const INHERITABLE_KEYS = Object.keys(INHERITABLE) as InheritableKey[];

/** Keys that stand at the top of a manifest and nowhere else. */
export const TOP_LEVEL_KEYS = [
  'apiVersion',
  'kind',
  'metadata',
  'include',
  'defaults',
  'tools',
  'texts',
  'bindings',
  'auth',
  'openapi',
  'deployments',
] as const;

/** Keys that stand in an entry of `deployments` and nowhere else. */
export const DEPLOYMENT_KEYS = [
  'mode',
  'server',
  'store',
  'egress',
  'cache',
  'retention',
  'quota',
  'relay',
  'secrets',
  'overrides',
] as const;

/** Where a key belongs, for a key that was written in the wrong place. */
export function homeOfKey(key: string): string | undefined {
  if ((TOP_LEVEL_KEYS as readonly string[]).includes(key))
    return `"${key}" belongs to the top of the manifest`;
  if ((DEPLOYMENT_KEYS as readonly string[]).includes(key)) {
    return `"${key}" belongs to an entry of deployments`;
  }
  if (Object.hasOwn(INHERITABLE, key)) {
    return `"${key}" belongs to defaults, a tool, or overrides of a deployment`;
  }
  return undefined;
}

type Optional<K extends InheritableKey> = ReturnType<typeof Type.Optional<(typeof INHERITABLE)[K]['schema']>>;
type Nullable<K extends InheritableKey> = ReturnType<
  typeof Type.Optional<
    ReturnType<typeof Type.Union<[(typeof INHERITABLE)[K]['schema'], ReturnType<typeof Type.Null>]>>
  >
>;

/** The inheritable keys as optional properties. */
export const inheritableProperties = mapKeys((key) =>
  Type.Optional(
    Object.assign(structuredClone(INHERITABLE[key].schema), { default: INHERITABLE[key].builtIn }),
  ),
) as unknown as {
  [K in InheritableKey]: Optional<K>;
};

/** The inheritable keys as an override may give them: `null` removes. */
export const overrideProperties = mapKeys((key) =>
  Type.Optional(
    Type.Union([INHERITABLE[key].schema, Type.Null()], {
      description: `${(INHERITABLE[key].schema as { description?: string }).description}; null removes`,
    }),
  ),
) as unknown as { [K in InheritableKey]: Nullable<K> };

function mapKeys<T>(make: (key: InheritableKey) => T): Record<string, T> {
  return Object.fromEntries(INHERITABLE_KEYS.map((key) => [key, make(key)]));
}
