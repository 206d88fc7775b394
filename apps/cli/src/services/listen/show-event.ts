import type { ListenEvent } from '@cozecut/runner';
import type { Teller } from '../../messages/teller.ts';
import type { Texts } from '../../text.ts';
import { unsaid } from '../unsaid.ts';

/** Where what happens is shown. */
export interface Screen {
  /** Answers. */
  write(text: string): void;
  /** A line for people about what happens on the way. */
  say(line: string): void;
  /** A line that is shown even when nothing else is. */
  fail(line: string): void;
}

/**
 * Shows events as they come: answers as they are, everything else as one line with an arrow: `→` to this device, `←`
 * what it came to, `↑` sent to Coze, `?` a question, `!` worth knowing.
 *
 * @param isShared - Several bots speak at the same time: whole answers with names, not pieces.
 */
export function createShow(
  screen: Screen,
  texts: Texts,
  teller: Teller,
  isShared: boolean,
): (event: ListenEvent) => void {
  const told = ({ message, code }: { message: string; code: string }) =>
    `${teller.message(code, message)} [${code}]`;
  /** What was written of the answer that comes, and the message that it is a part of. */
  const streamed = new Map<string, { text: string; messageId: string }>();
  /** The first half of a character that came in two pieces; alone it cannot be written. */
  let half = '';
  const write = (text: string): void => {
    const all = half + text;
    half = /[\ud800-\udbff]$/.exec(all)?.[0] ?? '';
    screen.write(all.slice(0, all.length - half.length));
  };
  return (event) => {
    const who = 'bot' in event ? event.bot : 'workflow' in event ? event.workflow : '';
    const name = isShared ? `[${who}] ` : '';
    const say = (line: string) => screen.say(name + line);
    switch (event.type) {
      case 'turn.resumed':
        say(`↻ ${texts.listenResumed} (${event.chatId})`);
        break;
      case 'run.continued':
        say(`↻ ${texts.listenResumed} (${event.eventId})`);
        break;
      case 'answer.delta':
        if (!isShared) stream(who, event);
        break;
      case 'answer.completed':
      case 'reply.requested':
        // What was not streamed, because it was looked up or because several speak, is shown now.
        if (event.text !== '' || event.type === 'answer.completed') {
          write(`${name}${unsaid(streamed.get(who)?.text ?? '', event.text)}\n`);
        }
        streamed.delete(who);
        if (event.type === 'reply.requested') say(`? ${texts.listenReply}`);
        break;
      case 'node.message':
        if (event.node === '' || event.node === 'End') break;
        write(event.text);
        if (event.isLast) write('\n');
        break;
      case 'run.completed':
        write(
          `${typeof event.output === 'string' ? event.output : JSON.stringify(event.output ?? null, null, 2)}\n`,
        );
        break;
      case 'tool.started':
        endLine(who);
        say(`→ ${texts.toolCall} ${event.tool}`);
        break;
      case 'tool.progress':
        if (event.progress.message !== undefined) say(`  ${teller.text(event.progress.message)}`);
        break;
      case 'tool.finished':
        endLine(who);
        say(toolLine(event, texts, told));
        break;
      case 'outputs.submitted':
        say(`↑ ${texts.submitted}`);
        break;
      case 'run.resumed':
        say(`↑ ${texts.submitted} (${event.count})`);
        break;
      case 'question.asked':
        say(`? ${[event.node, texts.listenAsks, event.question].filter((part) => part !== '').join(' ')}`);
        break;
      case 'authorization.requested':
        screen.fail(`${texts.listenAuthorize} ${event.url || event.text}`);
        break;
      case 'interrupt.unknown':
        screen.fail(`${texts.listenUnknown} ${event.interruptType} ${event.data}`);
        break;
      case 'info.requested':
        say(`? ${event.infos.join(', ')}`);
        break;
      case 'notice':
        say(`! ${told(event)}`);
        break;
      case 'draft.installed':
        say(`✓ ${texts.installDone} ${event.folder}`);
        break;
      case 'draft.not_installed':
        say(`! ${texts.listenNotListed} ${told(event)}`);
        if (event.hint !== undefined) say(`  ${texts.hint} ${teller.hint(event.hint)}`);
        break;
      case 'turn.failed':
      case 'run.failed':
        endLine(who);
        screen.fail(`${name}${texts.error} ${told(event)}`);
        if (event.hint !== undefined) screen.fail(`${name}${texts.hint} ${teller.hint(event.hint)}`);
        break;
    }
  };

  /** A piece of an answer; each message begins on its own line. */
  function stream(who: string, { messageId, text }: { messageId: string; text: string }): void {
    const said = streamed.get(who);
    const piece = said !== undefined && said.messageId !== messageId ? `\n${text}` : text;
    streamed.set(who, { text: (said?.text ?? '') + piece, messageId });
    write(piece);
  }

  /** An answer that stopped in the middle of a line. */
  function endLine(who: string): void {
    if (streamed.delete(who)) write('\n');
  }
}

function toolLine(
  event: Extract<ListenEvent, { type: 'tool.finished' }>,
  texts: Texts,
  told: (error: { message: string; code: string }) => string,
): string {
  if (event.replayed) return `← ${event.tool}: ${texts.listenReplayed}`;
  if (event.ok) return `← ${texts.toolDone} ${event.tool} (${event.durationMs} ms)`;
  const why = event.error === undefined ? '' : `: ${told(event.error)}`;
  return `← ${texts.toolFailed} ${event.tool}${why}`;
}
