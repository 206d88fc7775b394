import { type DraftEditKind, type DraftEditName, listDraftEdits } from '@cozecut/draft-core';
import { openapiToYaml } from '@cozecut/manifest';

/** A tool that makes one kind of edit. */
interface EditTool {
  name: string;
  /** What the model is told besides what the operation says of itself. */
  advice: string;
}

/** Which tool makes which edit; `add` has the tools that add one kind of clip. */
const TOOLS: Readonly<Partial<Record<DraftEditName, EditTool>>> = {
  move: { name: 'move_segment', advice: 'Clips of one track must not overlap.' },
  split: { name: 'split_segment', advice: 'The id of the second part is in new_segment_ids.' },
  trim: { name: 'trim_segment', advice: 'Give start, end or duration.' },
  speed: { name: 'set_speed', advice: 'Use ripple to keep later clips in touch.' },
  volume: { name: 'set_volume', advice: 'Give segment_id for one clip, or track for all clips of a track.' },
  'replace-media': {
    name: 'replace_media',
    advice: 'Give segment_id for one clip, or name for all clips of a file.',
  },
  'replace-text': {
    name: 'replace_text',
    advice: 'Works on captions, titles and the first text of a text template.',
  },
  delete: { name: 'delete_segment', advice: 'A track that is empty afterwards goes, too.' },
  duplicate: { name: 'duplicate_segment', advice: 'The id of the copy is in new_segment_ids.' },
  'copy-track': { name: 'copy_track', advice: 'Get the tracks of the other draft from get_draft.' },
  concat: { name: 'concat_drafts', advice: 'The other draft stays as it is.' },
  cut: { name: 'cut_draft', advice: 'Clips at its edges are split.' },
  relink: { name: 'relink_media', advice: 'Addresses change where they begin with the former one.' },
  migrate: { name: 'migrate_draft', advice: 'Draft profiles are listed at create_draft.' },
  fill: { name: 'fill_draft', advice: 'Use it on a copy of a template, made by copy_draft.' },
};

/** Name of the tool that makes a kind of edit; nothing for `add`. */
export function editToolName(op: DraftEditName): string | undefined {
  return TOOLS[op]?.name;
}

type Schema = { readonly [keyword: string]: unknown };

/** The files of the tools that make one edit: the definition of the operation, as a tool says it. */
export function editToolFiles(folder: string): { path: string; text: string }[] {
  return listDraftEdits().flatMap((kind) => {
    const tool = TOOLS[kind.name];
    if (tool === undefined) return [];
    const text = openapiToYaml(toolFile(kind, tool));
    return [
      {
        path: `${folder}/tools/edits/${tool.name.replaceAll('_', '-')}.yaml`,
        text: `# Made from the definition of the edit by \`npm run generate -w tools\`; a change here is lost.\n${text}`,
      },
    ];
  });
}

function toolFile({ name: op, description, schema }: DraftEditKind, { name, advice }: EditTool): object {
  const { properties = {}, required = [] } = schema as {
    properties?: Record<string, Schema>;
    required?: readonly string[];
  };
  const keys = Object.entries(properties).filter(([key]) => key !== 'op');
  const named = keys.map(([key, property]) => [toolKey(op, key), toolProperty(op, key, property)]);
  return {
    apiVersion: 'cozecut/v1',
    kind: 'Tool',
    name,
    summary: description,
    description: { model: `${description}. ${advice} Times are whole microseconds.` },
    handler: `../../src/handlers/edits.ts#${camel(name)}`,
    http: { method: 'POST', path: `/v1/drafts/{draft_id}/edits/${op}` },
    timeout: '2m',
    // Most of the time of a call that is slow is spent waiting for media.
    concurrency: 64,
    effects: { idempotent: 'key', writes: ['draft'] },
    input: {
      type: 'object',
      additionalProperties: false,
      required: ['draft_id', ...required.filter((key) => key !== 'op').map((key) => toolKey(op, key))],
      properties: { draft_id: { $ref: '../../schemas/parts.yaml#/draft_id' }, ...Object.fromEntries(named) },
    },
    output: { $ref: '../../schemas/changed.output.yaml' },
    errors: ['INPUT_INVALID', 'DRAFT_EDIT_FAILED', 'DRAFT_NOT_FOUND', 'DRAFT_CONFLICT', 'MEDIA_NOT_FOUND'],
  };
}

/** A clip goes by its id alone, another draft by that of the store. */
function toolKey(op: DraftEditName, key: string): string {
  if (key === 'clip') return 'segment_id';
  if (key === 'from' && op !== 'relink') return 'from_draft_id';
  return key.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function toolProperty(op: DraftEditName, key: string, schema: Schema): Schema {
  if (key === 'clip') return { $ref: '../../schemas/parts.yaml#/segment_id' };
  if (toolKey(op, key) === 'from_draft_id')
    return { type: 'string', minLength: 1, description: 'Id of the other draft' };
  // Coze sends 0 for a time that nobody gave; where these edits take one, 0 is hardly ever meant.
  const isBlank = (op === 'trim' || op === 'duplicate') && ['start', 'end', 'duration'].includes(key);
  return { ...simple(schema), ...(isBlank ? { 'x-zero': 'unset' } : {}) };
}

/** The schema with one type for each value, since Coze knows no others. Times are numbers then. */
function simple(schema: Schema): Schema {
  const {
    anyOf,
    description,
    default: fallback,
  } = schema as {
    anyOf?: readonly Schema[];
    description?: string;
    default?: unknown;
  };
  const said = description === undefined ? {} : { description: toolWords(description, fallback) };
  if (anyOf !== undefined) {
    if (anyOf.every((branch) => 'const' in branch))
      return { type: 'string', enum: anyOf.map((branch) => branch.const), ...said };
    const [first] = anyOf as [Schema];
    const isTime = first.type === 'integer' && anyOf.some(({ type }) => type === 'string');
    // What the first branch says of itself goes before what is said of all of them.
    return {
      ...simple({ description, default: fallback, ...first }),
      ...(isTime ? timeKeys(description) : {}),
    };
  }
  if (schema.type === 'array')
    return { type: 'array', ...minimum(schema), ...said, items: simple(schema.items as Schema) };
  if (schema.type !== 'object') {
    const { type, minLength, minimum: least } = schema;
    return {
      type,
      ...(minLength === undefined ? {} : { minLength }),
      ...(least === undefined ? {} : { minimum: least }),
      // A switch that is on by itself: Coze sends what its document says, and `false` otherwise.
      ...(fallback === true ? { default: true } : {}),
      ...said,
    };
  }
  if (schema.properties === undefined)
    return { type: 'object', additionalProperties: { type: 'string' }, ...said };
  const properties = Object.entries(schema.properties as Record<string, Schema>);
  return {
    type: 'object',
    additionalProperties: false,
    ...said,
    properties: Object.fromEntries(properties.map(([key, property]) => [key, simple(property)])),
  };
}

/** What is not given stays so, for an edit may tell a choice from its default: the default is in the words alone, but for
 * switches that are on. */
function toolWords(description: string, fallback: unknown): string {
  const words = description.replaceAll('`clip`', 'segment_id').replaceAll('`', '');
  return fallback === undefined ? words : `${words}; ${String(fallback)} unless said otherwise`;
}

function timeKeys(description: string | undefined): Schema {
  return { 'x-unit': 'us', description: timeWords(description) };
}

function timeWords(description = ''): string {
  return description.startsWith('Whole microseconds')
    ? 'Whole microseconds'
    : `${toolWords(description, undefined)}; in microseconds`;
}

function minimum({ minItems }: Schema): Schema {
  return minItems === undefined ? {} : { minItems };
}

function camel(name: string): string {
  return name.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
