import { type Clock, type CozeClient, systemClock } from '@cozecut/coze-transport';
import { UserError } from '@cozecut/problems';
import type { Failure } from '../bot-events.ts';
import { asError, describeFailure, isFinal } from '../failure.ts';
import type { FileUploads } from '../file-outputs.ts';
import type { FileJournal } from '../journal-file.ts';
import { PARKED } from '../park.ts';
import { runBot } from '../run-bot.ts';
import type { DraftEvent, ListenEvent } from '../session/listen-event.ts';
import { createMessageQueue, type MessageQueue } from '../session/message-queue.ts';
import type { TranscriptFile } from '../session/transcript.ts';
import type { ToolCaller } from '../tool-caller.ts';
import { untilAborted } from '../until-aborted.ts';
import { continueRuns, type RunWorkflowOptions, runWorkflow } from '../workflow/run-workflow.ts';
import { createLiveLog, type LiveLog } from './live-log.ts';
import type { LocalBinding, LocalState, LocalTarget, ServiceEvent } from './local-state.ts';
import { createQuestions } from './questions.ts';

/** A way to Coze that was found to work, and what answers the calls that come. */
export interface LocalConnection {
  client: CozeClient;
  target: LocalTarget;
  binding: LocalBinding;
  host: ToolCaller;
  uploads: FileUploads;
  /** Where files go that a person answers a workflow with. */
  answerUploads: FileUploads;
  userId: string;
  conversationId?: string;
}

/** What a local service needs from its surroundings. `Request` says what it is started with. */
export interface LocalServicePorts<Request> {
  /**
   * Finds the bot or workflow and sees whether Coze knows it and the token. What it throws is why the start failed.
   * `tell` is told what became of drafts, as long as the connection is used.
   */
  connect(
    request: Request,
    options: { signal: AbortSignal; tell: (event: DraftEvent) => void },
  ): Promise<LocalConnection>;
  /** Called once, before the first connection. */
  openJournal(): Promise<FileJournal>;
  /** Begins the transcript of a session. */
  record(): TranscriptFile;
  clock?: Clock;
}

/** Talks with one bot or workflow at a time, from when a person starts it until they stop it. */
export interface LocalService<Request> {
  /** How it stands now. */
  state(): LocalState;
  /** Whether the start goes well is told by the state. @throws UserError LOCAL_RUNNING */
  start(request: Request): void;
  /** Says something to the bot. @throws UserError LOCAL_OFF, LOCAL_BUSY, LOCAL_WRONG_KIND */
  say(text: string): void;
  /** Runs the workflow. @throws UserError LOCAL_OFF, LOCAL_BUSY, LOCAL_WRONG_KIND */
  run(parameters: Record<string, unknown>): void;
  /** Answers what is asked. @throws UserError NOTHING_ASKED, QUESTION_ANSWERED */
  answer(answer: string | Readonly<Record<string, unknown>>, questionId?: number): void;
  /** Ends the turn or run that goes on, and nothing else. */
  cancel(): void;
  /** Ends everything; resolves when Coze was told. The token is forgotten. */
  stop(): Promise<void>;
  readonly log: Pick<LiveLog<ServiceEvent>, 'watch'>;
  /** The program ends: tools may end within `graceMs`, then what is open is left in the journal. */
  close(graceMs: number): Promise<void>;
}

interface Session {
  control: AbortController;
  /** What is said to a bot. */
  messages: MessageQueue;
  /** Parameters of the runs of a workflow. */
  runs: MessageQueue<Record<string, unknown>>;
  connection?: LocalConnection;
  cancelTurn(): void;
  ended: Promise<void>;
}

const TURN_BEGINS: ReadonlySet<string> = new Set([
  'turn.started',
  'turn.resumed',
  'run.started',
  'run.continued',
]);
const TURN_ENDS: ReadonlySet<string> = new Set([
  'answer.completed',
  'reply.requested',
  'info.requested',
  'turn.failed',
  'run.completed',
  'run.failed',
]);

/** A local service that is off. */
export function createLocalService<Request>(ports: LocalServicePorts<Request>): LocalService<Request> {
  const clock = ports.clock ?? systemClock;
  const log = createLiveLog<ServiceEvent>(clock.nowMs());
  const questions = createQuestions();
  const running = new Set<string>();
  let state: LocalState = { status: 'off' };
  let session: Session | undefined;
  let journal: FileJournal | undefined;
  let onIdle = () => {};

  /** Changes the state and tells it. What is `undefined` goes away. */
  function become(change: { [Key in keyof LocalState]?: LocalState[Key] | undefined }): void {
    const all = Object.entries({ ...state, question: questions.open(), ...change });
    state = Object.fromEntries(all.filter(([, value]) => value !== undefined)) as unknown as LocalState;
    log.add({ type: 'service.state', ...state });
  }

  function note(event: ListenEvent, record: TranscriptFile): void {
    record.add(event);
    log.add(event);
    if (event.type === 'tool.started') running.add(event.callId);
    if (event.type === 'tool.finished' && running.delete(event.callId) && running.size === 0) onIdle();
    const isAsked = questions.note(event);
    if (TURN_BEGINS.has(event.type)) become({ status: 'thinking', error: undefined });
    else if (event.type === 'chat.started') become({ conversationId: event.conversationId });
    else if (TURN_ENDS.has(event.type)) become({ status: 'listening', error: failureIn(event) });
    else if (isAsked) become({});
  }

  async function live(own: Session, request: Request): Promise<void> {
    const { signal } = own.control;
    journal ??= await ports.openJournal();
    const record = ports.record();
    const tell = (event: ListenEvent) => note(event, record);
    const connection = await ports.connect(request, { signal, tell });
    signal.throwIfAborted();
    own.connection = connection;
    become({ status: 'listening', target: connection.target, conversationId: connection.conversationId });
    const { client, host, uploads, binding, userId, conversationId } = connection;
    const common = { client, host, uploads, journal, clock };
    if (binding.kind === 'bot') {
      const { bot } = binding;
      const { error } = await runBot({
        ...common,
        bot,
        userId,
        ...(conversationId === undefined ? {} : { conversationId }),
        say: own.messages.items(),
        signal,
        onEvent: (event) => tell({ bot: bot.name, ...event }),
        onTurn: (cancel) => {
          own.cancelTurn = cancel;
        },
      });
      // The token or the quota: the next turn would fail as well.
      if (isFinal(error) && !signal.aborted) throw error;
      return;
    }
    const { workflow } = binding;
    const optionsFor = (parameters: Record<string, unknown>): RunWorkflowOptions => {
      const control = new AbortController();
      own.cancelTurn = () => control.abort();
      const both = AbortSignal.any([signal, control.signal]);
      return {
        ...common,
        answerUploads: connection.answerUploads,
        workflow,
        parameters,
        signal: both,
        answer: questions.asker(both, () => become({})),
        onEvent: (event) => tell({ workflow: workflow.name, ...event }),
      };
    };
    await continueRuns(optionsFor({}));
    for await (const parameters of untilAborted(own.runs.items(), signal)) {
      const { error } = await runWorkflow(optionsFor(parameters));
      if (isFinal(error) && !signal.aborted) throw error;
    }
  }

  /** The session that can be spoken to. */
  function open(kind: LocalTarget['kind']): Session {
    const { status } = state;
    if (session?.connection === undefined || (status !== 'listening' && status !== 'thinking')) {
      throw new UserError('LOCAL_OFF', 'the local service is not started', { hint: 'start it first' });
    }
    const { target } = session.connection;
    if (target.kind !== kind) {
      const hint = target.kind === 'bot' ? 'send a message' : 'run it with parameters';
      throw new UserError('LOCAL_WRONG_KIND', `the local service talks to a ${target.kind}`, { hint });
    }
    if (status === 'thinking') {
      throw new UserError('LOCAL_BUSY', `the ${kind} is still at work`, {
        hint: 'wait for it, or cancel it',
      });
    }
    return session;
  }

  function say(text: string): void {
    const { messages } = open('bot');
    become({ status: 'thinking', error: undefined });
    messages.push(text);
  }

  return {
    state: () => state,
    log,
    start(request) {
      if (session !== undefined) {
        throw new UserError('LOCAL_RUNNING', 'the local service is started already', {
          hint: 'stop it first',
        });
      }
      const own: Session = {
        control: new AbortController(),
        messages: createMessageQueue(),
        runs: createMessageQueue(),
        cancelTurn: () => {},
        ended: Promise.resolve(),
      };
      session = own;
      become({ status: 'starting', target: undefined, conversationId: undefined, error: undefined });
      own.ended = live(own, request)
        .then(
          () => undefined,
          (error: unknown) => (own.control.signal.aborted ? undefined : asError(error)),
        )
        .then((error) => {
          session = undefined;
          questions.clear();
          become(
            error ? { status: 'error', error: describeFailure(error) } : { status: 'off', error: undefined },
          );
        });
    },
    say,
    run(parameters) {
      const { runs } = open('workflow');
      become({ status: 'thinking', error: undefined });
      runs.push(parameters);
    },
    answer(answer, questionId) {
      if (questions.answer(answer, questionId)) return;
      if (questions.open() === undefined) {
        throw new UserError('NOTHING_ASKED', 'nothing is asked at the moment');
      }
      say(typeof answer === 'string' ? answer : JSON.stringify(answer));
    },
    cancel: () => session?.cancelTurn(),
    async stop() {
      const own = session;
      own?.control.abort();
      await own?.ended;
    },
    async close(graceMs) {
      const own = session;
      if (own !== undefined) {
        if (running.size > 0) {
          const { promise, resolve } = Promise.withResolvers<void>();
          onIdle = resolve;
          const cancelTimer = clock.after(graceMs, resolve);
          await promise;
          cancelTimer();
        }
        own.control.abort(PARKED);
        await own.ended;
      }
      await journal?.close();
      journal = undefined;
    },
  };
}

/** Why a turn failed; what a person stopped has not. */
function failureIn(event: ListenEvent): Failure | undefined {
  if ((event.type !== 'turn.failed' && event.type !== 'run.failed') || event.code === 'ABORTED')
    return undefined;
  const { code, message, hint, logId } = event;
  return {
    code,
    message,
    ...(hint === undefined ? {} : { hint }),
    ...(logId === undefined ? {} : { logId }),
  };
}
