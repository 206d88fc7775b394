import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { publishedPackages } from '@cozecut/tools/release';
import { beforeAll, describe, expect, test } from 'vitest';
import { installPacked } from './packed.ts';
import { cleanEnvironment, temporaryFolder } from './support.ts';

const root = join(import.meta.dirname, '../../..');
const home = temporaryFolder();
const packages = publishedPackages(root).map(({ name }) => name);
const inside = (name: string, ...path: string[]) => join(home, 'node_modules', name, ...path);
let program: string;

beforeAll(() => {
  program = installPacked(home);
  writeFileSync(join(home, 'package.json'), '{"name":"reader","private":true,"type":"module"}');
}, 600_000);

/** Every path that a package exports, with the files behind it. */
function exportsOf(name: string): { specifier: string; files: string[]; types: string | undefined }[] {
  const manifest = JSON.parse(readFileSync(inside(name, 'package.json'), 'utf8'));
  return Object.entries(manifest.exports as Record<string, string | Record<string, string>>).map(
    ([path, target]) => ({
      specifier: join(name, path).replaceAll('\\', '/'),
      files: typeof target === 'string' ? [target] : Object.values(target),
      types: typeof target === 'string' ? undefined : target.types,
    }),
  );
}

describe.each(packages)('%s', (name) => {
  test('holds what it needs and nothing of the workspace', () => {
    const manifest = JSON.parse(readFileSync(inside(name, 'package.json'), 'utf8'));
    expect(manifest).toMatchObject({
      license: 'Apache-2.0',
      publishConfig: { access: 'public', provenance: true },
    });
    expect(Object.keys(manifest)).not.toEqual(expect.arrayContaining(['scripts']));
    for (const text of ['LICENSE', 'NOTICE']) {
      expect(readFileSync(inside(name, text), 'utf8')).toBe(readFileSync(join(root, text), 'utf8'));
    }
    expect(readFileSync(inside(name, 'README.md'), 'utf8')).toContain(`# ${name}\n`);
    for (const { files } of exportsOf(name))
      for (const file of files) expect(existsSync(inside(name, file))).toBe(true);
    const texts = globSync('**/*.{js,cjs,mjs,ts,json,map,yaml}', { cwd: inside(name) });
    const leaking = texts.filter((file) => {
      const text = readFileSync(inside(name, file), 'utf8');
      return text.includes(root) || text.includes('@cozecut/source');
    });
    // The launcher knows a checkout by its sources.
    expect(leaking.filter((file) => file !== 'bin/run.js')).toEqual([]);
  });
});

test('a program in TypeScript that imports all of them compiles', () => {
  const typed = packages.flatMap(exportsOf).filter(({ types }) => types !== undefined);
  expect(typed.length).toBeGreaterThan(12);
  const lines = typed.map(({ specifier }, index) => `import * as part${index} from '${specifier}';`);
  const uses = typed.map((_, index) => `part${index}`).join(', ');
  writeFileSync(join(home, 'reader.ts'), `${lines.join('\n')}\nexport const all: object[] = [${uses}];\n`);
  const require = createRequire(import.meta.url);
  const compiler = join(dirname(require.resolve('typescript/package.json')), 'bin/tsc');
  const flags = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2024', '--types', 'node'];
  const { status, stdout } = spawnSync(
    process.execPath,
    [compiler, ...flags, '--skipLibCheck', 'reader.ts'],
    {
      cwd: home,
      encoding: 'utf8',
    },
  );
  expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
});

/** The Nodes that packages are tried on, by major version: the one that runs this, and those that the environment names. */
const nodes = new Map(
  [22, 24].map((major) => {
    const named = process.env[`COZECUT_NODE_${major}`];
    return [major, Number(process.versions.node.split('.')[0]) === major ? process.execPath : named];
  }),
);

describe.each([...nodes])('on Node %i', (major, node) => {
  const name = node === undefined ? `is skipped: COZECUT_NODE_${major} names no Node ${major}` : '';

  test.skipIf(node === undefined)(`every export is imported ${name}`, () => {
    const code = packages
      .flatMap(exportsOf)
      .filter(({ types }) => types !== undefined)
      .map(({ specifier }) => `await import('${specifier}');`);
    writeFileSync(join(home, 'reader.mjs'), `${code.join('\n')}\nconsole.log(process.versions.node);\n`);
    const printed = execFileSync(node!, ['reader.mjs'], { cwd: home, encoding: 'utf8' });
    expect(printed).toMatch(new RegExp(`^${major}\\.`));
  });

  test.skipIf(node === undefined)(`the command line works in an empty folder ${name}`, () => {
    const cwd = temporaryFolder();
    const env = {
      ...cleanEnvironment({}),
      PATH: [dirname(node!), process.env.PATH].join(delimiter),
    };
    const run = (...args: string[]) => {
      const { status, stdout, stderr } = spawnSync(node!, [program, ...args], { cwd, env, encoding: 'utf8' });
      expect({ args, status, stderr }).toMatchObject({ args, status: 0 });
      return stdout;
    };
    expect(run('--version')).toContain(`node-v${major}.`);
    expect(run('--help')).toContain('draft');
    run('init', 'mine');
    run('lint', 'mine/plugin.yaml', '--fail-on', 'warn');
    run('openapi', 'export', '--manifest', 'mine/plugin.yaml', '--profile', 'coze', '--deployment', 'cloud');
    expect(run('tool', 'run', 'count_words', '--manifest', 'mine/plugin.yaml', '--text', 'a b')).toContain(
      '"words": 2',
    );
    expect(run('tool', 'run', 'create_draft', '--name', 'A')).toContain('draft_id');
    writeFileSync(join(cwd, 'talk.srt'), '1\n00:00:01,000 --> 00:00:02,000\nHello\n');
    run('draft', 'create', 'talk.srt', '--out', 'talk', '--zip');
    expect(run('draft', 'show', 'talk.zip')).toContain('Hello');
  });
});
