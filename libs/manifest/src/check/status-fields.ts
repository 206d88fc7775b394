/** Fields that every answer to Coze has beside those of the tool, so that a failure can be told from a result. */
export const STATUS_FIELDS = {
  success: { type: 'boolean', description: 'Whether the call worked' },
  error_code: { type: 'string', description: 'Code of the error when the call failed' },
  message: { type: 'string', description: 'What went wrong when the call failed' },
} as const;
