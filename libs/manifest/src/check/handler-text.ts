/** A handler that is written as text, taken apart. */
export type HandlerText =
  | { kind: 'file'; file: string; export: string }
  | { kind: 'package'; package: string; export: string }
  | { kind: 'workflow'; binding: string };

/** Takes `./file.ts#export`, `pkg:@scope/name#export` or `workflow:name` apart; the export is `default` when left out. */
export function parseHandlerText(text: string): HandlerText {
  if (text.startsWith('workflow:')) return { kind: 'workflow', binding: text.slice('workflow:'.length) };
  const [target = '', name = 'default'] = text.split('#', 2);
  return target.startsWith('pkg:')
    ? { kind: 'package', package: target.slice('pkg:'.length), export: name }
    : { kind: 'file', file: target, export: name };
}
