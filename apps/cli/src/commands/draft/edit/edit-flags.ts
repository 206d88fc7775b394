import { UserError } from '@cozecut/problems';
import type { Interfaces } from '@oclif/core';
import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { readJson } from '../../../user-json.ts';

/** Arguments of every edit. */
export const editArgs = {
  draft: Args.string({ description: 'draft folder', required: true }),
};

/** Flags of every edit. */
export const commonFlags = {
  primary: Flags.string({ description: 'timeline file to read (default: the one that the app reads)' }),
  'dry-run': Flags.boolean({ description: 'say what would be done, and write nothing' }),
  force: Flags.boolean({ description: 'write while the app is running' }),
};

const CLIP = 'clip: an id, a name, TRACK#INDEX from 0, TRACK@TIME, or id:ID or name:NAME';

interface Property {
  type?: string;
  const?: unknown;
  description?: string;
  default?: unknown;
  properties?: object;
  anyOf?: readonly Property[];
  items?: Property;
  oneOf?: unknown;
}

/** Flags for the keys of an edit, by the name of the key. */
export function flagsOf(schema: object): Record<string, Interfaces.Flag<unknown>> {
  const { properties = {}, required = [] } = schema as {
    properties?: Record<string, Property>;
    required?: readonly string[];
  };
  return Object.fromEntries(
    Object.entries(properties)
      .filter(([name]) => name !== 'op')
      .map(([name, property]) => [flagName(name), flagOf(name, property, required.includes(name))]),
  );
}

/** The edit that flags say; what a flag holds is read as its key needs it. */
export function editOf(op: string, schema: object, flags: Readonly<Record<string, unknown>>): object {
  const { properties = {} } = schema as { properties?: Record<string, Property> };
  const given = Object.entries(properties).flatMap(([name, property]) => {
    const value = flags[flagName(name)];
    return name === 'op' || value === undefined ? [] : [[name, keyValue(name, property, value)] as const];
  });
  return { op, ...Object.fromEntries(given) };
}

function flagOf(name: string, property: Property, required: boolean): Interfaces.Flag<unknown> {
  const form = formOf(name, property);
  const words = name === 'clip' ? CLIP : (property.description ?? '');
  const notes = [
    words.charAt(0).toLowerCase() + words.slice(1),
    property.default === undefined ? '' : `(default: ${JSON.stringify(property.default)})`,
    form === 'json' ? '(JSON)' : form === 'list' ? '(may be given several times)' : '',
  ];
  const base = { description: notes.filter((note) => note !== '').join(' '), required };
  if (form === 'boolean')
    return Flags.boolean({ description: base.description, allowNo: true }) as Interfaces.Flag<unknown>;
  const options = choicesOf(property.items ?? property);
  const all = { ...base, ...(options === undefined ? {} : { options }) };
  return (
    form === 'list' ? Flags.string({ ...all, multiple: true, multipleNonGreedy: true }) : Flags.string(all)
  ) as Interfaces.Flag<unknown>;
}

type Form = 'text' | 'number' | 'boolean' | 'list' | 'json';

function formOf(name: string, { type, anyOf = [], items }: Property): Form {
  if (name === 'clip') return 'text';
  if (type === 'boolean') return 'boolean';
  if (type === 'number' || type === 'integer') return 'number';
  if (type === 'array') return items?.type === 'object' ? 'json' : 'list';
  if (anyOf.some((one) => one.type === 'array')) return 'list';
  return type === 'string' || anyOf.length > 0 ? 'text' : 'json';
}

function keyValue(name: string, property: Property, value: unknown): unknown {
  switch (formOf(name, property)) {
    case 'number': {
      const read = Number(value);
      if (String(value).trim() !== '' && Number.isFinite(read)) return read;
      throw new UserError(
        'INPUT_INVALID',
        `--${flagName(name)} must be a number (got ${JSON.stringify(value)})`,
      );
    }
    case 'json':
      return readJson(`--${flagName(name)}`, String(value));
    case 'list':
      return property.type !== 'array' && Array.isArray(value) && value.length === 1 ? value[0] : value;
    default:
      return value;
  }
}

function choicesOf({ anyOf }: Property): string[] | undefined {
  const values = anyOf?.map((one) => one.const);
  return values?.every((value) => typeof value === 'string') ? (values as string[]) : undefined;
}

function flagName(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
