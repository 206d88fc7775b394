import { canDraw } from './drawing.ts';
import { tellFailure } from './failure.ts';
import type { PlainCommand, Voice } from './plain/command.ts';
import { BASE_FLAGS, readPlainly } from './plain/flags.ts';
import { readEnvironment } from './settings.ts';
import { chooseLanguage, languageFlag, textsIn } from './text.ts';

/**
 * Runs a command without the framework, which takes longer to load than most commands take, when it is one of those
 * that programs call again and again and its words are plain. What is said and written is the same.
 *
 * @returns Whether it did; nothing has happened when not.
 */
export async function runPlainly(argv: readonly string[]): Promise<boolean> {
  // The framework has a variable of its own that asks for JSON.
  if (argv.includes('--json') || process.env.COZECUT_CONTENT_TYPE !== undefined) return false;
  const found = await findCommand(argv);
  if (found === undefined) return false;
  const { command, rest } = found;
  const words = readPlainly(rest, { ...BASE_FLAGS, ...command.flags }, command.arguments);
  if (words === undefined) return false;
  try {
    const environment = readEnvironment(process.env, process.cwd());
    const isQuiet = argv.includes('--quiet');
    const voice: Voice = {
      environment,
      texts: textsIn(chooseLanguage(languageFlag(argv), environment)),
      isForPrograms: false,
      say: (line) => {
        if (!isQuiet) process.stderr.write(`${line}\n`);
      },
      draw:
        canDraw(process.stderr, environment) && !isQuiet
          ? (text) => void process.stderr.write(text)
          : undefined,
      log: (line) => process.stdout.write(`${line}\n`),
    };
    await command.run(words, voice);
  } catch (error) {
    await tellFailure(error as Error, argv);
  }
  return true;
}

async function findCommand(
  argv: readonly string[],
): Promise<{ command: PlainCommand; rest: readonly string[] } | undefined> {
  const [topic, verb, ...rest] = argv;
  if (topic === 'draft' && verb === 'create') {
    const { DRAFT_CREATE } = await import('./commands/draft/create-plain.ts');
    return { command: DRAFT_CREATE as PlainCommand, rest };
  }
  if (topic === 'tool' && verb === 'list') {
    const { TOOL_LIST } = await import('./commands/tool/list-plain.ts');
    return { command: TOOL_LIST as PlainCommand, rest };
  }
  if (topic === 'tool' && verb === 'run') {
    const { findTool } = await import('./commands/tool/find-tool.ts');
    const command = findTool(rest);
    return command && { command, rest: rest.slice(1) };
  }
  return undefined;
}
