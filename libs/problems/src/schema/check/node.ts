import type { ErrorObject } from 'ajv';
import { formatPointer, type PathSegment } from '../../pointer.ts';

/** Adds to the list what is wrong with a value; the places in it are relative to that value. */
export type Check = (value: unknown, errors: ErrorObject[]) => void;

/** Makes the regular expressions of a schema; throws when one is none. */
export type Engine = (source: string, flags: string) => Pick<RegExp, 'test'>;

/** One schema on the way through the document. */
export interface SchemaNode {
  schema: Record<string, unknown>;
  /** Where it is in the document, as errors name it. */
  schemaPath: string;
  /** Whether it is, or is in, an alternative of a union; defaults are not filled in there. */
  isAlternative: boolean;
  useDefaults: boolean;
  /** Whether the schema is known to be a common one: the check of a property is made when the property first comes. */
  isKnown: boolean;
  engine: Engine;
  /** The check of a schema inside of this one. */
  inner(schema: unknown, path: readonly PathSegment[], isAlternative?: boolean): Check;
}

/** Thrown for a schema that is left to ajv. */
export class UncommonSchema extends Error {}

/** Adds an error about a keyword of a schema. */
export function fail(
  errors: ErrorObject[],
  { schema, schemaPath }: SchemaNode,
  keyword: string,
  data: unknown,
  params: Record<string, unknown> = {},
  message?: string,
): void {
  errors.push({
    keyword,
    instancePath: '',
    schemaPath: `${schemaPath}/${keyword}`,
    params,
    schema: schema[keyword],
    parentSchema: schema,
    data,
    ...(message === undefined ? {} : { message }),
  });
}

/** Checks a part of a value. The place is put in front only of what is wrong, so that right values cost nothing. */
export function checkPart(check: Check, part: unknown, key: PathSegment, errors: ErrorObject[]): void {
  const before = errors.length;
  check(part, errors);
  if (errors.length === before) return;
  const step = formatPointer([key]);
  for (let index = before; index < errors.length; index += 1) {
    const error = errors[index]!;
    error.instancePath = step + error.instancePath;
  }
}
