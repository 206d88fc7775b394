import type { Answer, Answerer, Question } from '@cozecut/plugin-host';
import { UserError } from '@cozecut/problems';
import type { EventStore, Job, JobChange, StoredEvent } from '@cozecut/store';

/** A question that nobody has answered for so long ends its job. */
const ANSWER_MS = 30 * 60_000;
/** Events that are read at once. */
const PAGE = 100;

/** Questions of jobs to whoever started them; any process may take the answer. */
export interface Questions {
  /** Somebody to ask for a job: its caller. The job waits until the answer is there. */
  answererOf(jobId: string, note: (change: JobChange) => void): Answerer;
  /** What a job waits to be told. */
  openOf(job: Job): Promise<Question | undefined>;
  /** Answers that question. @throws UserError JOB_NOT_WAITING when there is none, or somebody else was faster. */
  answer(jobId: string, answer: Answer): Promise<void>;
}

/** Questions and answers are events of a topic of their own for each job. */
export function createQuestions(events: EventStore): Questions {
  const topicOf = (jobId: string) => `question:${jobId}`;

  /** The question that nobody has answered or given up. */
  async function open(jobId: string): Promise<StoredEvent | undefined> {
    let last: StoredEvent | undefined;
    for (;;) {
      const page = await events.read(topicOf(jobId), { after: last?.id ?? 0, limit: PAGE });
      last = page.at(-1) ?? last;
      if (page.length < PAGE) return last?.type === 'asked' ? last : undefined;
    }
  }

  return {
    async openOf({ id, phase }) {
      return phase === 'waiting' ? ((await open(id))?.data as Question | undefined) : undefined;
    },
    answererOf: (jobId, note) => ({
      who: 'caller',
      async ask(question, signal) {
        const { id } = await events.append(topicOf(jobId), 'asked', question);
        note({ phase: 'waiting', message: question.text });
        const late = AbortSignal.timeout(ANSWER_MS);
        const watched = { after: id, signal: AbortSignal.any([signal, late]) };
        for await (const { type, data } of events.watch(topicOf(jobId), watched)) {
          if (type !== 'answered') continue;
          const { to, answer } = data as Answered;
          // An answer that came too late for the question before is none to this one.
          if (to !== id) continue;
          note({ phase: 'running', message: '' });
          return answer;
        }
        signal.throwIfAborted();
        await events.append(topicOf(jobId), 'given up', null);
        throw new UserError('ANSWER_MISSING', `nobody answered for ${ANSWER_MS / 60_000} minutes`);
      },
    }),
    async answer(jobId, answer) {
      const asked = await open(jobId);
      if (asked === undefined) throw notWaiting(jobId);
      const { id } = await events.append(topicOf(jobId), 'answered', { to: asked.id, answer });
      const [first] = await events.read(topicOf(jobId), { after: asked.id, limit: 1 });
      if (first?.id !== id) throw notWaiting(jobId);
    },
  };
}

/** What the event of an answer says. */
interface Answered {
  /** Id of the event that asked. */
  to: number;
  answer: Answer;
}

function notWaiting(jobId: string): UserError {
  return new UserError('JOB_NOT_WAITING', 'the job does not wait for an answer', {
    hint: `GET /v1/jobs/${jobId} has "question" while it does`,
  });
}
