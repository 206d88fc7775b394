import { localError } from './errors.ts';
import { asObject, type JsonObject } from './json.ts';

/** An object of an answer. @throws CozeError BAD_RESPONSE */
export function expectObject(value: unknown, operation: string): JsonObject {
  const object = asObject(value);
  if (!object) throw localError('BAD_RESPONSE', 'expected an object in data', { operation });
  return object;
}

/** The objects of a list. @throws CozeError BAD_RESPONSE */
export function expectList(value: unknown, operation: string): JsonObject[] {
  if (!Array.isArray(value)) throw localError('BAD_RESPONSE', 'expected a list in data', { operation });
  return value.map((item) => expectObject(item, operation));
}
