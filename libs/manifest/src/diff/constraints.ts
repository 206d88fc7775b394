import type { Report } from './change.ts';
import type { Data } from './operations.ts';

/** Keywords whose greater number allows less, and those whose smaller number does. */
const LOWER = ['minimum', 'exclusiveMinimum', 'minLength', 'minItems', 'minProperties'];
const UPPER = ['maximum', 'exclusiveMaximum', 'maxLength', 'maxItems', 'maxProperties'];
/** Keywords that restrict by being there; two of them cannot be compared. */
const RULES = ['pattern', 'multipleOf', 'uniqueItems', 'format', 'x-assist-type', 'not', 'contains'];
/** Keywords that also say how a value is read. */
const MEANING = new Set(['format', 'x-assist-type']);
const TEXTS = ['title', 'description', 'example', 'examples', 'externalDocs'];

/** Compares what two schemas of one type demand of a value. */
export function compareConstraints(old: Data, now: Data, side: 'input' | 'output', report: Report): void {
  for (const keyword of [...LOWER, ...UPPER]) {
    const sign = LOWER.includes(keyword) ? 1 : -1;
    const before = strictness(old[keyword], sign);
    const after = strictness(now[keyword], sign);
    if (before === after) continue;
    tell(keyword, old, now, after > before ? 'narrowed' : 'widened', side, report);
  }
  for (const keyword of RULES) {
    if (JSON.stringify(old[keyword]) === JSON.stringify(now[keyword])) continue;
    const isGone = now[keyword] === undefined || now[keyword] === false;
    if (side === 'output' && MEANING.has(keyword) && old[keyword] !== undefined) {
      report('breaking', 'FORMAT_CHANGED', changed(keyword, old, now));
    } else tell(keyword, old, now, isGone ? 'widened' : 'narrowed', side, report);
  }
  compareDefaults(old, now, report);
  for (const keyword of TEXTS) {
    if (JSON.stringify(old[keyword]) === JSON.stringify(now[keyword])) continue;
    report('documentation', 'TEXT_CHANGED', `${keyword} was changed`);
  }
  if (old.deprecated !== true && now.deprecated === true)
    report('additive', 'DEPRECATED', 'is deprecated now');
}

/** An output that promises more than before breaks nobody; neither does one that is less tight. */
function tell(
  keyword: string,
  old: Data,
  now: Data,
  how: 'narrowed' | 'widened',
  side: 'input' | 'output',
  report: Report,
): void {
  const kind = side === 'input' && how === 'narrowed' ? 'breaking' : 'additive';
  report(kind, how === 'narrowed' ? 'CONSTRAINT_NARROWED' : 'CONSTRAINT_WIDENED', changed(keyword, old, now));
}

function compareDefaults(old: Data, now: Data, report: Report): void {
  const before = JSON.stringify(old.default);
  const after = JSON.stringify(now.default);
  // A default that is gone from a required field shows as a new required field.
  if (before !== after) report('additive', 'DEFAULT_CHANGED', changed('default', old, now));
}

function changed(keyword: string, old: Data, now: Data): string {
  const show = (value: unknown) => (value === undefined ? 'none' : JSON.stringify(value));
  return `${keyword} was ${show(old[keyword])} and is ${show(now[keyword])}`;
}

/** How much a bound restricts; a flag of OpenAPI 3.0 counts as a bound too. */
function strictness(value: unknown, sign: number): number {
  if (value === true) return Number.POSITIVE_INFINITY;
  return typeof value === 'number' ? value * sign : Number.NEGATIVE_INFINITY;
}
