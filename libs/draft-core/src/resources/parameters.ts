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
  code: 'DR084' | 'DR085' | 'DR086' | 'DR161';
  severity: 'error' | 'warning';
  /** Where it is, from the effect; empty = a parameter that was left out. */
  path: readonly string[];
  message: string;
  extra: ReportExtra;
}

/** What a timeline says about the parameters of an effect, as 0..100. */
export interface GivenParameters {
  /** By name or index. */
  params?: Readonly<Record<string, number>>;
  /** The first parameter. */
  intensity?: number;
}

/** Range of nearly all parameters; taken for those that no catalog describes. */
const USUAL_RANGE = { min: 0, max: 1 };

/**
 * Every parameter of an effect, in the order of the app: what is given as 0..100 is mapped to the range of the
 * parameter, what is left out keeps its default.
 */
export function readParameters(
  { name, parameters }: { name: string; parameters?: Resource['parameters'] | undefined },
  { params = {}, intensity }: GivenParameters,
): { values: ParameterValue[]; findings: ParameterFinding[] } {
  const findings: ParameterFinding[] = [];
  const tell = (
    code: ParameterFinding['code'],
    severity: ParameterFinding['severity'],
    path: readonly string[],
    message: string,
    extra: ReportExtra = {},
  ): void => void findings.push({ code, severity, path, message, extra });

  for (const [key, percent] of Object.entries(params)) {
    if (percent >= 0 && percent <= 100) continue;
    tell('DR084', 'error', ['params', key], `parameter "${key}" must be 0 to 100 (got ${percent})`);
  }
  if (parameters === undefined) {
    if (intensity !== undefined) tellUnknown('intensity', name, ['intensity'], tell);
    return { values: unlistedValues(name, params, tell), findings };
  }

  const percents = new Map<number, number>();
  if (intensity !== undefined && parameters.length > 0) percents.set(0, intensity);
  else if (intensity !== undefined) {
    tell('DR161', 'warning', ['intensity'], `intensity is left out: "${name}" has no parameters`);
  }
  for (const [key, percent] of Object.entries(params)) {
    const path = ['params', key];
    const index = indexOf(key, parameters);
    if (index === undefined) {
      const names = parameters.map((parameter) => parameter.name);
      const what = names.length === 0 ? 'no parameters' : `${names.length} parameters: ${names.join(', ')}`;
      tell('DR085', 'error', path, `"${name}" has no parameter "${key}"; it has ${what}`, {
        suggestions: closest(key, names),
      });
    } else if (percents.has(index)) {
      tell('DR085', 'error', path, `parameter "${key}" is given twice`, { hint: 'remove one' });
    } else percents.set(index, percent);
  }
  const values = parameters.map((parameter, index): ParameterValue => {
    const { min, max } = parameter;
    const start = clampedDefault(parameter);
    const percent = percents.get(index);
    if (percent === undefined && start !== parameter.default) {
      const range = `${min} to ${max}`;
      const message = `default ${parameter.default} of parameter "${parameter.name}" is outside of its range, ${range}; ${start} is written`;
      tell('DR086', 'warning', [], message);
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
  path: readonly string[],
  message: string,
  extra?: ReportExtra,
) => void;

/** What cannot be placed without the list is left out, and said: the effect plays as the app starts it. */
function tellUnknown(what: string, name: string, path: readonly string[], tell: Tell): void {
  const message = `${what} is left out: the loaded catalog does not list the parameters of "${name}"`;
  tell('DR161', 'warning', path, message, { hint: 'import a catalog that lists them' });
}

/** Parameters of an effect whose list is not known: only those that are given, by name. */
function unlistedValues(name: string, given: Readonly<Record<string, number>>, tell: Tell): ParameterValue[] {
  return Object.entries(given).flatMap(([key, percent], index): ParameterValue[] => {
    if (isIndex(key)) {
      tellUnknown(`parameter ${key}`, name, ['params', key], tell);
      return [];
    }
    const message = `parameter "${key}" of "${name}": its range is not known in the loaded catalog, 0 to 1 is taken`;
    tell('DR086', 'warning', ['params', key], message, {
      hint: 'import a catalog that lists the parameters',
    });
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
