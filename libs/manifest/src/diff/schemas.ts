import type { Change, ChangeKind } from './change.ts';
import { compareConstraints } from './constraints.ts';
import { demanded, matchFields } from './fields.ts';
import { asList, asMap, type Data, isMap, resolve } from './operations.ts';

/** What a comparison of schemas knows besides them. */
export interface SchemaContext {
  side: 'input' | 'output';
  /** Where the schemas stand. */
  place: string;
  oldDocument: Data;
  newDocument: Data;
  changes: Change[];
  /** Pairs of schemas that are being compared: a schema may contain itself. */
  open: readonly (readonly [unknown, unknown])[];
}

/** Compares two schemas. What callers send may not be narrowed, what they get may not lose anything. */
export function compareSchemas(oldSchema: unknown, newSchema: unknown, context: SchemaContext): void {
  const oldOne = resolve(context.oldDocument, oldSchema);
  const newOne = resolve(context.newDocument, newSchema);
  if (context.open.some(([a, b]) => a === oldOne && b === newOne)) return;
  const inner: SchemaContext = { ...context, open: [...context.open, [oldOne, newOne]] };
  const old = normal(oldOne);
  const now = normal(newOne);
  if (!compareTypes(old, now, inner)) return;
  compareEnums(old, now, inner);
  compareUnions(old, now, inner);
  compareConstraints(old, now, context.side, reporter(inner));
  if ([old, now].some((one) => isMap(one.properties) || Array.isArray(one.required))) {
    compareFields(old, now, inner);
  }
  compareInner(old, now, inner);
}

/** A schema with one way to say each thing: `true` is `{}`, `const` an enum of one. */
function normal(schema: unknown): Data {
  if (schema === false) return { enum: [] };
  const map = asMap(schema);
  if (!('const' in map)) return map;
  const fixed = JSON.stringify(map.const);
  const isPossible = !Array.isArray(map.enum) || map.enum.some((value) => JSON.stringify(value) === fixed);
  return { ...map, enum: isPossible ? [map.const] : [] };
}

/** @returns Whether it makes sense to look closer: the types have something in common. */
function compareTypes(old: Data, now: Data, context: SchemaContext): boolean {
  const before = typesOf(old);
  const after = typesOf(now);
  const lost = before.filter((type) => !covers(after, type));
  const gained = after.filter((type) => !covers(before, type));
  if (lost.length === 0 && gained.length === 0) return true;
  const report = reporter(context);
  const message = `type was ${show(before)} and is ${show(after)}`;
  const onlyNull = [...lost, ...gained].every((type) => type === 'null');
  if (lost.length > 0 && gained.length > 0) report('breaking', 'TYPE_CHANGED', message);
  else if (context.side === 'input') {
    if (lost.length > 0) report('breaking', onlyNull ? 'NULL_REFUSED' : 'TYPE_NARROWED', message);
    else report('additive', 'TYPE_WIDENED', message);
  } else if (gained.length > 0) report('breaking', onlyNull ? 'NULL_POSSIBLE' : 'TYPE_CHANGED', message);
  else report('additive', 'TYPE_NARROWED', message);
  return before.some((type) => covers(after, type));
}

const ALL = ['string', 'number', 'integer', 'boolean', 'object', 'array', 'null'];

function typesOf(schema: Data): string[] {
  const types = schema.type === undefined ? ALL : [schema.type].flat().map(String);
  return schema.nullable === true && !types.includes('null') ? [...types, 'null'] : types;
}

function covers(types: readonly string[], type: string): boolean {
  return types.includes(type) || (type === 'integer' && types.includes('number'));
}

function show(types: readonly string[]): string {
  return types.length === ALL.length ? 'anything' : types.join(' or ');
}

/** A new value of an output is no news to a tolerant reader, so that it is only worth a warning. */
function compareEnums(old: Data, now: Data, context: SchemaContext): void {
  const before = Array.isArray(old.enum) ? old.enum.map((value) => JSON.stringify(value)) : undefined;
  const after = Array.isArray(now.enum) ? now.enum.map((value) => JSON.stringify(value)) : undefined;
  const report = reporter(context);
  const narrowed: ChangeKind = context.side === 'input' ? 'breaking' : 'additive';
  if (before === undefined) {
    if (after !== undefined) report(narrowed, 'ENUM_NARROWED', `must be one of ${after.join(', ')} now`);
    return;
  }
  const lost = after === undefined ? [] : before.filter((value) => !after.includes(value));
  const gained = after?.filter((value) => !before.includes(value));
  if (lost.length > 0) report(narrowed, 'ENUM_NARROWED', `lost the values ${lost.join(', ')}`);
  const warning =
    context.side === 'output' ? 'a caller that knows only the old values meets new ones' : undefined;
  if (gained === undefined) report('additive', 'ENUM_WIDENED', 'may be any value now', warning);
  else if (gained.length > 0)
    report('additive', 'ENUM_WIDENED', `got the values ${gained.join(', ')}`, warning);
}

/** Branches that stayed are put aside, wherever they stand; as many that are left on both sides are compared. */
function compareUnions(old: Data, now: Data, context: SchemaContext): void {
  const { side, place } = context;
  for (const keyword of ['anyOf', 'oneOf', 'allOf']) {
    const before = asList(old[keyword]);
    const after = asList(now[keyword]);
    const lost = before.filter((one) => !isAmong(one, after));
    const gained = after.filter((one) => !isAmong(one, before));
    if (lost.length === gained.length) {
      for (const [index, branch] of lost.entries()) {
        const number = before.indexOf(branch) + 1;
        compareSchemas(branch, gained[index], { ...context, place: `${place}(${keyword} ${number})` });
      }
      continue;
    }
    const isOnlyMore = lost.length === 0;
    // A part of allOf is a demand, a branch of a union is a way out; without any branch there was no limit.
    const isWider = keyword === 'allOf' || before.length === 0 ? !isOnlyMore : isOnlyMore;
    const isOneWay = isOnlyMore || gained.length === 0;
    const isFine = isOneWay && isWider === (side === 'input');
    const message = `${keyword} had ${before.length} parts and has ${after.length}`;
    reporter(context)(isFine ? 'additive' : 'breaking', 'UNION_CHANGED', message);
  }
}

function isAmong(one: unknown, list: readonly unknown[]): boolean {
  return list.some((other) => JSON.stringify(other) === JSON.stringify(one));
}

function compareFields(old: Data, now: Data, context: SchemaContext): void {
  const { side } = context;
  const { kept, removed, added, renamed } = matchFields(old, now);
  const before = side === 'input' ? demanded(old) : new Set(asList(old.required).map(String));
  const after = side === 'input' ? demanded(now) : new Set(asList(now.required).map(String));
  const at = (name: string) => reporter({ ...context, place: `${context.place}.${name}` });
  for (const name of removed) at(name)('breaking', 'FIELD_REMOVED', 'was removed');
  for (const [from, to] of renamed) at(from)('breaking', 'FIELD_RENAMED', `is called ${to} now`);
  for (const name of added) {
    if (side === 'input' && after.has(name)) at(name)('breaking', 'FIELD_REQUIRED', 'is new and required');
    else at(name)('additive', 'FIELD_ADDED', 'is new');
    // A map had a rule for this key already.
    if (isMap(old.additionalProperties)) {
      const place = `${context.place}.${name}`;
      compareSchemas(old.additionalProperties, asMap(now.properties)[name], { ...context, place });
    }
  }
  for (const name of after) {
    // A key that is only named in `required`.
    if (kept.includes(name) || added.includes(name) || before.has(name) || side === 'output') continue;
    at(name)('breaking', 'FIELD_REQUIRED', 'is required now');
  }
  for (const name of kept) {
    compareSchemas(asMap(old.properties)[name], asMap(now.properties)[name], {
      ...context,
      place: `${context.place}.${name}`,
    });
    if (before.has(name) === after.has(name)) continue;
    const isRequired = after.has(name);
    const breaks = side === 'input' ? isRequired : !isRequired;
    const message = isRequired
      ? 'is required now'
      : side === 'input'
        ? 'is optional now'
        : 'may be missing now';
    at(name)(breaks ? 'breaking' : 'additive', isRequired ? 'FIELD_REQUIRED' : 'FIELD_OPTIONAL', message);
  }
}

/** Items of lists and values of maps. */
function compareInner(old: Data, now: Data, context: SchemaContext): void {
  const items = { ...context, place: `${context.place}[]` };
  if (old.items !== undefined || now.items !== undefined) compareSchemas(old.items, now.items, items);
  const before = asList(old.prefixItems);
  const after = asList(now.prefixItems);
  for (let index = 0; index < Math.max(before.length, after.length); index++) {
    const place = `${context.place}[${index}]`;
    compareSchemas(before[index] ?? old.items, after[index] ?? now.items, { ...context, place });
  }
  const wasOpen = old.additionalProperties ?? true;
  const isOpen = now.additionalProperties ?? true;
  if (isMap(wasOpen) && isMap(isOpen)) {
    compareSchemas(wasOpen, isOpen, { ...context, place: `${context.place}.*` });
  } else if (JSON.stringify(wasOpen) !== JSON.stringify(isOpen)) {
    const isNarrower = isOpen === false || wasOpen === true;
    const kind = isNarrower && context.side === 'input' ? 'breaking' : 'additive';
    const message = isNarrower ? 'other keys are no longer free' : 'other keys are allowed now';
    reporter(context)(kind, isNarrower ? 'MAP_NARROWED' : 'MAP_WIDENED', message);
  }
}

function reporter({ changes, place }: SchemaContext) {
  return (kind: ChangeKind, code: string, message: string, warning?: string): void => {
    changes.push({ kind, code, place, message, ...(warning === undefined ? {} : { warning }) });
  };
}
