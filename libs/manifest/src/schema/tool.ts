import { Handler } from './handler.ts';
import { inheritableProperties } from './key-classes.ts';
import { closed, HttpMethod, ToolName, textOfForm, Version } from './scalars.ts';
import { Type } from './type.ts';

/** Text for people, for the model, or one text for both. */
export const Description = Type.Union(
  [
    Type.String({ minLength: 1 }),
    Type.Object(
      {
        human: Type.Optional(Type.String({ minLength: 1, description: 'For people' })),
        model: Type.Optional(Type.String({ minLength: 1, description: 'For the model that picks tools' })),
      },
      closed,
    ),
  ],
  { description: 'One text, or one for people and one for the model' },
);

/** A JSON Schema (2020-12); its keywords are checked one by one after `$ref`s are resolved. */
export const SchemaDocument = (description: string) =>
  Type.Record(Type.String(), Type.Unknown(), { description });

const Example = Type.Object(
  {
    name: Type.String({ minLength: 1, description: 'Unique among the examples of the tool' }),
    description: Type.Optional(Type.String({ description: 'What the example shows' })),
    input: Type.Unknown({ description: 'Input of the call' }),
    output: Type.Optional(Type.Unknown({ description: 'Output that is expected' })),
    match: Type.Optional(
      Type.Enum(['exact', 'shape', 'subset'], {
        default: 'shape',
        description: 'How the output is compared: equal, of the same shape, or contained',
      }),
    ),
  },
  closed,
);

const Deprecated = Type.Object(
  {
    since: Type.Optional(Version('Version that deprecated the tool')),
    removeIn: Type.Optional(Version('Version that removes the tool')),
    replacedBy: Type.Optional(ToolName('Tool to use instead')),
    message: Type.Optional(Type.String({ minLength: 1, description: 'What to do instead' })),
  },
  { ...closed, description: 'The tool still works, but is on its way out' },
);

/** The keys of one tool, in the manifest and in a file of `kind: Tool`. */
export const toolProperties = {
  name: ToolName('Operation id and local function name'),
  summary: Type.String({
    pattern: '\\S',
    patternErrorMessage: 'a sentence',
    maxLength: 600,
    description: 'One sentence; what the model sees',
  }),
  description: Type.Optional(Description),
  handler: Handler,
  http: Type.Optional(
    Type.Object(
      {
        method: Type.Optional(HttpMethod),
        path: textOfForm(
          // Coze takes ASCII only, and no request has a step . or .. in its path.
          '^(?!.*/\\.{1,2}(/|$))/[!"$->@-~]*$',
          'a path in ASCII that starts with / and has no ?, no # and no step . or ..',
          'Path of the tool; {name} is a required property of the input',
        ),
      },
      { ...closed, description: 'Method and path over HTTP; POST /v1/tools/<name> when left out' },
    ),
  ),
  effects: Type.Optional(
    Type.Object(
      {
        idempotent: Type.Optional(
          Type.Union([Type.Boolean(), Type.Literal('key')], {
            default: false,
            description: 'Whether a repeated call is harmless; key = with the same Idempotency-Key header',
          }),
        ),
        writes: Type.Optional(
          Type.Array(Type.String({ minLength: 1 }), { default: [], description: 'What is changed' }),
        ),
      },
      { ...closed, description: 'What a call changes' },
    ),
  ),
  input: SchemaDocument('JSON Schema of the input, of type object'),
  output: SchemaDocument('JSON Schema of the output, of type object'),
  examples: Type.Optional(Type.Array(Example, { description: 'Calls with the output that is expected' })),
  errors: Type.Optional(
    Type.Array(
      textOfForm('^[A-Z][A-Z0-9_]*$', 'an error code such as DRAFT_NOT_FOUND', 'Code of an expected error'),
      { uniqueItems: true, default: [], description: 'Codes of errors that a caller should expect' },
    ),
  ),
  progress: Type.Optional(
    Type.Boolean({
      default: false,
      description:
        'The call is long and becomes a job that reports its progress; true for a workflow whose onInterrupt is job',
    }),
  ),
  deprecated: Type.Optional(Deprecated),
  ...inheritableProperties,
};

/** One item of `tools`. */
export const Tool = Type.Object(toolProperties, closed);
