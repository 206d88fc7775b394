import * as Flags from '@oclif/core/flags';

/** Flags of commands that work on a store. */
export const storeFlags = {
  store: Flags.string({
    description: 'folder or postgres:// address of the store (default: COZECUT_STORE, else ./.cozecut)',
  }),
};
