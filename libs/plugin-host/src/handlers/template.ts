import { parseTemplate, type TemplatePart, type TemplateRules } from '@cozecut/manifest';
import { UserError } from '@cozecut/problems';

/** What templates are filled from. */
export interface Values {
  input: unknown;
  /** Answer of the other side. */
  data?: unknown;
  /** HTTP status of that answer. */
  status?: number;
  /** Value of a reference such as `secret:API_KEY`. */
  secret?(reference: string): string;
}

/** Fills in a template; `undefined` when it is one value that is not there. */
export type Fill = (values: Values) => unknown;

/**
 * Prepares a template of any shape: its texts are templates, keys and other values stay as they are. A text that is
 * exactly one value keeps the type of that value; where it is missing, the key or item is left out.
 *
 * @param place - What the template is for, as messages name it.
 * @throws UserError HANDLER_TEMPLATE
 */
export function compile(template: unknown, rules: TemplateRules, place: string): Fill {
  if (typeof template === 'string') {
    const parts = parseTemplate(template, rules);
    const [only] = parts;
    if (isWhole(parts) && only !== undefined) return (values) => resolve(only, values);
    return (values) => textFrom(parts, values, place);
  }
  if (Array.isArray(template)) {
    const items = template.map((item) => compile(item, rules, place));
    return (values) => items.map((fill) => fill(values)).filter((value) => value !== undefined);
  }
  if (typeof template === 'object' && template !== null) {
    const entries = Object.entries(template).map(
      ([key, value]) => [key, compile(value, rules, place)] as const,
    );
    return (values) =>
      // fromEntries defines "__proto__" as a plain key.
      Object.fromEntries(
        entries.map(([key, fill]) => [key, fill(values)] as const).filter(([, value]) => value !== undefined),
      );
  }
  return () => template;
}

/** Whether a template is exactly one value. */
export function isWhole(parts: readonly TemplatePart[]): boolean {
  return parts.length === 1 && typeof parts[0] !== 'string';
}

/** The text of a template; nothing when it is exactly one value and that is missing or null. */
export function optionalText(
  parts: readonly TemplatePart[],
  values: Values,
  place: string,
): string | undefined {
  const [only] = parts;
  const isLeftOut = isWhole(parts) && only !== undefined && (resolve(only, values) ?? null) === null;
  return isLeftOut ? undefined : textFrom(parts, values, place);
}

/**
 * The text of a template. Lists and objects become JSON text.
 *
 * @param encode - Applied to every value, not to what the author of the manifest wrote.
 * @throws UserError INPUT_INVALID when a value is missing or null.
 */
export function textFrom(
  parts: readonly TemplatePart[],
  values: Values,
  place: string,
  encode = (text: string) => text,
): string {
  return parts.map((part) => (typeof part === 'string' ? part : encode(show(part, values, place)))).join('');
}

function show(part: Exclude<TemplatePart, string>, values: Values, place: string): string {
  const value = resolve(part, values) ?? undefined;
  if (typeof value === 'string') return value;
  if (value !== undefined) return JSON.stringify(value);
  const name = 'path' in part ? part.path.join('.') : part.secret;
  throw new UserError('INPUT_INVALID', `${place} needs "${name}", which the input does not have`, {
    hint: `give ${name} a value`,
  });
}

/** The value of a part. Only what JSON has counts: no prototype, no `length`. */
export function resolve(part: TemplatePart, values: Values): unknown {
  if (typeof part === 'string') return part;
  if ('secret' in part) {
    if (values.secret !== undefined) return values.secret(part.secret);
    throw new UserError('SECRET_MISSING', `${part.secret} cannot be looked up here`);
  }
  return part.path.reduce<unknown>(
    (value, step) =>
      typeof value === 'object' && value !== null && Object.prototype.propertyIsEnumerable.call(value, step)
        ? (value as Record<string, unknown>)[step]
        : undefined,
    values[part.from],
  );
}
