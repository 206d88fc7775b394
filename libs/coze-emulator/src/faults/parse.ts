import { UserError } from '@cozecut/problems';
import { createValidator, violationProblem } from '@cozecut/problems/schema';
import { FAULT_SCHEMA, flatFault } from './schema.ts';
import type { Fault } from './types.ts';

/**
 * Reads faults that came from outside; `{id, on, nth, params}` is the same as with the parameters beside the id.
 *
 * @throws UserError FAULT_INVALID with a problem for each mistake.
 */
export function parseFaults(value: readonly unknown[]): Fault[] {
  const faults = value.map(flatFault);
  const validate = createValidator({
    type: 'object',
    properties: { faults: { type: 'array', items: FAULT_SCHEMA } },
  });
  const problems = validate({ faults }).map((violation) => violationProblem(violation, { top: 'the list' }));
  if (problems.length > 0) throw UserError.fromProblems('FAULT_INVALID', problems);
  return faults as Fault[];
}
