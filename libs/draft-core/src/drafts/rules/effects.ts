import { showJson } from '@cozecut/problems';
import type { DraftRule } from '../draft-rule.ts';
import type { DraftView } from '../draft-view.ts';
import { type Loose, listOf, numberOf, objectOf } from '../loose.ts';

/** DR083: strength of filters. */
export const filterStrength: DraftRule = {
  id: 'DR083',
  title: 'filters are 0 to 100 % strong',
  severity: 'error',
  draft({ view, report }) {
    for (const { array, value, path } of view.materials) {
      const strength = numberOf(value.value);
      if (
        array !== 'effects' ||
        value.type !== 'filter' ||
        strength === undefined ||
        (strength >= 0 && strength <= 1)
      )
        continue;
      report({
        path: [...path, 'value'],
        message: `filter ${showJson(value.name)}: strength must be 0 to 1 (got ${strength})`,
      });
    }
  },
};

interface Parameter {
  value: Loose;
  owner: unknown;
  path: (string | number)[];
  low: number;
  high: number;
}

function parametersIn({ materials }: DraftView): Parameter[] {
  return materials.flatMap(({ value, path }) =>
    ['adjust_params', 'audio_adjust_params'].flatMap((key) =>
      listOf(value[key]).flatMap((one, index): Parameter[] => {
        const parameter = objectOf(one);
        const [low, high] = [numberOf(parameter.min_value), numberOf(parameter.max_value)];
        if (low === undefined || high === undefined || low > high) return [];
        return [{ value: parameter, owner: value.name, path: [...path, key, index], low, high }];
      }),
    ),
  );
}

/** DR084: values of effects. */
export const effectParameter: DraftRule = {
  id: 'DR084',
  title: 'parameters of effects are in range',
  severity: 'error',
  draft({ view, report }) {
    for (const { value, owner, path, low, high } of parametersIn(view)) {
      const number = numberOf(value.value);
      // Numbers of the app are of single precision.
      if (number === undefined || (number >= low - 1e-6 && number <= high + 1e-6)) continue;
      report({
        path: [...path, 'value'],
        message: `effect ${showJson(owner)}: ${showJson(value.name)} must be ${low} to ${high} (got ${number})`,
      });
    }
  },
};

/** DR086: defaults of effects. */
export const effectDefault: DraftRule = {
  id: 'DR086',
  title: 'defaults of effects are in range',
  severity: 'warning',
  fixable: true,
  draft({ view, report }) {
    for (const { value, owner, path, low, high } of parametersIn(view)) {
      const number = numberOf(value.default_value);
      if (number === undefined || (number >= low - 1e-6 && number <= high + 1e-6)) continue;
      const clamped = Math.min(Math.max(number, low), high);
      const own = [...path, 'default_value'];
      report({
        path: own,
        message: `effect ${showJson(owner)}: default ${number} of ${showJson(value.name)} is outside of ${low} to ${high}`,
        fix: { title: `set it to ${clamped}`, timeline: (edit) => edit.setAt(own, clamped) },
      });
    }
  },
};
