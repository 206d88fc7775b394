import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { UserError } from '@cozecut/problems';
import { parseExact } from '../exact-json.ts';
import { parseScenario } from './parse.ts';
import type { Scenario } from './types.ts';

/** Options of {@link loadScenario}. */
export interface LoadScenarioOptions {
  /** Reads the text; default JSON. A YAML reader takes both. */
  parse?: (text: string) => unknown;
}

/**
 * Reads a scenario file.
 *
 * @throws UserError SCENARIO_UNREADABLE, SCENARIO_INVALID
 */
export function loadScenario(file: string, { parse = parseExact }: LoadScenarioOptions = {}): Scenario {
  let value: unknown;
  try {
    value = parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new UserError('SCENARIO_UNREADABLE', `${file} cannot be read as a scenario: ${reason}`, { cause });
  }
  try {
    return parseScenario(value);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const { problems } = error;
    throw new UserError(error.code, `${file}: ${error.message}`, { problems, cause: error });
  }
}

const FOLDER = new URL('../../scenarios/', import.meta.url);

/** Names of the scenarios that come with the package, such as `b-one-tool`. */
export function scenarioNames(): string[] {
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith('.json') && !file.endsWith('.schema.json'))
    .map((file) => file.slice(0, -'.json'.length))
    .sort();
}

/**
 * A scenario that comes with the package.
 *
 * @param name - One of {@link scenarioNames}.
 * @throws UserError SCENARIO_UNREADABLE when there is none.
 */
export function shippedScenario(name: string): Scenario {
  return loadScenario(fileURLToPath(new URL(`${name}.json`, FOLDER)));
}
