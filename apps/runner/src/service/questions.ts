import { CozeError } from '@cozecut/coze-transport';
import { UserError } from '@cozecut/problems';
import type { ListenEvent } from '../session/listen-event.ts';
import type { Answer } from '../workflow/ask-person.ts';
import type { LocalQuestion } from './local-state.ts';

/** The question that is open, if any. */
export interface Questions {
  open(): LocalQuestion | undefined;
  /** Takes what an event says about questions into account; whether something changed. */
  note(event: ListenEvent): boolean;
  /** Asks for a run of a workflow; ends with the answer or when the signal is aborted. */
  asker(signal: AbortSignal, onChange: () => void): Answer;
  /**
   * Answers the question of a workflow; whether there was one.
   *
   * @throws UserError QUESTION_ANSWERED when `id` is that of a former question.
   */
  answer(answer: string | Readonly<Record<string, unknown>>, id?: number): boolean;
  /** Nobody is asked any more. */
  clear(): void;
}

/** Keeps the one question that a person is asked at a time. */
export function createQuestions(): Questions {
  let question: LocalQuestion | undefined;
  let count = 0;
  let form: Readonly<Record<string, unknown>> | undefined;
  let settle: ((text: string) => void) | undefined;
  const ask = (asked: Omit<LocalQuestion, 'id'>) => {
    question = { id: ++count, ...asked };
    return true;
  };
  const close = () => {
    const wasOpen = question !== undefined;
    question = undefined;
    return wasOpen;
  };
  return {
    open: () => question,
    note(event) {
      switch (event.type) {
        case 'reply.requested':
          return ask({ kind: 'reply', text: event.text });
        case 'info.requested':
          return ask({ kind: 'info', text: event.infos.join(', '), infos: event.infos });
        case 'question.asked':
          form = event.kind === 'input' ? event.parameters : undefined;
          return false;
        case 'turn.started':
        case 'run.started':
        case 'run.resumed':
          return close();
        default:
          return false;
      }
    },
    asker: (signal, onChange) => (asked) =>
      new Promise((resolve, reject) => {
        const stop = () => {
          settle = undefined;
          close();
          reject(stopped());
        };
        if (signal.aborted) return stop();
        signal.addEventListener('abort', stop, { once: true });
        ask({ ...asked, ...(form === undefined ? {} : { parameters: form }) });
        settle = (text) => {
          signal.removeEventListener('abort', stop);
          settle = undefined;
          close();
          onChange();
          resolve(text);
        };
        onChange();
      }),
    answer(answer, id) {
      if (question !== undefined && id !== undefined && id !== question.id) {
        throw new UserError('QUESTION_ANSWERED', `question ${id} is not open; ${question.id} is`);
      }
      if (settle === undefined) return false;
      settle(typeof answer === 'string' ? answer : JSON.stringify(answer));
      return true;
    },
    clear: () => void close(),
  };
}

function stopped(): CozeError {
  return new CozeError('ABORTED', 'stopped by the person', { operation: 'question', retry: 'never' });
}
