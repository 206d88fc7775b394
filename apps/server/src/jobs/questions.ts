import type { Answer, Answerer, Question } from '@cozecut/plugin-host';
import { UserError } from '@cozecut/problems';
import type { EventStore, JobChange } from '@cozecut/store';

/** A question that nobody has answered for so long ends its job. */
const ANSWER_MS = 30 * 60_000;

/** Questions of jobs to whoever started them; any process may take the answer. */
export interface Questions {
  /** Somebody to ask for a job: its caller. The job waits until the answer is there. */
  answererOf(jobId: string, note: (change: JobChange) => void): Answerer;
  /** What a job waits to be told. */
  open(jobId: string): Promise<Question | undefined>;
  /** Answers that question. @throws UserError JOB_NOT_WAITING */
  answer(jobId: string, answer: Answer): Promise<void>;
}

/** Questions and answers are events of a topic of their own for each job. */
export function createQuestions(events: EventStore): Questions {
  const topicOf = (jobId: string) => `question:${jobId}`;

  const open: Questions['open'] = async (jobId) => {
    const [last] = (await events.read(topicOf(jobId), { after: 0, limit: 100 })).slice(-1);
    return last?.type === 'asked' ? (last.data as Question) : undefined;
  };

  return {
    open,
    answererOf: (jobId, note) => ({
      who: 'caller',
      async ask(question, signal) {
        const { id } = await events.append(topicOf(jobId), 'asked', question);
        note({ phase: 'waiting', message: question.text });
        const late = AbortSignal.timeout(ANSWER_MS);
        const watched = { after: id, signal: AbortSignal.any([signal, late]) };
        for await (const { type, data } of events.watch(topicOf(jobId), watched)) {
          if (type !== 'answered') continue;
          note({ phase: 'running', message: '' });
          return data as Answer;
        }
        signal.throwIfAborted();
        await events.append(topicOf(jobId), 'given up', null);
        throw new UserError('ANSWER_MISSING', `nobody answered for ${ANSWER_MS / 60_000} minutes`);
      },
    }),
    async answer(jobId, answer) {
      if ((await open(jobId)) === undefined) {
        throw new UserError('JOB_NOT_WAITING', 'the job does not wait for an answer', {
          hint: `GET /v1/jobs/${jobId} has "question" while it does`,
        });
      }
      await events.append(topicOf(jobId), 'answered', answer);
    },
  };
}
