import type { Plugin, Tool } from '../types.ts';
import { emitType, MAX_LINE, type TypeSide } from './emit-type.ts';

/** Package whose types the module is built on. */
const HOST = '@cozecut/plugin-host';

/**
 * The TypeScript module with the types of the tools of a plugin: `ToolHandler<'add_captions'>` is the handler of
 * `add_captions`. The same manifest gives the same text.
 *
 * @example
 * ```ts
 * import { resolve } from 'node:path';
 * import { diskFiles, emitToolTypes, loadManifest } from '@cozecut/manifest';
 *
 * console.log(emitToolTypes(loadManifest(resolve('plugin.yaml'), { ...diskFiles }))); // => …export interface Tools {…
 * ```
 */
export function emitToolTypes(plugin: Plugin): string {
  const tools = [...plugin.tools];
  const entries = tools.map(({ name }) => entry(name));
  return [
    '// Made from the manifest by `cozecut manifest typegen`; a change here is lost.',
    `import type { ToolHandler as Handler } from '${HOST}';`,
    '',
    ...tools.flatMap((tool) => [...declare(tool, 'input'), ...declare(tool, 'output')]),
    '/** Input and output of each tool, by name. */',
    `export interface Tools {${entries.length === 0 ? '}' : ''}`,
    ...(entries.length === 0 ? [] : [...entries, '}']),
    '',
    '/** Names of the tools. */',
    'export type ToolName = keyof Tools;',
    '',
    '/** The function behind a tool. */',
    "export type ToolHandler<Name extends ToolName> = Handler<Tools[Name]['input'], Tools[Name]['output']>;",
    '',
  ].join('\n');
}

/** The formatter gives each side its own line where they do not fit into one. */
function entry(name: string): string {
  const sides = [`input: ${typeName(name, 'input')};`, `output: ${typeName(name, 'output')}`];
  const line = `  ${name}: { ${sides.join(' ')} };`;
  return line.length <= MAX_LINE
    ? line
    : `  ${name}: {\n${sides.map((side) => `    ${side.replace(/;?$/, ';')}`).join('\n')}\n  };`;
}

function declare(tool: Tool, side: TypeSide): string[] {
  const name = typeName(tool.name, side);
  const what =
    side === 'input' ? `What the handler of \`${tool.name}\` gets` : `What \`${tool.name}\` answers with`;
  const note = side === 'input' ? `${what}, defaults filled in. */` : `${what}. */`;
  const type = emitType(tool[side], side, '', `export type ${name} = ;`.length);
  const isObject = type.startsWith('{') && type.indexOf('\n}') === type.length - 2;
  const head = isObject ? `export interface ${name} ${type}` : alias(name, type);
  return [`/** ${note}`, head, ''];
}

/** The formatter breaks after the sign when the type starts on a new line. */
function alias(name: string, type: string): string {
  return `export type ${name} =${type.startsWith('\n') ? '' : ' '}${type};`;
}

/** `add_captions` → `AddCaptionsInput`; blanks between words that would be lost stay, so that no two are alike. */
function typeName(tool: string, side: TypeSide): string {
  const words = [...tool.split('_').map((word) => word || '_'), side];
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}
