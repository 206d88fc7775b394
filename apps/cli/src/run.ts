import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { run } from '@oclif/core/run';
import { settings } from '@oclif/core/settings';
import { COMMAND_IDS } from './command-ids.ts';
import { COMMANDS, findCommands, useHelp } from './commands.ts';
import { tellFailure } from './failure.ts';
import { TOPICS } from './help/topics.ts';
import { IS_BUNDLE } from './services/installed.ts';
import { readEnvironment } from './settings.ts';
import { chooseLanguage, languageFlag } from './text.ts';
import { flagOfTopic } from './unknown-command.ts';

/**
 * Runs one command line. What comes of it is on stdout and stderr and in `process.exitCode`; nothing is thrown.
 *
 * @param argv - The words behind `cozecut`.
 */
export async function runCommand(argv: readonly string[]): Promise<void> {
  // oclif would look for a TypeScript loader; Node reads the sources itself.
  settings.enableAutoTranspile = false;
  const pjson = createRequire(import.meta.url)('../package.json') as {
    description: string;
    oclif: { commands: object };
  };
  const target = IS_BUNDLE ? './dist/commands.cjs' : './src/commands.ts';
  try {
    const wrong = flagOfTopic(argv);
    if (wrong !== undefined) throw wrong;
    await findCommands(argv);
    const language = chooseLanguage(languageFlag(argv), readEnvironment(process.env, process.cwd()));
    const topics = Object.fromEntries([
      // The help leaves out a topic of which it knows nothing.
      ...COMMAND_IDS.filter((id) => id.includes(':') && !(id in COMMANDS)).map((id) => [
        id,
        { hidden: true },
      ]),
      ...Object.entries(TOPICS).map(([topic, text]) => [topic, { description: text[language] }]),
    ]);
    let { description } = pjson;
    if (language === 'zh') {
      const { inChinese, speakChinese } = await import('./help/zh.ts');
      speakChinese(COMMANDS);
      description = inChinese(description) ?? description;
      useHelp((await import('./help/chinese-help.ts')).ChineseHelp);
    }
    await run([...argv], {
      root: fileURLToPath(new URL('..', import.meta.url)),
      pjson: {
        ...pjson,
        description,
        oclif: {
          ...pjson.oclif,
          topics,
          commands: { ...pjson.oclif.commands, target },
          additionalHelpFlags: ['-h'],
          ...(language === 'zh' ? { helpClass: { target, identifier: 'Help' } } : {}),
        },
      } as never,
    });
  } catch (error) {
    await tellFailure(error as Error, argv);
  }
}
