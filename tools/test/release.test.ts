import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseDocument } from 'yaml';
import { publishedPackages } from '../src/release/index.ts';
import { publicManifest } from '../src/release/stage.ts';

const root = join(import.meta.dirname, '../..');
const packages = publishedPackages(root);
const read = (path: string) => JSON.parse(readFileSync(join(root, path), 'utf8'));

test('packages come after those that they need, and have one version', () => {
  const names = packages.map(({ name }) => name);
  expect(names).toContain('cozecut');
  expect(names).not.toContain('@cozecut/tools');
  for (const [index, { manifest }] of packages.entries()) {
    for (const [needed, version] of Object.entries(manifest.dependencies ?? {})) {
      if (!needed.startsWith('@cozecut/')) continue;
      expect(names.slice(0, index)).toContain(needed);
      expect(version).toBe(manifest.version);
    }
  }
  expect(new Set(packages.map(({ manifest }) => manifest.version)).size).toBe(1);
});

test('what the registry gets has no way to the sources, no scripts and no tools', () => {
  for (const { name, manifest } of packages) {
    const text = JSON.stringify(publicManifest(manifest));
    expect({ name, text }).not.toMatchObject({
      text: expect.stringMatching(/@cozecut\/source|"scripts"|devDependencies|"nx"/),
    });
    expect(text).toContain('"provenance":true');
  }
});

test('changes are written down for packages that there are, which all get the same version', () => {
  const { fixed, access } = read('.changeset/config.json');
  expect({ fixed, access }).toEqual({ fixed: [['cozecut', '@cozecut/*']], access: 'public' });
  const known = globSync('{libs,apps,plugins}/*/package.json', { cwd: root }).map((file) => read(file).name);
  for (const file of globSync('.changeset/*.md', { cwd: root })) {
    const [, head] = /^---\n([\s\S]*?)\n---\n/.exec(readFileSync(join(root, file), 'utf8')) ?? [];
    if (file.endsWith('README.md')) continue;
    for (const line of head!.split('\n')) {
      const [, name] = /^"([^"]+)": (?:major|minor|patch)$/.exec(line) ?? [];
      expect(known).toContain(name);
    }
  }
});

test('the pictures that the tests of the page leave are kept', () => {
  const ci = readFileSync(join(root, '.github/workflows/ci.yml'), 'utf8');
  const { jobs } = parseDocument(ci).toJS() as { jobs: { test: { steps: Record<string, unknown>[] } } };
  const folder = 'apps/web/test-output/screenshots';
  expect(jobs.test.steps).toContainEqual(
    expect.objectContaining({ if: 'always()', with: expect.objectContaining({ path: folder }) }),
  );
  const support = readFileSync(join(root, 'apps/web/test/support/browser.ts'), 'utf8');
  expect(support).toContain("'../../test-output/screenshots'");
});

interface Workflow {
  name: string;
  on: object;
  permissions: object;
  jobs: Record<
    string,
    { 'runs-on': string; 'timeout-minutes': number; steps: { uses?: string; run?: string }[] }
  >;
}

describe.each(globSync('.github/workflows/*.yml', { cwd: root }))('%s', (file) => {
  const document = parseDocument(readFileSync(join(root, file), 'utf8'), { uniqueKeys: true });
  const workflow = document.toJS() as Workflow;

  test('is a workflow with as few rights as it needs', () => {
    expect(document.errors).toEqual([]);
    expect(workflow).toMatchObject({ name: expect.any(String), permissions: { contents: 'read' } });
    for (const job of Object.values(workflow.jobs)) {
      expect(job).toMatchObject({ 'runs-on': expect.any(String), 'timeout-minutes': expect.any(Number) });
      for (const { uses, run } of job.steps) {
        expect([uses, run].filter((part) => part !== undefined)).toHaveLength(1);
        if (uses !== undefined) expect(uses).toMatch(/^[\w-]+\/[\w-]+@v\d+$/);
      }
    }
  });

  test('runs what is there', () => {
    const { scripts } = read('package.json') as { scripts: Record<string, string> };
    const text = readFileSync(join(root, file), 'utf8');
    for (const [, script] of text.matchAll(/npm run ([\w:-]+)/g))
      expect(Object.keys(scripts)).toContain(script);
    for (const [, path] of text.matchAll(/(?:run|version): (\.ci\/\w+)/g))
      expect(existsSync(join(root, path!))).toBe(true);
    for (const [whole] of text.matchAll(/\$\{\{.*/g)) expect(whole).toMatch(/^\$\{\{ [\w.]+ \}\}/);
  });
});
