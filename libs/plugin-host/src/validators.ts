import { foreignPattern, type JsonSchema } from '@cozecut/manifest/loader';
import type { Problem } from '@cozecut/problems';
import { createValidator, violationProblem } from '@cozecut/problems/schema';

/** Checks a value and fills in the defaults of the schema, in place. */
export type Validate = (value: unknown) => Problem[];

/** Compiles validators for the schemas of tools; each schema is compiled once, when it is first used. */
export function createValidators(): (schema: JsonSchema, top: string) => Validate {
  const compiled = new WeakMap<JsonSchema, Validate>();
  return (schema, top) => {
    let validate = compiled.get(schema);
    if (validate === undefined) {
      const check = createValidator(schema, { useDefaults: true, pattern: foreignPattern });
      validate = (value) =>
        check(value).map((violation) => violationProblem(violation, { top, code: 'INPUT_INVALID' }));
      compiled.set(schema, validate);
    }
    return validate;
  };
}
