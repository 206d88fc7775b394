import type { ParameterValue } from '../../resources/parameters.ts';
import type { JsonObject } from '../compiled-draft.ts';

/** Parameters of an effect, in the order of the app. */
export function parameterList(values: readonly ParameterValue[]): JsonObject[] {
  return values.map(({ name, index, min, max, default: start, value }) => ({
    default_value: start,
    max_value: max,
    min_value: min,
    name,
    parameterIndex: index,
    portIndex: 0,
    value,
  }));
}
