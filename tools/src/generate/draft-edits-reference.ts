import { type DraftEditKind, listDraftEdits } from '@cozecut/draft-core';
import { editToolName } from './edit-tools.ts';

interface Key {
  description?: string;
  default?: unknown;
}

/** `docs/reference/draft-edits.md`: every kind of edit, made from its schema. */
export function draftEditsReference(): string {
  return `${[
    '<!-- Made by `npm run generate -w tools`; a change here is lost. -->',
    '',
    '# Edits of drafts',
    '',
    'An edit is a JSON object; `op` says which. Each is a command, too: `cozecut draft edit OP DIR`, with a flag for each',
    'key. `cozecut draft edit apply DIR FILE` makes a list of them, all or none:',
    '',
    '```json',
    '[',
    '  { "op": "split", "clip": { "track": "main", "at": "2.5s" }, "at": "3s" },',
    '  { "op": "delete", "clip": { "track": "main", "index": 1 }, "ripple": true },',
    '  { "op": "replace-text", "clip": { "name": "Hello" }, "text": "Good morning" }',
    ']',
    '```',
    '',
    'A clip is an object: `{"id": …}`, a track with `index` (from 0) or `at`, or the `name` that is shown: its text, or that of',
    'its file. A track is an id, a name or a place in the list, from 0. `cozecut draft edit list DIR` shows all of them. A time',
    'is text with a unit, or a number of microseconds.',
    '',
    'Drafts that a server keeps between calls are edited by the [tools](jianying-tools.md) in the same way: `edit_draft` makes',
    'a list, and nearly each edit has a tool of its own. There a draft is named by its id, and a clip by its `segment_id`.',
    '',
    ...listDraftEdits().flatMap(editText),
  ]
    .join('\n')
    .trimEnd()}\n`;
}

function editText({ name, description, schema }: DraftEditKind): string[] {
  const { properties = {}, required = [] } = schema as {
    properties?: Record<string, Key>;
    required?: readonly string[];
  };
  const keys = Object.entries(properties).filter(([key]) => key !== 'op');
  const tool = editToolName(name);
  const row = ([key, { description: meaning = '', default: fallback }]: [string, Key]): string => {
    const usual = fallback === undefined ? '' : ` (default: \`${JSON.stringify(fallback)}\`)`;
    return `| \`${key}\` | ${required.includes(key) ? 'yes' : ''} | ${meaning.replaceAll('|', '\\|')}${usual} |`;
  };
  return [
    `## ${name}`,
    '',
    `${description}.${tool === undefined ? '' : ` Tool: \`${tool}\`.`}`,
    '',
    '| key | needed | meaning |',
    '|---|---|---|',
    ...keys.map(row),
    '',
  ];
}
