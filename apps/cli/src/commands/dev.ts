import { spawn } from 'node:child_process';
import * as Flags from '@oclif/core/flags';
import { BaseCommand, manifestFlags } from '../base-command.ts';
import { errorObject } from '../error-text.ts';
import { exitCodeOf } from '../exit-code.ts';
import { tellerIn } from '../messages/teller.ts';
import type { DevEvent, Dev as Running } from '../services/dev/dev.ts';
import type { DevTerminal } from '../services/dev/terminal.ts';
import { openPage } from '../services/open-page.ts';
import { readEnvironment } from '../settings.ts';

/** Works on a plugin while it is served. */
export default class Dev extends BaseCommand {
  static override summary = 'Serve a plugin while you work on it, with a Coze of its own';
  static override description =
    'Serves REST and the page, and anew after each change of a file. A version with a mistake is told and not ' +
    'served: the former one goes on until the mistake is mended. Beside it runs an emulator of Coze with a bot that ' +
    'calls the tools, so that no account is needed: in a deployment with the local mode they run as local plugins, ' +
    'else they are called over HTTP as Coze calls a cloud plugin. At a terminal a key does something (`?` lists them); lines from a pipe ' +
    'are said to the bot. With --json every event is one line.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --manifest my-plugin/plugin.yaml --port 0',
    'echo "count_words one two" | <%= config.bin %> <%= command.id %> --once',
  ];
  static override flags = {
    ...manifestFlags,
    port: Flags.integer({ description: 'port; 0 takes any free one', min: 0, max: 65_535 }),
    emulator: Flags.boolean({
      description: 'play Coze on this machine; without it, the server calls the Coze of COZE_API_TOKEN',
      default: true,
      allowNo: true,
    }),
    scenario: Flags.string({
      description:
        'JSON file of a scenario that the bots play, instead of calling the tools they are told to',
      helpValue: 'FILE',
    }),
    once: Flags.boolean({ description: 'end when the pipe has ended and all of it was answered' }),
  };

  async run(): Promise<void> {
    const { flags } = await this.parse(Dev);
    this.sayManifest(flags.manifest);
    const stopped = Promise.withResolvers<void>();
    process.once('SIGINT', () => stopped.resolve());
    process.once('SIGTERM', () => stopped.resolve());
    let url = '';
    let failure: Error | undefined;
    const { startDev } = await import('../services/dev/dev.ts');
    const { devLines } = await import('../services/dev/describe.ts');
    const teller = await tellerIn(this.texts.language);
    const dev = await startDev({
      ...flags,
      readEnv: () => readEnvironment(process.env, process.cwd()),
      folder: process.cwd(),
      botHelp: this.texts.devBotHelp,
      onEvent: (event) => {
        if (event.type === 'serving') {
          url = event.url;
          failure = undefined;
        } else if ('error' in event) failure = event.error;
        if (this.jsonEnabled()) this.printEvent(event);
        else if (event.type === 'answer') this.log(event.text);
        const time = new Date().toTimeString().slice(0, 8);
        for (const line of devLines(event, time, this.texts, teller)) this.say(line);
      },
    });
    // One after the other: a conversation takes one message at a time.
    let told: Promise<unknown> = Promise.resolve();
    const say = (text: string) => {
      told = told.then(() => dev.say(text));
    };
    const { openDevTerminal } = await import('../services/dev/terminal.ts');
    const terminal: DevTerminal = openDevTerminal({
      onKey: (key) => void keys[key]?.(),
      onLine: say,
      onEnd: () => {
        if (flags.once) void told.then(() => stopped.resolve());
      },
    });
    const keys: Readonly<Record<string, () => unknown>> = {
      '?': () => this.say(this.texts.devKeyList),
      c: async () => {
        const text = await terminal.ask('> ');
        if (text !== undefined && text.trim() !== '') say(text);
      },
      e: () => this.runExample(dev, terminal, say),
      t: () => this.runBeside('tool test', flags.manifest),
      l: () => this.runBeside('lint', flags.manifest),
      r: () => dev.reload(),
      o: () => openPage(url),
      q: () => stopped.resolve(),
      // Ctrl-C is a key like any other while keys are read one by one.
      '\u0003': () => stopped.resolve(),
    };
    this.say(process.stdin.isTTY ? this.texts.devKeys : this.texts.servingStop);
    await stopped.promise;
    terminal.close();
    await dev.close();
    // A person has seen it and mended it, or not; what reads the exit code of a pipe has not.
    if (flags.once && failure !== undefined) process.exitCode = exitCodeOf(failure);
    this.exit(0);
  }

  private printEvent(event: DevEvent): void {
    const shown = 'error' in event ? { ...event, error: errorObject(event.error) } : event;
    process.stdout.write(`${JSON.stringify(shown)}\n`);
  }

  /** Lets the person choose an example; the bot is told to call its tool with it. */
  private async runExample(dev: Running, terminal: DevTerminal, say: (text: string) => void): Promise<void> {
    const { toolsOfBot } = await import('../services/dev/bot.ts');
    const plugin = dev.plugin();
    const examples = (plugin === undefined ? [] : toolsOfBot(plugin)).flatMap((tool) =>
      tool.examples.map(({ name, input }) => ({ tool: tool.name, name, input })),
    );
    if (examples.length === 0) return this.say(this.texts.devNoExamples);
    for (const [index, { tool, name }] of examples.entries()) this.say(`  ${index + 1}  ${tool} ${name}`);
    const answer = await terminal.ask(`1-${examples.length}: `);
    const chosen = examples[Number(answer) - 1];
    if (chosen !== undefined) say(`${chosen.tool} ${JSON.stringify(chosen.input ?? {})}`);
  }

  private runBeside(command: string, manifest: string | undefined): void {
    const chosen = manifest === undefined ? [] : command === 'lint' ? [manifest] : ['--manifest', manifest];
    const language = ['--lang', this.texts.language];
    spawn(process.execPath, [process.argv[1]!, ...command.split(' '), ...chosen, ...language], {
      stdio: ['ignore', 2, 2],
    });
  }
}
