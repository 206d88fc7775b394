import { Type } from './type.ts';

/**
 * Options of every map with fixed keys. `x-…` keys are the author's own and are ignored everywhere.
 * `patternErrorMessage` and `propertyNames` texts are shown by editors and by our own messages.
 */
export const closed = { additionalProperties: false, patternProperties: { '^x-': {} } } as const;

/** Text of a form that a pattern decides; `expected` completes "must be …". */
export function textOfForm(pattern: string, expected: string, description: string) {
  return Type.String({ pattern, patternErrorMessage: expected, description });
}

/** A map whose keys the author chooses. */
export function namedMap<T extends Parameters<typeof Type.Record>[1]>(
  value: T,
  names: { pattern: string; expected: string },
  description: string,
) {
  return Type.Record(Type.String(), value, {
    propertyNames: { pattern: names.pattern, patternErrorMessage: names.expected },
    description,
  });
}

/** A length of time: a whole number and `ms`, `s` or `m`. */
export function duration(description: string, builtIn?: string) {
  return Type.String({
    pattern: '^[1-9][0-9]*(ms|s|m)$',
    patternErrorMessage: 'a duration such as 30s, 500ms or 5m',
    ...(builtIn === undefined ? {} : { default: builtIn }),
    description,
  });
}

/** How long something is kept: a whole number and `m`, `h` or `d`, or `never` when it is not removed by its age. */
export function age(description: string, builtIn: string) {
  return Type.String({
    pattern: '^([1-9][0-9]{0,5}(m|h|d)|never)$',
    patternErrorMessage: 'an age such as 30d, 12h or 5m, or never',
    default: builtIn,
    description,
  });
}

const SEMVER =
  '^(0|[1-9]\\d*)\\.(0|[1-9]\\d*)\\.(0|[1-9]\\d*)(-[0-9A-Za-z-]+(\\.[0-9A-Za-z-]+)*)?(\\+[0-9A-Za-z-]+(\\.[0-9A-Za-z-]+)*)?$';

export const Version = (description: string) => textOfForm(SEMVER, 'a version such as 1.4.0', description);

export const TOOL_NAME = {
  pattern: '^[a-z][a-z0-9_]{0,62}$',
  expected: 'a tool name: a-z, 0-9 and _, starting with a letter, at most 63 characters',
} as const;

export const NAME = {
  pattern: '^[a-z][a-z0-9-]{0,62}$',
  expected: 'a name: a-z, 0-9 and -, starting with a letter, at most 63 characters',
} as const;

export const LANGUAGE = {
  pattern: '^[a-z]{2,3}(-[A-Za-z0-9]+)*$',
  expected: 'a language such as en or zh-CN',
} as const;

export const ToolName = (description: string) =>
  textOfForm(TOOL_NAME.pattern, TOOL_NAME.expected, description);

export const Name = (description: string) => textOfForm(NAME.pattern, NAME.expected, description);

/** `writeOnly` keeps a secret that was written here by mistake out of messages. */
export const SecretRef = Type.String({
  pattern: '^secret:[A-Za-z_][A-Za-z0-9_]*$',
  patternErrorMessage: 'a reference such as secret:PLUGIN_TOKEN, never the secret itself',
  description: 'A reference to a secret; the value is looked up at call time and never printed',
  writeOnly: true,
});

export const HttpUrl = (description: string) =>
  textOfForm('^https?://[^\\s/]+', 'an address that starts with http:// or https://', description);

/** Address that paths are put behind. */
export const BaseUrl = (description: string) =>
  textOfForm(
    '^https?://[^\\s/?#]+[^\\s?#]*$',
    'an address such as https://plugin.example.com, without ? and #',
    description,
  );

/** `cn`, `com` or a self-hosted studio. */
export const Region = Type.Enum(['cn', 'com', 'studio'], {
  description: 'cn = api.coze.cn, com = api.coze.com, studio = the server of baseUrl',
});

export const Mode = Type.Enum(['cloud', 'local', 'relay', 'manual', 'mcp'], {
  description: 'A way in which tools are reached',
});

export const Modes = Type.Array(Mode, {
  minItems: 1,
  uniqueItems: true,
  description: 'The ways in which tools are reached',
});

export const HttpMethod = Type.Enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE'], {
  default: 'POST',
  description: 'Method of the request',
});

export const Texts = (description: string) => Type.Record(Type.String(), Type.String(), { description });
