import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
// The test runner is built on it.
import { build, type Plugin, type Rollup } from 'vite';
import { expect, test } from 'vitest';
import { goodTimeline } from './support/timeline.ts';

/** Bundles a module of the library as a page would, and lists what it takes from Node. */
async function bundle(entry: string): Promise<{ code: string; fromNode: string[] }> {
  const fromNode = new Set<string>();
  const watch: Plugin = {
    name: 'watch',
    enforce: 'pre',
    resolveId(id) {
      if (isBuiltin(id)) fromNode.add(id);
      return null;
    },
  };
  const output = (await build({
    root: join(import.meta.dirname, '..'),
    configFile: false,
    logLevel: 'silent',
    plugins: [watch],
    resolve: { conditions: ['@cozecut/source'] },
    build: {
      write: false,
      minify: false,
      lib: { entry: join(import.meta.dirname, '../src', entry), formats: ['iife'], name: 'draftCore' },
    },
  })) as Rollup.RollupOutput[];
  return { code: output[0]!.output[0].code, fromNode: [...fromNode] };
}

test('the library takes nothing from Node and works where there is none', async () => {
  const { code, fromNode } = await bundle('index.ts');
  expect(fromNode).toEqual([]);
  const timeline = JSON.stringify(goodTimeline());
  const draft = `
    ${code};
    const file = { path: '/a', name: 'a', sha256: 'a', extension: 'mp4', bytes: 1 };
    const facts = { kind: 'video', width: 8, height: 8, durationUs: 1e7, hasAudio: true };
    let count = 0;
    const { draft, problems } = draftCore.compileDraft(${timeline}, {
      media: new Map(['talk.mp4', 'poster.png', 'song.mp3'].map((name) =>
        [name, { ...file, facts: { ...facts, kind: name === 'song.mp3' ? 'audio' : 'video' } }])),
      draftName: 'x', now: () => 0, uuid: () => String(++count),
    });
    JSON.stringify({ problems, tracks: draft.content.tracks.length });`;
  // The language and what every browser adds to it: no process, no Buffer.
  const page = { TextDecoder, TextEncoder, URL };
  expect(JSON.parse(runInNewContext(draft, page) as string)).toEqual({ problems: [], tracks: 3 });
});

test('what writes to disk does take from Node, so the check can tell', async () => {
  const { fromNode } = await bundle('node/index.ts');
  expect(fromNode).toContain('node:path');
});
