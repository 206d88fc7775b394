import { frameworkFlags } from '../../plain/framework-flags.ts';
import { INPUT_FLAGS } from '../../plain/input-flags.ts';

/** Flags of commands that read an input file: what it is, and what it means where it leaves a choice. */
export const inputFlags = frameworkFlags(INPUT_FLAGS);
