import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkManifest, diskFiles, type LoadOptions } from '../src/index.ts';
import { showProblems } from './support/show.ts';

const root = join(import.meta.dirname, 'cases');
const names = readdirSync(root);

/** `case.json`: how the manifest of a case is read. */
type CaseOptions = Pick<LoadOptions, 'deployment' | 'env'>;

describe('cases', () => {
  test('there are many', () => {
    expect(names.length).toBeGreaterThan(100);
  });

  test.each(names)('%s', async (name) => {
    const folder = join(root, name);
    const settings = join(folder, 'case.json');
    const options: CaseOptions = existsSync(settings) ? JSON.parse(readFileSync(settings, 'utf8')) : {};
    const { plugin, problems } = checkManifest(join(folder, 'plugin.yaml'), { ...diskFiles, ...options });
    expect(plugin === undefined).toBe(problems.some(({ severity }) => severity === 'error'));
    await expect(showProblems(problems, folder)).toMatchFileSnapshot(join(folder, 'expected.txt'));
  });
});
