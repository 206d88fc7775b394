import { closest, isUserError, type PathSegment, type Problem } from '@cozecut/problems';
import { child, entriesOf, itemsOf, type Node, textOf } from '../source/node.ts';
import {
  parseTemplate,
  parseUrlTemplate,
  type TemplatePart,
  type TemplateRules,
} from './handler-template.ts';
import { type ToolFinding, type ToolSource, toolProblem } from './tool-source.ts';

const TEXT = { paths: [], secrets: false } as const;
const TEXT_WITH_SECRETS = { paths: [], secrets: true } as const;
const BODY = { paths: ['input'], secrets: true } as const;
const RESPONSE = { paths: ['data', 'status', 'input'], secrets: false } as const;

/** Keywords by which an input may have properties that `properties` does not list. */
const OPEN_KEYWORDS = ['allOf', 'anyOf', 'oneOf', 'if', 'patternProperties', 'dependentSchemas'];

/** Checks the templates of an `http` or `exec` handler: that they can be read, and that the input has what they name. */
export function checkHandlerTemplates(tool: ToolSource, problems: Problem[]): void {
  const handler = child(tool.node, 'handler');
  const http = child(handler, 'http');
  const properties = knownProperties(child(tool.node, 'input'));
  const check = (path: readonly PathSegment[], read: () => TemplatePart[]) => {
    const finding = templateFinding(read, properties, 'its handler');
    if (finding !== undefined) problems.push(toolProblem(tool, ['handler', ...path], 'value', finding));
  };
  const checkText = (path: readonly PathSegment[], node: Node | undefined, rules: TemplateRules) => {
    const text = writtenText(node);
    if (text !== undefined) check(path, () => parseTemplate(text, rules));
  };
  const checkTree = (path: readonly PathSegment[], node: Node | undefined, rules: TemplateRules) => {
    checkText(path, node, rules);
    for (const [index, item] of itemsOf(node).entries()) checkTree([...path, index], item, rules);
    for (const [key, { value }] of entriesOf(node)) checkTree([...path, key], value, rules);
  };

  const url = writtenText(child(http, 'url'));
  if (url !== undefined) {
    check(['http', 'url'], () => {
      const { segments, query } = parseUrlTemplate(url);
      return [...segments.flat(), ...query];
    });
  }
  for (const side of ['headers', 'query']) {
    for (const [key, { value }] of entriesOf(child(http, side))) {
      checkText(['http', side, key], value, TEXT_WITH_SECRETS);
      if (side === 'headers' && !/^[\w!#$%&'*+.^`|~-]+$/.test(key)) {
        const message = `its handler sends the header ${JSON.stringify(key)}, which is no name of a header`;
        const finding = { code: 'HANDLER_TEMPLATE', message };
        problems.push(toolProblem(tool, ['handler', 'http', side, key], 'key', finding));
      }
    }
  }
  checkTree(['http', 'body'], child(http, 'body'), BODY);
  checkTree(['http', 'response'], child(http, 'response'), RESPONSE);
  const method = textOf(child(http, 'method'));
  if ((method === 'GET' || method === 'DELETE') && child(http, 'body') !== undefined) {
    const message = `its handler sends ${method}, which has no body`;
    problems.push(
      toolProblem(tool, ['handler', 'http', 'body'], 'key', {
        code: 'HANDLER_TEMPLATE',
        message,
        hint: 'Send the values as query',
      }),
    );
  }
  for (const [index, argument] of itemsOf(child(child(handler, 'exec'), 'argv')).entries()) {
    checkText(['exec', 'argv', index], argument, TEXT);
    if (index === 0 && /(?<!\{)\{(?!\{)/.test(writtenText(argument) ?? '')) {
      const message = 'the program of its handler depends on the input';
      problems.push(
        toolProblem(tool, ['handler', 'exec', 'argv', 0], 'value', { code: 'HANDLER_TEMPLATE', message }),
      );
    }
  }
}

/** Text that says what it will be: not one with a variable that is not set. */
export function writtenText(node: Node | undefined): string | undefined {
  return node?.kind === 'scalar' && node.env !== 'pending' ? textOf(node) : undefined;
}

/**
 * What is wrong with a template.
 *
 * @param properties - Names that it may use, when they are known.
 * @param subject - Who uses them, as the message begins.
 */
export function templateFinding(
  read: () => TemplatePart[],
  properties: readonly string[] | undefined,
  subject: string,
): ToolFinding | undefined {
  try {
    const names = read().flatMap((part) =>
      typeof part === 'object' && 'path' in part && part.from === 'input' ? part.path.slice(0, 1) : [],
    );
    const unknown = properties && names.find((name) => !properties.includes(name));
    if (properties === undefined || unknown === undefined) return undefined;
    const suggestions = closest(unknown, properties);
    return {
      code: 'HANDLER_TEMPLATE',
      message: `${subject} uses {${unknown}}, which is not a property of the input`,
      ...(suggestions.length > 0 ? { suggestions } : {}),
      ...(properties.length > 0 ? { hint: `The input has ${properties.join(', ')}` } : {}),
    };
  } catch (error) {
    if (!isUserError(error)) throw error;
    return {
      code: error.code,
      message: error.message,
      ...(error.hint === undefined ? {} : { hint: error.hint }),
    };
  }
}

/** Names of the properties of the input, when these are all that it can have. */
export function knownProperties(input: Node | undefined): string[] | undefined {
  const properties = child(input, 'properties');
  const isOpen = OPEN_KEYWORDS.some((keyword) => child(input, keyword) !== undefined);
  return properties === undefined || isOpen ? undefined : entriesOf(properties).map(([name]) => name);
}
