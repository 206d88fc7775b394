import { closest, type Problem } from '@cozecut/problems';
import type { Reader } from '../compose/reader.ts';
import { LIMITS } from '../source/limits.ts';
import { child, entriesOf, type Node, problemAt, textOf } from '../source/node.ts';
import { parseSource } from '../source/parse.ts';
import { sourceFile } from '../source/source-file.ts';
import { textsOf } from '../texts/translate.ts';
import type { Plugin } from '../types.ts';

/** A table has the texts of all tools in one file; each is one key and one value. */
const TABLE_LIMITS = { ...LIMITS, maxTokens: 100_000 };

/** Checks the files that `texts` names: each is a JSON object of texts, and all of them are texts of the plugin. */
export function checkTexts(root: Node, plugin: Plugin, reader: Reader, problems: Problem[]): void {
  const languages = entriesOf(child(root, 'texts'));
  if (languages.length === 0) return;
  const known = new Set(textsOf(plugin));
  for (const [language] of languages) {
    const report = (message: string, hint: string) => {
      const finding = { code: 'TEXTS_INVALID', severity: 'error', message, hint } as const;
      problems.push(problemAt(root, ['texts', language], 'value', finding));
    };
    const path = plugin.texts[language]!;
    if (!reader.files.exists(path)) {
      report(`there is no file ${path}`, `Write it, or remove ${language} from texts`);
      continue;
    }
    const text = readJson(path, reader, report);
    if (text === undefined) continue;
    const { root: table, problems: broken } = parseSource(sourceFile(path, text), { limits: TABLE_LIMITS });
    if (table?.kind === 'map') checkTable(table, known, problems);
    else if (broken.length === 0) report(`${path} holds no object`, FORM);
    problems.push(...broken);
  }
}

/** The text of a file that is JSON. */
function readJson(
  path: string,
  { files }: Reader,
  report: (message: string, hint: string) => void,
): string | undefined {
  try {
    const text = files.readFile(path);
    JSON.parse(text.replace(/^\uFEFF/, ''));
    return text;
  } catch (error) {
    const why = (error as Error).message;
    report(
      error instanceof SyntaxError ? `${path} is not JSON: ${why}` : `${path} cannot be read: ${why}`,
      FORM,
    );
    return undefined;
  }
}

const FORM = 'It is one object: each text as the manifest has it, and what it is in that language';

/** Looking for what was meant takes the time of both lengths and of all texts: enough for a slip, not for a book. */
const MOST_SUGGESTIONS = 5;
const LONGEST_COMPARED = 400;

function checkTable(table: Node, known: ReadonlySet<string>, problems: Problem[]): void {
  const comparable = [...known].filter(({ length }) => length <= LONGEST_COMPARED);
  let unknown = 0;
  for (const [text, { value }] of entriesOf(table)) {
    if (textOf(value) === undefined || textOf(value) === '') {
      const message = `the text for ${JSON.stringify(text)} is missing`;
      problems.push(problemAt(table, [text], 'value', { code: 'TEXTS_INVALID', severity: 'error', message }));
    }
    if (known.has(text)) continue;
    unknown += 1;
    const isCompared = unknown <= MOST_SUGGESTIONS && text.length <= LONGEST_COMPARED;
    problems.push(
      problemAt(table, [text], 'key', {
        code: 'TEXT_UNKNOWN',
        severity: 'warning',
        message: `nothing in the plugin says ${JSON.stringify(text)}`,
        hint: 'Write it as the manifest has it now, or remove it',
        suggestions: isCompared ? closest(text, comparable).slice(0, 1) : [],
      }),
    );
  }
}
