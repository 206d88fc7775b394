import { globSync } from 'node:fs';
import { join } from 'node:path';
import { checkManifest, diskFiles, readTexts, textsOf } from '@cozecut/manifest';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const plugins = globSync('plugins/*/plugin.yaml', { cwd: root }).sort();

test('there are plugins to look at', () => expect(plugins.length).toBeGreaterThan(1));

test.each(plugins)('%s says everything in Chinese, and nothing that is no longer said', (file) => {
  const { plugin, problems } = checkManifest(join(root, file), { ...diskFiles, lenient: true });
  const stale = problems.filter(({ code }) => code.startsWith('TEXT')).map(({ message }) => message);
  const inChinese = readTexts(plugin!, 'zh-CN', diskFiles);
  // Only what is Chinese counts: a text that was copied as it is has no translation.
  const missing = textsOf(plugin!).filter((text) => !/\p{Script=Han}/u.test(inChinese(text)));
  const table = Object.fromEntries(missing.map((text) => [text, '']));
  // What is missing is shown as it goes into plugin.zh-CN.json.
  expect({ missing: JSON.stringify(table, null, 2), stale }).toEqual({ missing: '{}', stale: [] });
});

test.each(plugins)('%s keeps names, numbers and units in Chinese', (file) => {
  const { plugin } = checkManifest(join(root, file), { ...diskFiles, lenient: true });
  const inChinese = readTexts(plugin!, 'zh-CN', diskFiles);
  const kept = (text: string) =>
    [...new Set(text.match(/\b[a-z]+_[a-z_]+\b|#[Rr]{2}\w+|#[0-9a-f]{6}|\{.*\}/g))].sort();
  const lost = textsOf(plugin!).filter((text) => {
    const said = kept(inChinese(text));
    return !kept(text).every((name) => said.includes(name));
  });
  expect(lost.map((text) => `${text} → ${inChinese(text)}`)).toEqual([]);
});
