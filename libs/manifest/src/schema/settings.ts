import { Deployment } from './deployment.ts';
import { INHERITABLE, INHERITABLE_KEYS } from './key-classes.ts';

/** A key of the manifest that a variable of the environment may set. */
export interface Setting {
  /** An inheritable key such as `timeout`, or the path of a key in a deployment such as `server.port`. */
  key: string;
  /** Whether it is set in every tool or in the selected deployment. */
  of: 'tools' | 'deployment';
  /** The variables that set it; the first one that is set counts. Each also as `NAME_FILE`. */
  variables: readonly string[];
  /** The schema that the manifest is checked with, too. */
  schema: SettingSchema;
}

/** As much of a JSON Schema as is needed to read a text. */
export type SettingSchema = {
  readonly type?: string;
  readonly items?: SettingSchema;
  readonly description?: string;
};

/** Parts of a deployment that no variable sets: `secrets` names variables itself, `overrides` holds what tools inherit. */
const WITHOUT_VARIABLE = new Set(['secrets', 'overrides', 'mode']);
/** `modes` is what tools inherit; for a deployment, one name says what `mode` and `modes` say. */
const OTHER_NAMES: Readonly<Record<string, string>> = { modes: 'mode' };
/** Names that are older than the system. */
const ALIASES: Readonly<Record<string, readonly string[]>> = { 'server.port': ['PORT'] };

/** Every key that a variable may set, made from the classes of keys: inheritable ones, then those of a deployment. */
export const SETTINGS: readonly Setting[] = [
  ...INHERITABLE_KEYS.map((key): Setting => {
    const schema = INHERITABLE[key].schema as SettingSchema;
    return { key, of: 'tools', variables: [variableName(key)], schema };
  }),
  ...leavesOf(Deployment as unknown as ObjectSchema).map(([key, schema]): Setting => {
    const variables = [variableName(OTHER_NAMES[key] ?? key), ...(ALIASES[key] ?? [])];
    return { key, of: 'deployment', variables, schema };
  }),
];

type ObjectSchema = { readonly properties?: Readonly<Record<string, ObjectSchema & SettingSchema>> };

function leavesOf(schema: ObjectSchema, path = ''): [key: string, schema: SettingSchema][] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
    if (path === '' && WITHOUT_VARIABLE.has(name)) return [];
    const key = path + name;
    return property.properties === undefined
      ? [[key, property] as [string, SettingSchema]]
      : leavesOf(property, `${key}.`);
  });
}

/** `server.publicUrl` is `COZECUT_SERVER_PUBLIC_URL`. */
function variableName(key: string): string {
  return `COZECUT_${key
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .replaceAll('.', '_')
    .toUpperCase()}`;
}
