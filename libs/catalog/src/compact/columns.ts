import { showJson } from '@cozecut/problems';
import { isTextTemplate } from '../text-template.ts';
import type { CatalogEntry, CatalogOrigin, CatalogParameter } from '../types.ts';

/** Written where parameters are not known, because `null` says that there are none. */
export const PARAMETERS_UNKNOWN = 'unknown';

/** A column of the compact format: how a cell is read and written. */
export interface Column {
  /** Key of the entry that the column fills. */
  key: Exclude<keyof CatalogEntry, 'app' | 'kind'>;
  /** What a cell may be, for messages. */
  expected: string;
  isRequired?: boolean;
  accepts(cell: unknown): boolean;
  /** Value of an accepted cell that is not `null`. */
  read?(cell: unknown): unknown;
  write?(value: unknown): unknown;
  /** What `null` stands for; not known when left out. */
  readNull?: unknown;
}

const ORIGINS: readonly CatalogOrigin[] = ['built-in', 'imported', 'harvested'];

const isText = (cell: unknown): boolean => typeof cell === 'string' && cell.trim() !== '';
const isTextList = (cell: unknown): boolean => Array.isArray(cell) && cell.every(isText);
const isFlag = (cell: unknown): boolean => typeof cell === 'boolean';
const text = { expected: 'text', accepts: isText };
const flag = { expected: 'true or false', accepts: isFlag };
const textList = { expected: 'a list of texts', accepts: isTextList };

/** The columns by name, in the order in which they are written. */
export const COLUMNS: Readonly<Record<string, Column>> = {
  name: { key: 'name', ...text, isRequired: true },
  resource_id: { key: 'resourceId', ...text, isRequired: true },
  effect_id: { key: 'effectId', ...text },
  vip: { key: 'vip', ...flag },
  default_duration_us: {
    key: 'defaultDurationUs',
    expected: 'a whole number of microseconds from 0 up',
    accepts: (cell) => Number.isSafeInteger(cell) && (cell as number) >= 0,
  },
  is_overlap: { key: 'isOverlap', ...flag },
  resource_type: { key: 'resourceType', ...text },
  default_aspect_ratio: {
    key: 'defaultAspectRatio',
    expected: 'a number above 0',
    accepts: (cell) => typeof cell === 'number' && cell > 0,
  },
  params: {
    key: 'parameters',
    expected: `a list of [name, default, min, max] with min up to max, or "${PARAMETERS_UNKNOWN}"`,
    accepts: (cell) => cell === PARAMETERS_UNKNOWN || (Array.isArray(cell) && cell.every(isParameter)),
    read: (cell) => (cell === PARAMETERS_UNKNOWN ? undefined : (cell as ParameterCell[]).map(readParameter)),
    write: (value) => writeParameters(value as readonly CatalogParameter[] | undefined),
    readNull: [],
  },
  template: {
    key: 'template',
    expected: 'a template of texts as `cozecut catalog harvest` writes it',
    accepts: isTextTemplate,
  },
  alt_names: { key: 'altNames', ...textList },
  alt_effect_ids: { key: 'altEffectIds', ...textList },
  origin: {
    key: 'origin',
    expected: `one of ${ORIGINS.map(showJson).join(', ')}`,
    accepts: (cell) => ORIGINS.includes(cell as CatalogOrigin),
  },
};

type ParameterCell = [name: string, value: number, min: number, max: number];

function isParameter(cell: unknown): boolean {
  if (!Array.isArray(cell) || cell.length !== 4) return false;
  const [name, ...numbers] = cell as ParameterCell;
  return isText(name) && numbers.every((number) => typeof number === 'number') && numbers[1] <= numbers[2];
}

function readParameter([name, value, min, max]: ParameterCell): CatalogParameter {
  return { name, default: value, min, max };
}

function writeParameters(parameters: readonly CatalogParameter[] | undefined): unknown {
  if (parameters === undefined) return PARAMETERS_UNKNOWN;
  return parameters.length === 0
    ? null
    : parameters.map(({ name, default: value, min, max }) => [name, value, min, max]);
}
