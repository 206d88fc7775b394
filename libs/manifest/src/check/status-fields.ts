/** Fields that every answer to Coze has beside those of the tool, so that a failure can be told from a result. */
export const STATUS_FIELDS = {
  success: { type: 'boolean', description: 'Whether the call worked' },
  error_code: { type: 'string', description: 'Code of the error when the call failed' },
  message: { type: 'string', description: 'What went wrong when the call failed' },
} as const;

/** Fields that the answer to Coze has besides when the call goes on as a job. */
export const JOB_FIELDS = {
  job_id: {
    type: 'string',
    description: 'Id of the job as which the call goes on; without one it has ended',
  },
  job_status: { type: 'string', description: 'State of that job: queued or running' },
} as const;
