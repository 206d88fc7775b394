import * as Flags from '@oclif/core/flags';

/** Flags of commands that draw an input file as well as a draft. */
export const planFlags = {
  from: Flags.string({ description: 'format of an input file (default: auto)' }),
  'time-unit': Flags.string({
    description: 'unit of the times in an input file (default: auto)',
    options: ['s', 'ms', 'us'],
  }),
};
