import type { ErrorObject } from 'ajv';
import { compileWithAjv } from './ajv.ts';
import { compileCommon } from './check/compile.ts';
import type { Engine } from './check/node.ts';
import { createResolver } from './resolve.ts';
import type { Violation } from './violation.ts';

/** Checks a value against the schema it was made for. */
export type Validate = (value: unknown) => Violation[];

/** Options of {@link createValidator}. */
export interface ValidatorOptions {
  /** Whether the defaults of the schema are filled in, in place; default false. */
  useDefaults?: boolean;
  /** How many mistakes are explained; all when left out. */
  most?: number;
  /**
   * Whether the schema is one of the program's own, of which a test says that it is valid and has common keywords only
   * (`hasCommonKeywords`); default false. What is not used of it is never looked at, so that a large one costs little.
   */
  isKnown?: boolean;
  /** Makes the regular expressions of the schema; `RegExp` when left out. For patterns that must not take long. */
  pattern?: Engine;
}

/**
 * Makes the check of a JSON Schema (2020-12, references within the document only) that reports each mistake once,
 * in words. Where a schema offers alternatives, the one that was meant is chosen and only its violations are
 * reported; `oneOf` with a `discriminator` looks at that one alone.
 *
 * Making it takes longer than using it: keep the result.
 *
 * @throws Error when the schema itself is not valid.
 *
 * @example
 * ```ts
 * import { createValidator, describeViolation } from '@cozecut/problems/schema';
 *
 * const validate = createValidator({ type: 'object', properties: { width: { type: 'integer', minimum: 16 } } });
 * for (const violation of validate({ width: 4 })) {
 *   console.log(describeViolation(violation, 'the canvas')); // => width must be >= 16 (got 4)
 * }
 * ```
 */
export function createValidator(schema: object, options: ValidatorOptions = {}): Validate {
  const { useDefaults = false, isKnown = false, pattern = unicode } = options;
  const { most = Number.POSITIVE_INFINITY } = options;
  const check =
    compileCommon(schema, { useDefaults, isKnown, pattern }) ?? compileWithAjv(schema, useDefaults, pattern);
  const resolve = createResolver(schema, most);
  return (value) => {
    const errors: ErrorObject[] = [];
    check(value, errors);
    return errors.length === 0 ? [] : resolve(errors, value);
  };
}

/** Whether a schema is valid and has common keywords only, so that ajv is not needed for it. */
export function hasCommonKeywords(schema: object): boolean {
  return compileCommon(schema, { useDefaults: true, isKnown: false, pattern: unicode }) !== undefined;
}

const unicode: Engine = (source, flags) => new RegExp(source, flags);
