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
  return sourcesOf(root, projects).flatMap((file) => {
    const texts = new Set<string>();
    walk(parse(root, file), (node) => {
      for (const part of messagesOf(node)) for (const text of shapesOf(part)) texts.add(text);
      return true;
    });
    return [...texts].filter((text) => /[a-z]{2}.* /.test(text)).map((text) => ({ text, file }));
  });
}

function sourcesOf(root: string, projects: string): string[] {
  return globSync(`${projects}/src/**/*.ts`, { cwd: root }).filter(
    (file) => !/node_modules|\.gen\./.test(file),
  );
}

function parse(root: string, file: string): unknown {
  return parseAst(readFileSync(join(root, file), 'utf8'), { lang: 'ts' }, file);
}

/** Properties whose texts have tables of their own, or that nobody reads. */
const ELSEWHERE = /^(?:description|summary|examples|helpLabel)$/;

/**
 * Every text in the sources of some projects that reads like words of a sentence, wherever it stands: what a function
 * returns, what is put into a message, what a table holds. Texts of the help and of the log are not among them.
 */
export function wordsInSources(root: string, projects: string): Said[] {
  return sourcesOf(root, projects).flatMap((file) => {
    const texts = new Set<string>();
    const visit = (node: Node): boolean => {
      if (['ImportDeclaration', 'ExportNamedDeclaration', 'TSLiteralType'].includes(node.type)) {
        return node.declaration !== undefined && node.declaration !== null;
      }
      if (node.type === 'Property' || node.type === 'PropertyDefinition') {
        const { name, value } = node.key as { name?: string; value?: string };
        if (ELSEWHERE.test(name ?? value ?? '')) return false;
      }
      if (node.type === 'CallExpression' && isLog(node)) return false;
      if (node.type === 'NewExpression' && (node.callee as { name?: string }).name === 'BugError')
        return false;
      if (node.type === 'Literal' || node.type === 'TemplateLiteral') {
        for (const text of shapesOf(node)) if (/[a-z]{2,} [a-z]{2,}/i.test(text)) texts.add(text);
      }
      return true;
    };
    walk(parse(root, file), visit);
    return [...texts].map((text) => ({ text, file }));
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
    case 'VariableDeclarator': {
      const { name = '' } = node.id as { name?: string };
      if (/hints$/i.test(name)) return valuesOf(node.init as Node | null);
      return MESSAGE_NAMES.includes(name) ? [node.init as Node] : [];
    }
    case 'CallExpression': {
      const { name, property } = node.callee as { name?: string; property?: { name?: string } };
      return !isLog(node) && REPORTS.test(name ?? property?.name ?? '') ? args : [];
    }
    default:
      return [];
  }
}

/** What a table of hints holds. */
function valuesOf(table: Node | null): Node[] {
  return ((table?.properties ?? []) as Node[]).flatMap(
    (property) => (property.value as Node | undefined) ?? [],
  );
}

/** Whether a call writes into the log, which is for programs. */
function isLog(node: Node): boolean {
  const { object } = node.callee as {
    object?: { name?: string; property?: { name?: string }; callee?: { name?: string } };
  };
  return /^log(?:Of)?$/.test(object?.name ?? object?.property?.name ?? object?.callee?.name ?? '');
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
    case 'BinaryExpression': {
      const [left = '{}'] = shapesOf(node.left as Node);
      const [right = '{}'] = shapesOf(node.right as Node);
      return node.operator === '+' ? [left + right] : [];
    }
    case 'LogicalExpression':
      return [...shapesOf(node.left as Node), ...shapesOf(node.right as Node)];
    default:
      return [];
  }
}

/** @param visit - Says whether what is inside is looked at, too. */
function walk(value: unknown, visit: (node: Node) => boolean): void {
  if (Array.isArray(value)) for (const item of value) walk(item, visit);
  else if (typeof value === 'object' && value !== null) {
    if (typeof (value as Node).type === 'string' && !visit(value as Node)) return;
    for (const part of Object.values(value)) walk(part, visit);
  }
}
