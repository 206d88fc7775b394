import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { exportTimeline } from '@cozecut/draft-core';
import { type Problem, UserError } from '@cozecut/problems';
import { type InputRequest, readInputFile } from './input-file.ts';
import { type FileResult, writeOutput } from './write-output.ts';

/** What `draft convert` was asked for. */
export interface ConvertRequest extends InputRequest {
  /** Format to write. */
  to: string;
  /** File to write; the caller prints the text when it is left out. */
  out?: string | undefined;
  /** Which draft of the input, counted from 1. */
  number: number;
}

function isSameFile(one: string, other: string): boolean {
  const [first, second] = [one, other].map((path) => statSync(path, { throwIfNoEntry: false }));
  return first !== undefined && second !== undefined && first.ino === second.ino && first.dev === second.dev;
}

/** Converts one draft of an input file into another format. */
export async function convertFile(
  request: ConvertRequest,
): Promise<{ text: string; problems: Problem[]; written?: FileResult }> {
  const { file, out, folder } = request;
  // A format is mostly written to be read by something else: what it was made of is to stay.
  if (out !== undefined && file !== '-' && isSameFile(resolve(folder, file), resolve(folder, out)))
    throw new UserError('USAGE', `${out} is the file that is read`, { hint: 'name another one with --out' });
  const { timelines, problems, facts, read } = await readInputFile(request);
  if (problems.some(({ severity }) => severity === 'error'))
    throw UserError.fromProblems('EXPORT_INVALID', problems);
  const timeline = timelines[request.number - 1];
  if (timeline === undefined) {
    throw new UserError(
      'USAGE',
      `there is no draft ${request.number} in ${request.file}, it has ${timelines.length}`,
    );
  }
  // Where a file is not on this machine nothing about files is checked, as nothing is made of them.
  const isKnown = facts.size === read.mediaSources.length;
  const exported = exportTimeline(timeline, request.to, isKnown ? { facts } : {});
  const all = [...problems, ...exported.problems];
  if (exported.text === undefined) throw UserError.fromProblems('DRAFT_INVALID', all);
  const { text } = exported;
  if (request.out === undefined) return { text, problems: all };
  return { text, problems: all, written: writeOutput(resolve(request.folder, request.out), text) };
}
