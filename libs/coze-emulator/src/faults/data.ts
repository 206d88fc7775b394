import { parseExact } from '../exact-json.ts';
import { toJson } from '../wire/frame.ts';
import type { FaultEffect } from './effect.ts';
import type { DataFault } from './types.ts';

/** F24 to F26 and F28: objects that are a little different from what is documented. */
export function dataFault(fault: DataFault): FaultEffect {
  switch (fault.id) {
    case 'F24':
      return { bendJson: (text) => text.replace(STATUS, `"status":"${fault.variant ?? 'cancelled'}"`) };
    case 'F25':
      return { bendJson: (text) => text.replace(COMPLETED, `$&,${blankAction(fault.variant ?? 'empty')}`) };
    case 'F26':
      return { bendJson: looseTypes };
    case 'F28':
      return { bendJson: (text) => oddInterrupt(text, fault) };
  }
}

const STATUS = /"status":"\w+"/;
const COMPLETED = /"status":"completed"/;

function blankAction(variant: 'empty' | 'blank'): string {
  const call = '{"id":"","type":"","function":{"name":"","arguments":""}}';
  const calls = variant === 'blank' ? call : '';
  return `"required_action":{"type":"","submit_tool_outputs":{"tool_calls":[${calls}]}}`;
}

/** Ids as numbers, codes as texts, the misspelled status, no error as null. */
function looseTypes(text: string): string {
  return text
    .replace(/"(id|\w+_id)":"(\d{6,})"/g, '"$1":$2')
    .replace(/"last_error":\{"code":0,"msg":""\}/g, '"last_error":null')
    .replace(/"code":(\d+)/g, '"code":"$1"')
    .replace(/"status":"completed"/g, '"status":"compleated"');
}

const INTERRUPT_DATA = { empty: '', json: '{"tool_calls":[]}', garbage: '\u0001{not json' };

function oddInterrupt(text: string, fault: Extract<DataFault, { id: 'F28' }>): string {
  if (!text.includes('"interrupt_data"')) return text;
  const value = parseExact(text) as { interrupt_data: Record<string, unknown> };
  const { required_parameters: _, ...rest } = value.interrupt_data;
  const interrupt = { ...rest, data: INTERRUPT_DATA[fault.data ?? 'empty'], type: fault.type ?? 99 };
  return toJson({ ...value, interrupt_data: interrupt });
}
