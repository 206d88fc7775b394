import type { Problem } from '@cozecut/problems';
import { tellerIn } from '../../messages/teller.ts';
import { sayProblems, type Voice } from '../../plain/command.ts';
import { type FlagValues, MANIFEST_FLAGS, type PlainFlags } from '../../plain/flags.ts';
import { INPUT_FLAGS } from '../../plain/input-flags.ts';
import { keepHeapSmall } from '../../services/small-heap.ts';

/** What `draft create` writes with `--json`. */
export interface CreatedDrafts {
  drafts: { draft_id: string; name: string; folder_path: string; duration_us: number; zip_path?: string }[];
  problems: Problem[];
}

const flags = {
  ...MANIFEST_FLAGS,
  out: {
    description: 'folder to make, which must not exist; with --register the draft folder of the app',
    required: true,
  },
  zip: {
    type: 'boolean',
    description: 'write DIR.zip, too, with paths that work on any machine',
  },
  register: {
    type: 'boolean',
    description: 'put the draft into the list of the app; the app must be closed',
  },
  force: {
    type: 'boolean',
    description: 'register while the app is running',
    dependsOn: ['register'],
  },
  profile: {
    description: 'app family the draft is for, see "draft profiles" (default: jianying-5.9-win)',
  },
  'marker-generation': {
    description: 'version markers to write (default: native when a feature needs them)',
    options: ['baseline', 'native'],
  },
  seed: {
    description: 'take version markers from a draft of the app: auto, off, a folder or a timeline file',
    default: 'off',
  },
  ...INPUT_FLAGS,
} as const satisfies PlainFlags;

/** `draft create`, as it also runs without the framework. */
export const DRAFT_CREATE = {
  flags,
  arguments: 1,
  run: async (
    words: { flags: FlagValues<typeof flags>; args: readonly string[] },
    voice: Voice,
  ): Promise<CreatedDrafts> => {
    const { flags: asked, args } = words;
    const { texts, say, draw, log } = voice;
    await keepHeapSmall();
    const { createDraftFromFile } = await import('../../services/create-draft.ts');
    const output = (await createDraftFromFile({
      file: args[0]!,
      out: asked.out,
      zip: asked.zip,
      register: asked.register,
      force: asked.force,
      seed: asked.seed,
      markerGeneration: asked['marker-generation'],
      profile: asked.profile,
      input: asked,
      manifest: asked.manifest,
      deployment: asked.deployment,
      env: voice.environment,
      folder: process.cwd(),
      say,
      draw,
      tell: (await tellerIn(texts.language)).text,
    })) as CreatedDrafts;
    await sayProblems(output.problems, voice);
    say(texts.draftWritten);
    for (const { folder_path, zip_path } of output.drafts) {
      log(folder_path);
      if (zip_path !== undefined) log(zip_path);
    }
    say(asked.register ? texts.draftListed : texts.draftNext);
    return output;
  },
};
