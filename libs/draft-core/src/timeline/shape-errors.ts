import { closest, type Problem, parsePointer } from '@cozecut/problems';
import type { ErrorObject } from 'ajv/dist/2020.js';
import { placeOf } from './report.ts';

/** Turns one error of the validator into a finding: what was expected, what came, where. */
export function describeShapeError(error: ErrorObject): Problem {
  const at = placeOf(error.instancePath);
  const path = parsePointer(error.instancePath);
  const problem = (message: string, more: Partial<Problem> = {}): Problem => ({
    code: codeFor(path, error),
    severity: 'error',
    pointer: error.instancePath,
    message: `${at === '' ? 'timeline' : at}: ${message}`,
    ...more,
  });
  if (error.keyword === 'additionalProperties') {
    const key = String(error.params.additionalProperty);
    const known = Object.keys((error.parentSchema?.properties ?? {}) as object);
    const suggestions = closest(key, known);
    return problem(`unknown key ${JSON.stringify(key)}`, {
      pointer: `${error.instancePath}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`,
      ...(suggestions.length > 0 ? { suggestions } : { hint: `known keys: ${known.join(', ')}` }),
    });
  }
  if (error.keyword === 'required') {
    const key = String(error.params.missingProperty);
    const hint = missingHints[key];
    return problem(`${JSON.stringify(key)} is missing`, hint === undefined ? {} : { hint });
  }
  if (error.keyword === 'discriminator') {
    const types = ['video', 'audio', 'text', 'sticker', 'effect', 'filter'];
    const type = String(error.params.tagValue);
    const suggestions = closest(type, types);
    const came = error.params.tagValue === undefined ? 'nothing' : JSON.stringify(type);
    return problem(
      `track type must be ${oneOf(types)} (got ${came})`,
      suggestions.length > 0 ? { suggestions } : {},
    );
  }
  return problem(`must be ${expected(error)} (got ${shown(error.data)})`);
}

const missingHints: Record<string, string> = {
  timeUnit: 'say in which unit the times are: "us", "ms" or "s"',
  media: 'name the file or address that the clip plays',
  duration: 'say how long the clip is shown',
  schema: 'write "schema": "draft-timeline/1"',
};

type Schema = { [keyword: string]: unknown };

function expected({ keyword, params, schema, parentSchema }: ErrorObject): string {
  switch (keyword) {
    case 'type':
      return `${/^[aeiou]/.test(String(params.type)) ? 'an' : 'a'} ${params.type}`;
    case 'const':
      return JSON.stringify(params.allowedValue);
    case 'minimum':
    case 'maximum':
      return `${params.comparison} ${params.limit}`;
    case 'minLength':
      return 'text that is not empty';
    case 'minItems':
    case 'maxItems':
      return `a list of ${keyword === 'minItems' ? 'at least' : 'at most'} ${params.limit}`;
    case 'pattern':
      return String(parentSchema?.description ?? 'of another form');
    case 'anyOf':
      return alternatives(schema as Schema[], parentSchema);
    default:
      return keyword;
  }
}

function alternatives(schemas: Schema[], parent: Schema | undefined): string {
  const constants = schemas.map((one) => one.const);
  if (constants.every((constant) => constant !== undefined)) return oneOf(constants.map(String));
  if (schemas.every((one) => one.type === 'object')) {
    return schemas
      .map((one) => {
        const properties = one.properties as Record<string, Schema>;
        return `{type: ${JSON.stringify(properties.type?.const)}, ${Object.keys(properties).slice(1).join(', ')}}`;
      })
      .join(' or ');
  }
  return String(parent?.description ?? schemas.map((one) => one.type).join(' or ')).replace(
    /^A time/,
    'a time',
  );
}

function oneOf(words: string[]): string {
  return `one of ${words.map((word) => JSON.stringify(word)).join(', ')}`;
}

function shown(data: unknown): string {
  if (typeof data === 'number') return String(data);
  const text = JSON.stringify(data) ?? String(data);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

const timeKeys = new Set(['start', 'duration', 'in', 'out']);
const codesByKey: Record<string, string> = {
  crop: 'DR043',
  mask: 'DR048',
  background: 'DR050',
  chroma: 'DR054',
  intensity: 'DR083',
  params: 'DR084',
  volume: 'DR028',
  speed: 'DR022',
  reverse: 'DR027',
  opacity: 'DR040',
  scale: 'DR041',
  scaleX: 'DR041',
  scaleY: 'DR041',
  canvas: 'DR018',
};
const textBox = new Set(['size', 'maxLineWidth', 'align']);

/** The rule that a wrong shape comes closest to; `DR162` (malformed clip) when there is none. */
function codeFor(path: string[], { keyword, params }: ErrorObject): string {
  const last = path.at(-1) ?? '';
  if (keyword === 'discriminator') return 'DR010';
  if (keyword === 'required') {
    if (params.missingProperty === 'timeUnit') return 'DR005';
    if (params.missingProperty === 'media') return 'DR165';
  }
  if (path[0] === 'timeUnit') return 'DR005';
  if (path.includes('keyframes')) {
    if (keyword === 'additionalProperties') return 'DR064';
    return last === '0' ? 'DR004' : last === '2' ? 'DR069' : 'DR062';
  }
  if (path.includes('ranges') && (last === 'start' || last === 'end')) return 'DR101';
  if (keyword === 'additionalProperties') return 'DR162';
  if (timeKeys.has(last)) return 'DR004';
  if (path.includes('style')) return textBox.has(last) ? 'DR107' : 'DR106';
  return path.map((key) => codesByKey[key]).find((code) => code !== undefined) ?? 'DR162';
}
