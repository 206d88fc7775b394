import { UserError } from '@cozecut/problems';
import type { ToolHandler } from '../tools.gen.ts';

/** Tells a job of the caller what it waits for. */
export const answerJob: ToolHandler<'answer_job'> = async ({ job_id: id, answer, values }, { jobs }) => {
  if ((answer === undefined) === (values === undefined)) {
    throw new UserError('INPUT_INVALID', 'either answer or values must be given', {
      hint: 'values when get_job shows question_fields, else answer',
    });
  }
  if (jobs === undefined) throw new UserError('JOB_NOT_FOUND', `there is no job ${JSON.stringify(id)}`);
  await jobs.answer(id, answer ?? values!);
  return { job_id: id };
};
