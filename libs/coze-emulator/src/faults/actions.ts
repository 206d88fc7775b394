import type { ScriptedCall } from '../scenario/types.ts';
import type { FaultEffect } from './effect.ts';
import type { ActionFault } from './types.ts';

/** F17 to F20: actions that come twice, without calls, or with calls that cannot be run. */
export function actionFault(fault: ActionFault): FaultEffect {
  switch (fault.id) {
    case 'F17':
      return fault.variant === 'same-ids' ? { bendJson: callsTwice } : { bendFrames: actionTwice };
    case 'F18':
      return oddCalls(fault.variant ?? 'empty');
    case 'F19': {
      const text = ODD_ARGUMENTS[fault.variant ?? 'truncated'];
      return { bendCalls: (calls) => calls.map((call) => ({ ...call, arguments: text })) };
    }
    case 'F20': {
      const { name = 'no_such_tool' } = fault;
      return { bendCalls: (calls) => calls.map((call) => ({ ...call, name })) };
    }
  }
}

const actionTwice: NonNullable<FaultEffect['bendFrames']> = async function* (frames) {
  for await (const frame of frames) {
    yield frame;
    if (frame.event === 'conversation.chat.requires_action') yield frame;
  }
};

const CALLS = /"tool_calls":\[(.*?)\]\}\}/s;

function callsTwice(text: string): string {
  return text.replace(CALLS, (_, calls: string) => `"tool_calls":[${calls},${calls}]}}`);
}

function oddCalls(variant: NonNullable<Extract<ActionFault, { id: 'F18' }>['variant']>): FaultEffect {
  const each = (change: Partial<ScriptedCall>): FaultEffect => ({
    bendCalls: (calls) => calls.map((call) => ({ ...call, ...change })),
  });
  switch (variant) {
    case 'empty':
      return { bendCalls: () => [] };
    case 'null':
      return { bendJson: (text) => text.replace(CALLS, '"tool_calls":null}}') };
    case 'blank-id':
      return each({ id: '' });
    case 'no-function':
      return each({ function: null });
    case 'unknown-type':
      return each({ type: 'hologram' });
  }
}

/** Texts that are no usable arguments, by name. */
const ODD_ARGUMENTS: Readonly<Record<NonNullable<Extract<ActionFault, { id: 'F19' }>['variant']>, string>> = {
  blank: '',
  null: 'null',
  truncated: '{"path":"a.t',
  array: '["a.txt"]',
  nan: '{"path":NaN}',
  'same-keys': '{"path":"a.txt","path":"b.txt"}',
  large: JSON.stringify({ path: 'x'.repeat(2 * 1024 * 1024) }),
  proto: '{"path":"a.txt","__proto__":{"isAdmin":true}}',
  texts: '{"path":"a.txt","limit":"10","deep":"true"}',
  comma: '{"path":"a.txt",}',
};
