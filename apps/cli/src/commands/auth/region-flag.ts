import type { Region } from '@cozecut/manifest';
import * as Flags from '@oclif/core/flags';

/** Which Coze is meant. */
export const regionFlag = {
  region: Flags.option({
    options: ['cn', 'com', 'studio'] as const satisfies readonly Region[],
    description: 'which Coze (default: that of the first bot or workflow of the manifest, else cn)',
  })(),
};
