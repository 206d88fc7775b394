import { Ajv2020 } from 'ajv/dist/2020.js';
import { FORMATS } from './formats.ts';
import { createResolver } from './resolve.ts';
import type { Violation } from './violation.ts';

/** Checks a value against the schema it was made for. */
export type Validate = (value: unknown) => Violation[];

/** Options of {@link createValidator}. */
export interface ValidatorOptions {
  /** Whether the defaults of the schema are filled in, in place; default false. */
  useDefaults?: boolean;
  /** Makes the regular expressions of the schema; `RegExp` when left out. For patterns that must not take long. */
  pattern?: (source: string, flags: string) => { test(text: string): boolean };
}

/**
 * Compiles a JSON Schema (2020-12, references within the document only) into a check that reports each mistake once,
 * in words. Where a schema offers alternatives, the one that was meant is chosen and only its violations are
 * reported; `oneOf` with a `discriminator` looks at that one alone.
 *
 * Compiling takes far longer than checking: keep the result.
 *
 * @throws Error when the schema itself is not valid.
 */
export function createValidator(schema: object, options: ValidatorOptions = {}): Validate {
  const { pattern } = options;
  const ajv = new Ajv2020({
    allErrors: true,
    verbose: true,
    strict: false,
    logger: false,
    meta: false,
    validateSchema: false,
    discriminator: true,
    useDefaults: options.useDefaults ?? false,
    formats: FORMATS,
    ...(pattern === undefined ? {} : { code: { regExp: withCode(pattern) } }),
  });
  const validate = ajv.compile(schema);
  const resolve = createResolver(schema);
  return (value) => (validate(value) ? [] : resolve(validate.errors ?? [], value));
}

type Engine = NonNullable<ValidatorOptions['pattern']>;

/** The validator wants to know what the engine would be called in code that it prints, which it never does here. */
function withCode(pattern: Engine): Engine & { code: string } {
  return Object.assign((source: string, flags: string) => pattern(source, flags), { code: 'pattern' });
}
