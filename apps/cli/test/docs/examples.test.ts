import { copyFileSync, cpSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { publishedPackages } from '@cozecut/tools/release';
import { beforeAll, describe, expect, test } from 'vitest';
import { cozecut, temporaryFolder } from '../support.ts';
import { describePages, ROOT, sourcesWithExamples } from './pages.ts';
import { readPage } from './read-page.ts';

/** The plugin that examples read from the disk. */
const PLUGIN = `apiVersion: cozecut/v1
kind: Plugin
metadata: { name: texts, version: 1.0.0, description: Works on texts }
tools:
  - name: shout
    summary: Write a text in capitals
    handler: ./shout.ts#shout
    input:
      type: object
      required: [text]
      properties: { text: { type: string, description: What to shout } }
    output:
      type: object
      properties: { text: { type: string, description: The same in capitals } }
`;

const HANDLER = 'export const shout = ({ text }: { text: string }) => ({ text: text.toUpperCase() });\n';

const sources = sourcesWithExamples();
let drafts: string;

beforeAll(async () => {
  drafts = temporaryFolder();
  const input = join(ROOT, 'docs/examples/talk.srt');
  const { code, stderr } = await cozecut(['draft', 'create', input, '--out', join(drafts, 'my-draft')], {
    cwd: drafts,
  });
  if (code !== 0) throw new Error(stderr);
});

describePages(sources, {}, (folder, media) => {
  writeFileSync(join(folder, 'plugin.yaml'), PLUGIN);
  writeFileSync(join(folder, 'shout.ts'), HANDLER);
  copyFileSync(join(media, 'video-landscape.mp4'), join(folder, 'walk.mp4'));
  cpSync(join(drafts, 'my-draft'), join(folder, 'my-draft'), { recursive: true });
});

test.each(sources)('every example of %s is a program', (source) => {
  const examples = readFileSync(join(ROOT, source), 'utf8').match(/^ *\* @example/gm)!;
  expect(readPage(join(ROOT, source)).map(({ language }) => language)).toEqual(examples.map(() => 'ts'));
});

describe('where a program begins', () => {
  // What people start with the command line has no library behind it.
  const libraries = publishedPackages(ROOT)
    .map(({ folder }) => folder)
    .filter((folder) =>
      /^(?:libs|runner|server)$/.test(basename(folder.includes('/libs/') ? dirname(folder) : folder)),
    );

  test.each(libraries.map((folder) => [basename(folder), folder]))('%s shows how it is used', (_, folder) => {
    expect(sources.filter((source) => join(ROOT, source).startsWith(join(folder, 'src/')))).not.toEqual([]);
  });
});
