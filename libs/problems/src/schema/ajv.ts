import type { Check, Engine } from './check/node.ts';
import { FORMATS } from './formats.ts';

/**
 * Makes the check of any schema. Ajv is loaded when the first such schema comes, since loading it and compiling with it
 * costs more than most programs spend on checking.
 *
 * @throws Error when the schema is not valid, and in a browser, where ajv cannot be loaded at that moment.
 */
export function compileWithAjv(schema: object, useDefaults: boolean, pattern: Engine): Check {
  const node = globalThis.process?.getBuiltinModule?.('node:module');
  if (node === undefined) throw new Error('the schema has keywords that are checked in Node only');
  const require = node.createRequire(import.meta.url);
  const { Ajv2020 } = require('ajv/dist/2020.js') as typeof import('ajv/dist/2020.js');
  const ajv = new Ajv2020({
    allErrors: true,
    verbose: true,
    strict: false,
    logger: false,
    meta: false,
    validateSchema: false,
    discriminator: true,
    useDefaults,
    // A property called constructor is missing where the value has none of its own.
    ownProperties: true,
    formats: FORMATS,
    // Ajv wants to know what the engine would be called in code that it prints, which it never does here.
    code: {
      regExp: Object.assign((source: string, flags: string) => pattern(source, flags), { code: 'pattern' }),
    },
  });
  const validate = ajv.compile(schema);
  return (value, errors) => {
    if (!validate(value)) for (const error of validate.errors ?? []) errors.push(error);
  };
}
