import type { ListenEvent } from '@cozecut/runner';
import * as Flags from '@oclif/core/flags';
import { BaseCommand, manifestFlags } from '../base-command.ts';
import type { Via } from '../services/listen/listen.ts';

interface Output {
  conversationId?: string | undefined;
  answered: number;
  failed: number;
  answer: string;
  output?: unknown;
}

/** Local mode. */
export default class Listen extends BaseCommand {
  static override summary = 'Talk with a Coze bot, or run a workflow, with the tools of this machine';
  static override description =
    'Starts a chat with the bot of a binding. When the bot asks for a tool of this plugin, the tool runs here and its ' +
    'output goes back; no public address is needed. Coze sends such calls only to who started the chat. A workflow is ' +
    'run in the same way: --say has its parameters as a JSON object, lines of standard input answer its questions.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> --bot editor',
    '<%= config.bin %> <%= command.id %> --bot editor --say "做一个早间新闻视频" --once --jsonl',
    `<%= config.bin %> <%= command.id %> --workflow make-video --say '{"script": "…"}'`,
    '<%= config.bin %> <%= command.id %> --bot editor --service systemd > ~/.config/systemd/user/cozecut.service',
  ];
  static override flags = {
    ...manifestFlags,
    bot: Flags.string({
      description: 'name of a bot in bindings.bots (default: the only one); may be given several times',
      multiple: true,
      multipleNonGreedy: true,
    }),
    workflow: Flags.string({ description: 'name of a workflow in bindings.workflows, which is run instead' }),
    via: Flags.string({
      description:
        'how Coze is called: as a stream, without one, or a workflow as a chatflow (no local tools)',
      options: ['stream', 'sync', 'chat'],
      default: 'stream',
    }),
    say: Flags.string({ description: 'what to say; without it, lines are read from the terminal' }),
    once: Flags.boolean({ description: 'stop after the first answer' }),
    jsonl: Flags.boolean({ description: 'one JSON object for each event on stdout' }),
    root: Flags.string({
      description:
        'folder that tools may look at (default: the current, the home and the temporary one); may be repeated',
      multiple: true,
      multipleNonGreedy: true,
    }),
    replay: Flags.string({
      description: 'show a recorded session again, without a network',
      helpValue: 'FILE',
    }),
    service: Flags.string({
      description: 'write the file of a service that listens in the background to stdout',
      options: ['systemd', 'launchd'],
      exclusive: ['say', 'once', 'replay'],
    }),
  };

  async run(): Promise<Output | undefined> {
    const { flags } = await this.parse(Listen);
    const bots = flags.bot ?? [];
    if (flags.service !== undefined) {
      const { serviceFile } = await import('../services/listen/print-service.ts');
      const listening = { ...flags, bots, via: flags.via as Via };
      this.log(serviceFile(flags.service, process.argv[1]!, listening, process.cwd()).trimEnd());
      return undefined;
    }
    const { createShow } = await import('../services/listen/show-event.ts');
    const isPlain = !flags.jsonl && !this.jsonEnabled();
    const screen = {
      write: (text: string) => void process.stdout.write(text),
      say: (line: string) => this.say(line),
      fail: (line: string) => void process.stderr.write(`${line}\n`),
    };
    const { tellerIn } = await import('../messages/teller.ts');
    const show = createShow(screen, this.texts, await tellerIn(this.texts.language), bots.length > 1);
    let answer = '';
    const onEvent = (event: ListenEvent): void => {
      if (event.type === 'answer.completed') answer = event.text;
      if (flags.jsonl) process.stdout.write(`${JSON.stringify(event)}\n`);
      else if (isPlain) show(event);
    };
    if (flags.replay !== undefined) {
      const { readTranscript } = await import('@cozecut/runner');
      const events = readTranscript(flags.replay);
      for (const event of events) onEvent(event);
      const count = (types: string[]) => events.filter(({ type }) => types.includes(type)).length;
      const failed = count(['turn.failed', 'run.failed']);
      return { answered: count(['answer.completed', 'reply.requested', 'run.completed']), failed, answer };
    }
    if (!flags.jsonl) this.sayManifest(flags.manifest);
    const { listen } = await import('../services/listen/listen.ts');
    const { createPerson } = await import('../services/listen/person.ts');
    const { listenCancelled, listenLeave, listenEnded } = this.texts;
    const person = createPerson(process.stdin, process.stderr, {
      cancelled: listenCancelled,
      leave: listenLeave,
      ended: listenEnded,
    });
    const isInteractive = process.stdin.isTTY === true && flags.say === undefined;
    const result = await listen({
      manifest: flags.manifest,
      deployment: flags.deployment,
      bots,
      workflow: flags.workflow,
      via: flags.via as Via,
      say: flags.say,
      once: flags.once,
      roots: flags.root ?? [],
      env: this.environment,
      folder: process.cwd(),
      person,
      onReady: (names) => {
        if (flags.jsonl) return;
        this.say(`${this.texts.listening} ${names.join(', ')}`);
        if (isInteractive) this.say(this.texts.listenKeys);
      },
      onEvent,
    });
    if (isPlain && isInteractive) this.say(`${this.texts.listenSession} ${result.transcript}`);
    // The failure was told when it happened, as an event; what is left is the exit code.
    if (result.error !== undefined && !isPlain && !flags.jsonl) throw result.error;
    const { EXIT, exitCodeOf } = await import('../exit-code.ts');
    // Who only listens has no other end; who was told to say something has not done it.
    const isCutShort = result.isStopped && (flags.say !== undefined || flags.once);
    if (person.signal.aborted || isCutShort) process.exitCode = EXIT.interrupted;
    else if (result.error !== undefined) process.exitCode = exitCodeOf(result.error);
    const { conversationId, answered, failed, output } = result;
    return { conversationId, answered, failed, answer, ...(output === undefined ? {} : { output }) };
  }
}
