import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';

/** Arguments of commands about templates. */
export const templateArgs = {
  draft: Args.string({ description: 'draft folder that is the template', required: true }),
};

/** Flags of commands about templates. */
export const templateFlags = {
  primary: Flags.string({ description: 'timeline file to read (default: the one that the app reads)' }),
  colors: Flags.string({ description: 'JSON file that names colours of the template: {"brand":"#FF0000"}' }),
};
