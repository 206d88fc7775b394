import type { ScriptedChatflow } from '../scenario/types.ts';
import type { Frame } from '../wire/frame.ts';
import { chatObject, finishContent, verboseContent } from '../wire/objects.ts';
import type { ChatRecord, World } from '../world.ts';
import { become } from './lifetime.ts';
import { chatHeartbeat, pause } from './pause.ts';
import { answerFrames, chatFrame, completedMessage } from './play-chat.ts';

/** One run of a chatflow, and where it is shown. */
export interface ChatflowRun {
  chat: ChatRecord;
  executeId: string;
  debugUrl: string;
}

/** Plays one turn of a chatflow; a self-hosted service numbers its frames from 1. */
export async function* playChatflow(
  world: World,
  run: ChatflowRun,
  script: ScriptedChatflow,
): AsyncGenerator<Frame> {
  let count = 0;
  for await (const frame of turnFrames(world, run, script)) {
    yield world.dialect.isStudio && !frame.isComment ? { ...frame, id: ++count } : frame;
  }
}

async function* turnFrames(world: World, run: ChatflowRun, script: ScriptedChatflow): AsyncGenerator<Frame> {
  const { chat } = run;
  yield chatFrame(world, chat, 'created');
  yield* pause(world, world.settings.interEventMs, chatHeartbeat);
  become(chat, 'in_progress');
  yield chatFrame(world, chat, 'in_progress');
  yield* pause(world, world.settings.interEventMs, chatHeartbeat);
  if ('fail' in script) {
    const { code, msg } = script.fail;
    chat.lastError = { code: Number(code), msg };
    become(chat, 'failed');
    const data = world.dialect.isStudio
      ? { code: String(code), msg, debug_url: run.debugUrl }
      : { code, msg };
    yield { event: 'conversation.chat.failed', data };
    return;
  }
  const isQuestion = 'ask' in script;
  yield* answerFrames(world, chat, isQuestion ? script.ask : script.answer);
  if (isQuestion) yield verbose(world, chat, verboseContent('interrupt', ''));
  yield verbose(world, chat, finishContent(isQuestion ? 1 : 0));
  if (isQuestion) yield* askFrames(world, run);
  become(chat, 'completed');
  if (!isQuestion) yield chatFrame(world, chat, 'completed');
  yield { event: 'done', data: { debug_url: run.debugUrl } };
}

function verbose(world: World, chat: ChatRecord, content: string): Frame {
  return completedMessage(world, chat, { id: world.nextId(), type: 'verbose', content });
}

function* askFrames(world: World, { chat, executeId }: ChatflowRun): Generator<Frame> {
  const { chatflowAction } = world.settings;
  if (chatflowAction === 'none') return;
  chat.action = [{ id: '', type: 'reply_message', function: null, requireInfo: null, fileOutputs: [] }];
  const isBare = chatflowAction === 'bare' || world.dialect.isStudio;
  const data = chatObject(chat, 'requires_action', world.now(), !isBare);
  yield {
    event: 'conversation.chat.requires_action',
    data: world.dialect.isStudio ? { ...data, execute_id: executeId } : data,
  };
}
