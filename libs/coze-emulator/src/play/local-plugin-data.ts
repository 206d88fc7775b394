import type { EmulatorSettings } from '../settings.ts';

/** The call of a local plugin inside a workflow, in one of the shapes that it may have. Which one is real is unknown. */
export function localPluginData(
  shape: EmulatorSettings['localPluginData'],
  call: { id: string; name: string; arguments: object | string },
): string {
  const text = typeof call.arguments === 'string' ? call.arguments : JSON.stringify(call.arguments);
  const called = { name: call.name, arguments: text };
  switch (shape) {
    case 'tool_calls':
      return JSON.stringify({ tool_calls: [{ id: call.id, type: 'function', function: called }] });
    case 'function':
      return JSON.stringify({ function: called });
    case 'content':
      return JSON.stringify({ content_type: 'text', content: JSON.stringify({ function: called }) });
    case 'garbage':
      return `local plugin ${call.name} <${text}`;
  }
}
