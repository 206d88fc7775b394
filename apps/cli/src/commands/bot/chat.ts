import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { BaseCommand, manifestFlags } from '../../base-command.ts';
import type { ChatTurn } from '../../services/coze/chat.ts';
import { interruptible } from '../../services/interrupt.ts';
import { readFlagText } from '../../services/json-input.ts';
import { readManifest } from '../../services/manifest.ts';
import { setting } from '../../settings.ts';
import { regionFlag } from '../auth/region-flag.ts';

/** A turn with a bot. */
export default class BotChat extends BaseCommand {
  static override summary = 'Say something to a bot and read its answer';
  static override description =
    'The answer is printed as it comes. A bot that asks for tools of this machine is told that there are none; ' +
    '`listen` runs them.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> editor --say "做一个早间新闻视频"',
    '<%= config.bin %> <%= command.id %> 7400000000000000001 --region com --say @question.txt',
  ];
  static override args = {
    bot: Args.string({ required: true, description: 'name of a bot in bindings.bots, or an id' }),
  };
  static override flags = {
    ...manifestFlags,
    ...regionFlag,
    say: Flags.string({ required: true, description: 'what to say: a text, @FILE or - for standard input' }),
    conversation: Flags.string({ description: 'id of the conversation to go on with' }),
  };

  async run(): Promise<ChatTurn> {
    const { args, flags } = await this.parse(BotChat);
    const { environment } = this;
    const plugin = readManifest(flags, environment, process.cwd());
    const { botNamed } = await import('../../services/coze/place.ts');
    const bot = botNamed(plugin, args.bot, flags.region, environment);
    const { cozeClient } = await import('../../services/coze.ts');
    const { chatWithBot } = await import('../../services/coze/chat.ts');
    const client = cozeClient(plugin, bot, environment);
    const { addressOf } = await import('../../services/coze/ways.ts');
    this.onAsk(addressOf(bot, environment));
    let isLineOpen = false;
    const closeLine = () => {
      if (isLineOpen) process.stdout.write('\n');
      isLineOpen = false;
    };
    const turn = await interruptible((signal) =>
      chatWithBot({
        client,
        bot,
        say: readFlagText(flags.say),
        conversation: flags.conversation,
        userId: setting(environment, 'COZE_USER_ID') ?? 'cozecut',
        signal,
        onText: (text) => {
          if (this.jsonEnabled()) return;
          process.stdout.write(text);
          isLineOpen = true;
        },
      }),
    ).finally(closeLine);
    if (turn.refused_tools !== undefined) {
      this.say(
        `${this.texts.toolsRefused} ${turn.refused_tools.join(', ')}  (cozecut listen --bot ${bot.name})`,
      );
    }
    this.say(`${this.texts.conversation} ${turn.conversation_id}`);
    return turn;
  }
}
