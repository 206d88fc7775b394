import { UserError } from '@cozecut/problems';
import { createValidator, type Validate, violationProblem } from '@cozecut/problems/schema';
import { flatFault } from '../faults/schema.ts';
import { SCENARIO_SCHEMA } from './schema.ts';
import type { Scenario } from './types.ts';

/**
 * Checks a scenario that came from outside.
 *
 * @throws UserError SCENARIO_INVALID with a problem for each mistake.
 */
export function parseScenario(value: unknown): Scenario {
  const flat = withFlatFaults(value);
  const problems = validator()(flat).map((violation) => violationProblem(violation, { top: 'the scenario' }));
  if (problems.length > 0) throw UserError.fromProblems('SCENARIO_INVALID', problems);
  const { $schema: _, ...scenario } = flat as Partial<Scenario> & { $schema?: string };
  const { turns = [], workflows = {}, chatflows = {} } = scenario;
  if (turns.length + Object.keys(workflows).length + Object.keys(chatflows).length === 0) {
    throw new UserError('SCENARIO_INVALID', 'the scenario needs turns, workflows or chatflows');
  }
  return { ...scenario, turns };
}

/** Compiling takes longer than the rest; a scenario from outside is rare. */
function validator(): Validate {
  return createValidator(SCENARIO_SCHEMA);
}

function withFlatFaults(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('faults' in value)) return value;
  return Array.isArray(value.faults) ? { ...value, faults: value.faults.map(flatFault) } : value;
}
