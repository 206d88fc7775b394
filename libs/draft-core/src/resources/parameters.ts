import { clampedDefault } from '@cozecut/catalog';
import { closest } from '@cozecut/problems';
import type { ReportExtra } from '../timeline/report.ts';
import type { Resource } from './resources.ts';

/** A parameter of an effect as it goes into a draft. */
export interface ParameterValue {
  name: string;
  index: number;
  min: number;
  max: number;
  default: number;
  value: number;
}

/** What is wrong with the parameters that a timeline gives. */
export interface ParameterFinding {
  code: 'DR084' | 'DR085' | 'DR086';
  severity: 'error' | 'warning';
  /** The key it is about; `undefined` = a parameter that was left out. */
  key: string | undefined;
  message: string;
  extra: ReportExtra;
}

/** Range of nearly all parameters; taken for those that no catalog describes. */
const USUAL_RANGE = { min: 0, max: 1 };

/**
 * Every parameter of an effect, in the order of the app: what is given as 0..100 is mapped to the range of the
 * parameter, what is left out keeps its default.
 */
export function readParameters(
  { name, parameters }: { name: string; parameters?: Resource['parameters'] | undefined },
  given: Readonly<Record<string, number>> = {},
): { values: ParameterValue[]; findings: ParameterFinding[] } {
  const findings: ParameterFinding[] = [];
  const tell = (
    code: ParameterFinding['code'],
    severity: ParameterFinding['severity'],
    key: string | undefined,
    message: string,
    extra: ReportExtra = {},
  ): void => void findings.push({ code, severity, key, message, extra });

  for (const [key, percent] of Object.entries(given)) {
    if (percent >= 0 && percent <= 100) continue;
    tell('DR084', 'error', key, `parameter "${key}" must be 0 to 100 (got ${percent})`);
  }
  if (parameters === undefined) return { values: unlistedValues(name, given, tell), findings };

  const percents = new Map<number, number>();
  for (const [key, percent] of Object.entries(given)) {
    const index = indexOf(key, parameters);
    if (index === undefined) {
      const names = parameters.map((parameter) => parameter.name);
      const what = names.length === 0 ? 'no parameters' : `${names.length} parameters: ${names.join(', ')}`;
      tell('DR085', 'error', key, `"${name}" has no parameter "${key}"; it has ${what}`, {
        suggestions: closest(key, names),
      });
    } else if (percents.has(index)) {
      tell('DR085', 'error', key, `parameter "${key}" is given twice, by name and by index`, {
        hint: 'remove one',
      });
    } else percents.set(index, percent);
  }
  const values = parameters.map((parameter, index): ParameterValue => {
    const { min, max } = parameter;
    const start = clampedDefault(parameter);
    const percent = percents.get(index);
    if (percent === undefined && start !== parameter.default) {
      const range = `${min} to ${max}`;
      const message = `default ${parameter.default} of parameter "${parameter.name}" is outside of its range, ${range}; ${start} is written`;
      tell('DR086', 'warning', undefined, message);
    }
    return {
      name: parameter.name,
      index,
      min,
      max,
      default: start,
      value: percent === undefined ? start : scaled(percent, parameter),
    };
  });
  return { values, findings };
}

type Tell = (
  code: ParameterFinding['code'],
  severity: ParameterFinding['severity'],
  key: string,
  message: string,
  extra?: ReportExtra,
) => void;

/** Parameters of an effect whose list is not known: only those that are given, by name. */
function unlistedValues(name: string, given: Readonly<Record<string, number>>, tell: Tell): ParameterValue[] {
  return Object.entries(given).flatMap(([key, percent], index): ParameterValue[] => {
    if (isIndex(key)) {
      const message = `parameter ${key} of "${name}": which one it is is not known in the loaded catalog`;
      tell('DR085', 'error', key, message, {
        hint: 'name the parameter, or import a catalog that lists the parameters',
      });
      return [];
    }
    const message = `parameter "${key}" of "${name}": its range is not known in the loaded catalog, 0 to 1 is taken`;
    tell('DR086', 'warning', key, message, { hint: 'import a catalog that lists the parameters' });
    const value = scaled(percent, USUAL_RANGE);
    return [{ name: key, index, ...USUAL_RANGE, default: value, value }];
  });
}

function indexOf(key: string, parameters: readonly { name: string }[]): number | undefined {
  const named = parameters.findIndex(({ name }) => name === key);
  if (named !== -1) return named;
  return isIndex(key) && Number(key) < parameters.length ? Number(key) : undefined;
}

function isIndex(key: string): boolean {
  return /^(0|[1-9]\d*)$/.test(key);
}

function scaled(percent: number, { min, max }: { min: number; max: number }): number {
  return min + ((max - min) * percent) / 100;
}
