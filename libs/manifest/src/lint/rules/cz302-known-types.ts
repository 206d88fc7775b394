import { closest } from '@cozecut/problems';
import { by, defineRule } from '../rule.ts';
import { quote } from '../server/go.ts';
import { has, textAt } from '../spot.ts';
import { reportMisreads } from './misread.ts';

const TYPES = ['string', 'number', 'integer', 'boolean', 'object', 'array'];

/** What is meant by a name of another language. */
const SAME: Readonly<Record<string, string>> = {
  int: 'integer',
  long: 'integer',
  float: 'number',
  double: 'number',
  bool: 'boolean',
  str: 'string',
  text: 'string',
  file: 'string',
  dict: 'object',
  map: 'object',
  list: 'array',
};

/** Types are those of OpenAPI, and a list says what its items are. */
export const cz302 = defineRule(
  {
    id: 'CZ302',
    title: 'The type is one that OpenAPI knows, and an array has items',
    stage: 'import',
    severity: by('error', 'error', 'error'),
  },
  {
    source: (context) => reportMisreads('CZ302', context),
    schema({ node, path, prefix }, { report }) {
      const type = textAt(node, 'type');
      if (type === 'array' && !has(node, 'items')) {
        report({
          path: [...path, 'items'],
          message: 'an array must say what its items are',
          hint: 'items: { type: string }',
          predicted: `${prefix}when schema type is 'array', schema 'items' must be non-null`,
        });
      }
      if (type === '' || type === 'null' || TYPES.includes(type)) return;
      const meant = SAME[type.toLowerCase()];
      report({
        path: [...path, 'type'],
        message: `the type must be string, number, integer, boolean, object or array (got "${type}")`,
        suggestions: meant === undefined ? closest(type, TYPES) : [meant],
        ...(type === 'file'
          ? { hint: 'A file is a string with format: file_url and x-assist-type: file' }
          : {}),
        predicted: `${prefix}unsupported 'type' value ${quote(type)}`,
      });
    },
  },
);
