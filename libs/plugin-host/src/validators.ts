import type { JsonSchema } from '@cozecut/manifest';
import { type Problem, type SchemaError, schemaProblems } from '@cozecut/problems';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';

/** Checks a value and fills in the defaults of the schema, in place. */
export type Validate = (value: unknown) => Problem[];

/** Compiles validators for the schemas of tools; each schema is compiled once, when it is first used. */
export function createValidators(): (schema: JsonSchema, root: string) => Validate {
  const ajv = new Ajv2020({
    allErrors: true,
    verbose: true,
    useDefaults: true,
    strict: false,
    discriminator: true,
  });
  formats.default(ajv);
  const compiled = new WeakMap<JsonSchema, Validate>();
  return (schema, root) => {
    let validate = compiled.get(schema);
    if (validate === undefined) {
      const check = ajv.compile(schema);
      validate = (value) =>
        check(value)
          ? []
          : schemaProblems((check.errors ?? []) as SchemaError[], { code: 'INPUT_INVALID', root });
      compiled.set(schema, validate);
    }
    return validate;
  };
}
