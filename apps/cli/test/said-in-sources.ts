import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAst } from 'rolldown/parseAst';

type Node = { type: string; start: number; [key: string]: unknown };

/** A sentence that the sources say to people; what is put in is `{}`. */
export interface Said {
  text: string;
  file: string;
}

/** Calls that report a problem or refuse something; the sentences are among their arguments. */
const REPORTS = /^(?:report|fail|failEdit|failed|refuse|invalid|valueProblems|error|warn|note|localError)$/;
const MESSAGE_NAMES = ['message', 'hint'];

/** The messages and hints that stand in the sources of some projects, as literals or templates. */
export function saidInSources(root: string, projects: string): Said[] {
  const files = globSync(`${projects}/src/**/*.ts`, { cwd: root }).filter(
    (file) => !/node_modules|\.gen\./.test(file),
  );
  return files.flatMap((file) => {
    const texts = new Set<string>();
    walk(parseAst(readFileSync(join(root, file), 'utf8'), { lang: 'ts' }, file) as never, (node) => {
      for (const part of messagesOf(node)) for (const text of shapesOf(part)) texts.add(text);
    });
    return [...texts].filter((text) => /[a-z]{2}.* /.test(text)).map((text) => ({ text, file }));
  });
}

function messagesOf(node: Node): Node[] {
  const args = (node.arguments ?? []) as Node[];
  switch (node.type) {
    case 'NewExpression':
      return (node.callee as { name?: string }).name === 'UserError' ? args.slice(1, 2) : [];
    case 'Property': {
      const { name, value } = node.key as { name?: string; value?: string };
      return MESSAGE_NAMES.includes(name ?? value ?? '') ? [node.value as Node] : [];
    }
    case 'VariableDeclarator':
      return MESSAGE_NAMES.includes((node.id as { name: string }).name) ? [node.init as Node] : [];
    case 'CallExpression': {
      const { name, property, object } = node.callee as {
        name?: string;
        property?: { name?: string };
        object?: { name?: string; property?: { name?: string }; callee?: { name?: string } };
      };
      // The log is for programs.
      const isLog = /^log(?:Of)?$/.test(object?.name ?? object?.property?.name ?? object?.callee?.name ?? '');
      return !isLog && REPORTS.test(name ?? property?.name ?? '') ? args : [];
    }
    default:
      return [];
  }
}

/** The texts that an expression may be. */
function shapesOf(node: Node | null): string[] {
  switch (node?.type) {
    case 'Literal':
      return typeof node.value === 'string' ? [node.value] : [];
    case 'TemplateLiteral': {
      const quasis = node.quasis as { value: { cooked: string } }[];
      return [quasis.map(({ value }) => value.cooked).join('{}')];
    }
    case 'ConditionalExpression':
      return [...shapesOf(node.consequent as Node), ...shapesOf(node.alternate as Node)];
    case 'LogicalExpression':
      return [...shapesOf(node.left as Node), ...shapesOf(node.right as Node)];
    default:
      return [];
  }
}

function walk(value: unknown, visit: (node: Node) => void): void {
  if (Array.isArray(value)) for (const item of value) walk(item, visit);
  else if (typeof value === 'object' && value !== null) {
    if (typeof (value as Node).type === 'string') visit(value as Node);
    for (const part of Object.values(value)) walk(part, visit);
  }
}
