import { relative } from 'node:path';
import { type Rewritten, upgradeManifest } from '@cozecut/manifest';
import type { Problem } from '@cozecut/problems';
import type { Environment } from '../settings.ts';
import { chooseWithSettings, type ManifestChoice } from './manifest.ts';
import { writeOutput } from './write-output.ts';

/** What `manifest upgrade` was asked for. */
export interface UpgradeRequest extends ManifestChoice {
  /** Whether the files are written; else it is only told what would be. */
  write: boolean;
  env: Environment;
  folder: string;
}

/** What became of a manifest. */
export interface UpgradeResult {
  file: string;
  rewritten: Rewritten[];
  /** The changed lines, as a diff for people. */
  diff: string;
  problems: Problem[];
}

/** Brings a manifest and what it includes to the current format, or tells what that would change. */
export function upgrade({ write, env, folder, ...choice }: UpgradeRequest): UpgradeResult {
  const { file, options } = chooseWithSettings(choice, env, folder);
  const { files, rewritten, problems } = upgradeManifest(file, options);
  if (write) for (const { file: path, after } of files) writeOutput(path, after);
  const shown = (path: string) => relative(folder, path) || path;
  const diff = files.map(({ file: path, before, after }) => diffOf(shown(path), before, after)).join('\n');
  return { file, rewritten, diff, problems };
}

/** Words are replaced within their lines, so that both texts have the same lines. */
function diffOf(name: string, before: string, after: string): string {
  const now = after.split('\n');
  const lines = before
    .split('\n')
    .flatMap((line, index) =>
      line === now[index] ? [] : [`@@ ${index + 1} @@`, `-${line}`, `+${now[index]}`],
    );
  return [`--- ${name}`, `+++ ${name}`, ...lines].join('\n');
}
