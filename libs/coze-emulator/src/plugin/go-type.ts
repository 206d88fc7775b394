import { numberText } from '../exact-json.ts';

/** How the service, which is written in Go, names the type of a JSON value; numbers of answers are `json.Number`. */
export function goType(value: unknown, numbers: 'json.Number' | 'float64'): string {
  if (value === null) return '<nil>';
  if (Array.isArray(value)) return '[]interface {}';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'string') return 'string';
  return numberText(value) === undefined ? 'map[string]interface {}' : numbers;
}
