import { resolve } from 'node:path';
import { openCatalog } from '@cozecut/catalog/node';
import {
  findProfile,
  lintTimeline,
  listDraftRules,
  mendTimeline,
  type ParseTimelineOptions,
  parseTimeline,
} from '@cozecut/draft-core';
import type { Findings } from '../base-command.ts';
import type { Environment } from '../settings.ts';
import { readUserText } from '../user-text.ts';
import { catalogFolders } from './catalog/folder.ts';
import { type InputRequest, readInputFile } from './input-file.ts';
import { writeOutput } from './write-output.ts';

/** What `draft lint` was asked for, when it is no draft but what one is made of. */
export interface LintInputRequest extends InputRequest {
  profile?: string | undefined;
  fix: boolean;
  env: Environment;
}

/** Holds an input file against the rules. A timeline has places and repairs; other formats are converted first. */
export async function lintInput(request: LintInputRequest): Promise<Findings> {
  const { file, folder, profile, env } = request;
  const { read, facts, unseen, timelines, problems } = await readInputFile(request);
  const options: ParseTimelineOptions = {
    facts,
    unseen,
    ...(profile === undefined ? {} : { profile: findProfile(profile) }),
    catalog: openCatalog(catalogFolders(env, folder)),
    allowVip: true,
  };
  const rules = listDraftRules();
  if (read.format !== 'draft-timeline' || file === '-') {
    const found = timelines.flatMap((timeline) => parseTimeline(timeline, options).problems);
    return { files: 1, fixed: 0, problems: [...problems, ...found], rules };
  }
  const path = resolve(folder, file);
  const written = readUserText(path, file);
  const { text, fixed } = request.fix
    ? mendTimeline(written, { file, ...options })
    : { text: written, fixed: 0 };
  if (fixed > 0) writeOutput(path, text);
  return { files: 1, fixed, problems: lintTimeline(text, { file, ...options }), rules };
}
