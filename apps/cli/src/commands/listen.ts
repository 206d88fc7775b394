import type { BotEvent, BotRunResult } from '@cozecut/runner';
import * as Flags from '@oclif/core/flags';
import { BaseCommand, manifestFlags } from '../base-command.ts';

/** Local mode. */
export default class Listen extends BaseCommand {
  static override summary = 'Talk with a Coze bot and run its tools on this machine';
  static override description =
    'Starts a chat with the bot of a binding. When the bot asks for a tool of this plugin, the tool runs here and its ' +
    'output goes back; no public address is needed. Coze sends such calls only to who started the chat.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> --bot editor',
    '<%= config.bin %> <%= command.id %> --bot editor --say "做一个早间新闻视频" --once --jsonl',
  ];
  static override flags = {
    ...manifestFlags,
    bot: Flags.string({ description: 'name of a bot in bindings.bots (default: the only one)' }),
    say: Flags.string({ description: 'what to say; without it, lines are read from the terminal' }),
    once: Flags.boolean({ description: 'stop after the first answer' }),
    jsonl: Flags.boolean({ description: 'one JSON object for each event on stdout' }),
  };

  async run(): Promise<Pick<BotRunResult, 'conversationId' | 'answered' | 'failed'> & { answer: string }> {
    const { flags } = await this.parse(Listen);
    const { listen } = await import('../services/listen.ts');
    let answer = '';
    const isPlain = !flags.jsonl && !this.jsonEnabled();
    const result = await listen({
      manifest: flags.manifest,
      deployment: flags.deployment,
      bot: flags.bot,
      say: flags.say,
      once: flags.once,
      env: this.environment,
      folder: process.cwd(),
      onReady: (bot) => {
        if (!flags.jsonl) this.say(`${this.texts.listening} ${bot}.`);
      },
      onEvent: (event) => {
        if (event.type === 'answer.completed') answer = event.text;
        if (flags.jsonl) process.stdout.write(`${JSON.stringify(event)}\n`);
        else if (isPlain) this.show(event);
      },
    });
    // The failure was told when it happened, as an event; what is left is the exit code.
    if (result.error !== undefined) {
      if (isPlain || flags.jsonl) {
        const { exitCodeOf } = await import('../exit-code.ts');
        process.exitCode = exitCodeOf(result.error);
      } else throw result.error;
    }
    const { conversationId, answered, failed } = result;
    return { conversationId, answered, failed, answer };
  }

  /** The answer goes to stdout, what happens on the way to stderr. */
  private show(event: BotEvent): void {
    const { texts } = this;
    switch (event.type) {
      case 'answer.delta':
        process.stdout.write(event.text);
        break;
      case 'answer.completed':
        process.stdout.write('\n');
        break;
      case 'tool.started':
        this.say(`→ ${texts.toolCall} ${event.tool}`);
        break;
      case 'tool.progress':
        if (event.progress.message !== undefined) this.say(`  ${event.progress.message}`);
        break;
      case 'tool.finished':
        this.say(
          event.ok
            ? `← ${texts.toolDone} ${event.tool} (${event.durationMs} ms)`
            : `← ${texts.toolFailed} ${event.tool}: ${event.error?.message} [${event.error?.code}]`,
        );
        break;
      case 'outputs.submitted':
        this.say(`↑ ${texts.submitted}`);
        break;
      case 'reply.requested':
        process.stdout.write(`${event.text}\n`);
        break;
      case 'info.requested':
        this.say(`? ${event.infos.join(', ')}`);
        break;
      case 'notice':
        this.say(`! ${event.message} [${event.code}]`);
        break;
      case 'turn.failed':
        process.stderr.write(`${texts.error} ${event.message} [${event.code}]\n`);
        if (event.hint !== undefined) process.stderr.write(`${texts.hint} ${event.hint}\n`);
        break;
    }
  }
}
