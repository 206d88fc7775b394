import type { Interfaces } from '@oclif/core';
import * as Flags from '@oclif/core/flags';
import type { PlainFlag, PlainFlags } from './flags.ts';

/** The flags of the framework for flags that are data. */
export type FrameworkFlags<F extends PlainFlags> = {
  [name in keyof F]: F[name] extends { type: 'boolean' }
    ? Interfaces.BooleanFlag<boolean>
    : Interfaces.OptionFlag<
        F[name] extends { required: true } | { default: string } ? string : string | undefined
      >;
};

/** Makes the flags of the framework. */
export function frameworkFlags<F extends PlainFlags>(flags: F): FrameworkFlags<F> {
  return Object.fromEntries(
    Object.entries(flags).map(([name, flag]) => [name, made(flag)]),
  ) as FrameworkFlags<F>;
}

function made({ type, options, aliases, dependsOn, default: fallback, ...plain }: PlainFlag): unknown {
  const lists = {
    ...(options === undefined ? {} : { options: [...options] }),
    ...(aliases === undefined ? {} : { aliases: [...aliases] }),
    ...(dependsOn === undefined ? {} : { dependsOn: [...dependsOn] }),
  };
  return type === 'boolean'
    ? Flags.boolean({ ...plain, ...lists })
    : Flags.string({ ...plain, ...lists, ...(fallback === undefined ? {} : { default: fallback }) });
}
