import { FAULT_SCHEMA } from '../faults/schema.ts';
import { DEFAULT_SETTINGS } from '../settings.ts';

type Schema = Record<string, unknown>;

const text = { type: 'string' };
const texts = { type: 'array', items: text };
const step = { $ref: '#/$defs/step' };

/** An object that knows its keys; those before the bar of `required` have to be there. */
function object(properties: Schema, required: readonly string[], description?: string): Schema {
  return {
    type: 'object',
    additionalProperties: false,
    ...(description === undefined ? {} : { description }),
    required,
    properties,
  };
}

const call = object(
  {
    type: { ...text, description: 'function, reply_message or require_info; default function' },
    name: { ...text, description: 'Name of the function' },
    arguments: { type: ['object', 'string'], description: 'An object is sent as JSON text, text as it is' },
    id: { ...text, description: 'Id of the call; made from a counter when absent' },
    function: { type: 'null', description: 'null sends the call without its function' },
    infos: { ...texts, description: 'What a require_info call asks for' },
    fileOutputs: { ...texts, description: 'Keys of the output that must name an uploaded file or a URL' },
  },
  [],
);
const failure = object({ code: { type: 'integer' }, msg: text }, ['code', 'msg']);
const message = object({ type: text, content: text }, ['type', 'content']);

const STEP: Schema = {
  description: 'What the bot does next',
  anyOf: [
    object(
      {
        answer: { ...texts, description: 'Every part is one delta' },
        messages: { type: 'array', items: message, description: 'Messages before the answer' },
        followUps: { ...texts, description: 'Suggested questions after the answer' },
        audio: { ...texts, description: 'Base64 texts that come after the chat was completed' },
      },
      ['answer'],
    ),
    object({ toolCalls: { type: 'array', items: call }, next: step }, ['toolCalls', 'next']),
    object({ fail: failure }, ['fail']),
  ],
};

const nodeMessages = {
  type: 'array',
  items: object({ title: text, parts: { ...texts, minItems: 1 } }, ['title', 'parts']),
  description: 'What nodes say on the way; every part is one Message',
};
const interrupt = object(
  {
    type: { type: ['integer', 'string'], description: 'Number of the interrupt, or local_plugin' },
    data: { type: ['object', 'string'] },
    requiredParameters: { type: 'object' },
    nodeTitle: text,
    call: object({ name: text, arguments: { type: ['object', 'string'] } }, ['name', 'arguments']),
  },
  ['type'],
);

const WORKFLOW: Schema = {
  description: 'What a run of a workflow does',
  anyOf: [
    object({ messages: nodeMessages, output: { type: ['object', 'array', 'string'] } }, ['output']),
    object({ messages: nodeMessages, interrupt, next: { $ref: '#/$defs/workflow' } }, ['interrupt']),
    object({ messages: nodeMessages, fail: failure }, ['fail']),
  ],
};

const CHATFLOW: Schema = {
  description: 'What a turn of a chatflow does',
  anyOf: [
    object({ answer: texts }, ['answer']),
    object({ ask: texts, next: { $ref: '#/$defs/chatflow' } }, ['ask', 'next']),
    object({ fail: object({ code: { type: ['integer', 'string'] }, msg: text }, ['code', 'msg']) }, ['fail']),
  ],
};

const VALUES: Readonly<Record<string, readonly unknown[]>> = {
  fastPolls: ['log', '429'],
  heartbeatData: ['{}', ''],
  errorStyle: ['http200', 'http4xx'],
  oversizeStyle: ['http413', 'code4000'],
  localPluginInterrupt: [1, 6],
  localPluginData: ['tool_calls', 'function', 'content', 'garbage'],
  chatflowAction: ['full', 'bare', 'none'],
  asyncInterruptStatus: ['Running', 'Success', 'Fail'],
};

/** JSON Schema of scenario files. */
export const SCENARIO_SCHEMA: Schema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Scenario of the Coze emulator',
  ...object(
    {
      $schema: text,
      title: { ...text, description: 'For people' },
      turns: {
        type: 'array',
        items: step,
        description: 'The n-th chat plays the n-th turn, then again from the first',
      },
      workflows: { type: 'object', additionalProperties: { $ref: '#/$defs/workflow' } },
      chatflows: { type: 'object', additionalProperties: { $ref: '#/$defs/chatflow' } },
      settings: object(settingSchemas(), [], 'Timing and choices; options of the emulator win'),
      faults: { type: 'array', items: { $ref: '#/$defs/fault' } },
    },
    [],
  ),
  $defs: { step: STEP, workflow: WORKFLOW, chatflow: CHATFLOW, fault: FAULT_SCHEMA },
};

function settingSchemas(): Schema {
  const schemas = Object.entries(DEFAULT_SETTINGS).map(([name, value]) => {
    if (name in VALUES) return [name, { enum: VALUES[name] }];
    if (name === 'devicePolls') return [name, { type: ['integer', 'string'] }];
    return [name, typeof value === 'boolean' ? { type: 'boolean' } : { type: 'number', minimum: 0 }];
  });
  return Object.fromEntries(schemas) as Schema;
}
