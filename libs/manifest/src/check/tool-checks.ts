import type { Problem } from '@cozecut/problems';
import { formatPointer } from '@cozecut/problems';
import type { Reader } from '../compose/reader.ts';
import type { foreignPattern } from '../json-schema/foreign-pattern.ts';
import { inlineRefs } from '../json-schema/refs.ts';
import { child, fromValue, type MapNode, mapOf } from '../source/node.ts';
import { checkHandler } from './handler.ts';
import { checkHandlerTemplates } from './handler-templates.ts';
import { checkToolSchema } from './schema.ts';
import { checkDeprecation, checkExamples, checkPath, checkStatusFields } from './tool.ts';
import type { ToolSource } from './tool-source.ts';

/** What the checks of a tool look at besides the tool. */
export interface ToolScope {
  /** Folder of the manifest, absolute. */
  folder: string;
  reader: Reader;
  /** Makes the regular expressions of schemas. */
  pattern: typeof foreignPattern;
  /** Version of the plugin, when it is known. */
  version: string | undefined;
  /** Whether anything looks at the schemas of tools that were checked before. */
  schemas: boolean;
}

/**
 * Runs every check that needs nothing but the tool, and gives the tool back with its `$ref`s resolved. What was checked
 * before is not checked again.
 */
export function checkTool(tool: ToolSource, scope: ToolScope, problems: Problem[]): ToolSource {
  const isKnown = tool.isChecked && scope.reader.checked !== 'nothing';
  const node = isKnown && !scope.schemas ? withoutSchemas(tool.node) : resolveRefs(tool, scope, problems);
  const resolved = { ...tool, node };
  // The version may come from a variable.
  if (scope.version !== undefined) checkDeprecation(resolved, scope.version, problems);
  if (tool.isChecked && scope.reader.checked !== 'nothing') return resolved;
  checkHandler(resolved, scope.folder, scope.reader.files, problems);
  checkHandlerTemplates(resolved, problems);
  const input = checkToolSchema(resolved, 'input', scope.pattern, problems);
  const output = checkToolSchema(resolved, 'output', scope.pattern, problems);
  if (input !== undefined) checkPath(resolved, problems);
  checkStatusFields(resolved, problems);
  checkExamples(resolved, { input, output }, problems);
  return resolved;
}

/** The tool with schemas that say nothing. */
function withoutSchemas(node: MapNode): MapNode {
  const empty = { value: fromValue({ type: 'object' }) };
  return mapOf([...node.entries, ['input', empty], ['output', empty]], node.place);
}

/** The tool with inlined schemas. A schema that cannot be resolved is left out, which ends its checks. */
function resolveRefs(tool: ToolSource, { folder, reader }: ToolScope, problems: Problem[]): MapNode {
  const entries = new Map(tool.node.entries);
  for (const side of ['input', 'output']) {
    const schema = child(tool.node, side);
    const entry = entries.get(side);
    if (schema === undefined || entry === undefined) continue;
    const pointer = formatPointer([...tool.base, side]);
    const inlined = inlineRefs({ reader, folder, schema, pointer, problems });
    if (inlined === undefined) entries.delete(side);
    else entries.set(side, { ...entry, value: inlined });
  }
  return mapOf(entries, tool.node.place);
}
