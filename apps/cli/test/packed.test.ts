import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { diskFiles, parseAhead } from '@cozecut/manifest';
import { makeSampleMedia } from '@cozecut/tools/sample-media';
import { beforeAll, describe, expect, test } from 'vitest';
import { installPacked } from './packed.ts';
import { cleanEnvironment, temporaryFolder } from './support.ts';

const app = temporaryFolder();
const plugin = temporaryFolder();
let program: string;

const MANIFEST = `apiVersion: cozecut/v1
kind: Plugin
metadata:
  name: word-counter
  version: 1.0.0
  title: Word counter
  description: { human: Counts words., model: Counts the words of a text. }
tools:
  - name: count_words
    summary: Count the words of a text
    handler: ./src/count.ts#countWords
    input:
      type: object
      additionalProperties: false
      required: [text]
      properties:
        text: { type: string, description: Text }
        least: { type: integer, default: 1, description: Shortest word that counts }
    output:
      type: object
      required: [words]
      properties:
        words: { type: integer, description: Number of words }
`;

beforeAll(() => {
  program = installPacked(app);
  mkdirSync(join(plugin, 'src'));
  writeFileSync(join(plugin, 'plugin.yaml'), MANIFEST);
  writeFileSync(
    join(plugin, 'src/count.ts'),
    `import type { ToolHandler } from '../tools.gen.ts';
import { wordsOf } from './words.ts';

export const countWords = (async ({ text, least }, { mode }) => {
  if (mode === 'cloud') throw new Error('not here');
  return { words: wordsOf(text).filter((word: string) => word.length >= least).length };
}) satisfies ToolHandler<'count_words'>;
`,
  );
  writeFileSync(
    join(plugin, 'src/words.ts'),
    'export const wordsOf = (text: string): string[] => text.split(/\\s+/).filter((word) => word !== "");\n',
  );
}, 600_000);

function run(...args: string[]) {
  const options = { cwd: plugin, env: cleanEnvironment({}), encoding: 'utf8' } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], options);
  return { status, stdout, stderr };
}

describe('a plugin in TypeScript outside of the repository, with the packed program', () => {
  test('is checked and linted', () => {
    expect(run('manifest', 'check')).toMatchObject({ status: 0 });
    expect(run('lint', '--fail-on', 'warn')).toMatchObject({ status: 0, stdout: '' });
  });

  test('is exported, twice with the same bytes', () => {
    const args = ['openapi', 'export', '--profile', 'coze', '--server-url', 'https://words.example.com'];
    const { status, stdout } = run(...args);
    expect(status).toBe(0);
    expect(stdout).toContain('operationId: count_words');
    expect(run(...args).stdout).toBe(stdout);
    const files = [
      'plugin',
      'export',
      '--profile',
      'coze',
      '--out',
      'coze',
      '--server-url',
      'https://words.example.com',
    ];
    expect(run(...files)).toMatchObject({ status: 0 });
    expect(run(...files, '--check')).toMatchObject({ status: 0 });
    expect(readFileSync(join(plugin, 'coze/openapi.yaml'), 'utf8')).toBe(stdout);
  });

  test('has its tool called', () => {
    const called = run(
      'tool',
      'run',
      'count_words',
      '--input',
      '{"text":"one two three","least":4}',
      '--json',
    );
    expect(called).toMatchObject({ status: 0 });
    expect(JSON.parse(called.stdout)).toMatchObject({ words: 1 });
    const wrong = run('tool', 'run', 'count_words', '--input', '{"txt":"one"}');
    expect(wrong).toMatchObject({ status: 2 });
    expect(wrong.stderr).toContain('did you mean "text"?');
  });

  test('does not compile any more when the schema of a tool changes', () => {
    symlinkSync(join(app, 'node_modules'), join(plugin, 'node_modules'), 'junction');
    const compiler = join(
      dirname(createRequire(import.meta.url).resolve('typescript/package.json')),
      'bin/tsc',
    );
    const compile = () => {
      expect(run('manifest', 'typegen', '--out', 'tools.gen.ts')).toMatchObject({ status: 0 });
      const flags = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2024', '--skipLibCheck'];
      const files = ['--allowImportingTsExtensions', '--types', '', 'src/count.ts'];
      return spawnSync(process.execPath, [compiler, ...flags, ...files], { cwd: plugin, encoding: 'utf8' });
    };
    expect(compile()).toMatchObject({ status: 0, stdout: '' });
    writeFileSync(
      join(plugin, 'plugin.yaml'),
      MANIFEST.replaceAll('words: {', 'count: {').replace('[words]', '[count]'),
    );
    const broken = compile();
    expect(broken.status).not.toBe(0);
    expect(broken.stdout).toContain('src/count.ts');
  });
});

describe('a new plugin, with the packed program', () => {
  const home = temporaryFolder();
  const made = join(home, 'my-plugin');
  const bin = join(made, 'node_modules/.bin');
  const shell = (command: string) =>
    spawnSync(command, {
      cwd: made,
      env: { ...cleanEnvironment({}), PATH: [dirname(process.execPath), process.env.PATH].join(delimiter) },
      encoding: 'utf8',
      shell: true,
    });

  test('is made in a folder of its own', () => {
    const { status, stdout } = run('init', made);
    expect(status).toBe(0);
    expect(stdout.split('\n')).toEqual(
      expect.arrayContaining(['.gitignore', 'plugin.yaml', 'src/tools.gen.ts']),
    );
    expect(run('init', made)).toMatchObject({ status: 2, stdout: '' });
    mkdirSync(bin, { recursive: true });
    // What `npm install` would do with a network.
    const modules = join(app, 'node_modules');
    for (const entry of readdirSync(modules))
      symlinkSync(join(modules, entry), join(made, 'node_modules', entry));
    symlinkSync(program, join(bin, 'cozecut'));
    symlinkSync(join(modules, 'typescript/bin/tsc'), join(bin, 'tsc'));
  });

  const readme = () => readFileSync(join(made, 'README.md'), 'utf8');
  test('does what its README says', () => {
    const commands = /```sh\n(.*?)```/s.exec(readme())![1]!.trim().split('\n');
    expect(commands.shift()).toBe('npm install');
    expect(commands.length).toBeGreaterThan(2);
    for (const command of commands)
      expect({ command, ...shell(command) }).toMatchObject({ command, status: 0 });
    expect(shell(commands[0]!).stdout).toContain('"words": 4');
  });

  test('passes what its CI runs, and what it generates is fresh', () => {
    const ci = readFileSync(join(made, '.github/workflows/ci.yml'), 'utf8');
    const steps = [...ci.matchAll(/- run: (npm (?:run|test).*)/g)].map(([, command]) => command!);
    expect(steps).toHaveLength(4);
    for (const command of steps) expect({ command, ...shell(command) }).toMatchObject({ command, status: 0 });
    expect(shell('cozecut openapi diff openapi/coze.yaml')).toMatchObject({ status: 0 });
    const manifest = readFileSync(join(made, 'plugin.yaml'), 'utf8');
    writeFileSync(
      join(made, 'plugin.yaml'),
      manifest.replaceAll('words: ', 'count: ').replace('[words,', '[count,'),
    );
    const stale = shell('npm run check');
    expect(stale.status).not.toBe(0);
    expect(stale.stdout).toContain('tools.gen.ts');
    expect(shell('npx --no-install cozecut openapi diff openapi/coze.yaml')).toMatchObject({ status: 3 });
  });

  test('speaks Chinese when asked to, takes an empty folder and a name', () => {
    const folder = join(home, '我的插件');
    mkdirSync(folder);
    expect(run('init', folder, '--lang', 'zh')).toMatchObject({ status: 2, stdout: '' });
    expect(readdirSync(folder)).toEqual([]);
    expect(run('init', folder, '--name', 'mine', '--lang', 'zh')).toMatchObject({ status: 0 });
    expect(readFileSync(join(folder, 'README.md'), 'utf8')).toContain('插件');
    expect(readdirSync(home).sort()).toEqual(['my-plugin', '我的插件']);
  });
});

test('the built-in plugin makes a draft and a zip of it; the packages in the bundle are named', () => {
  writeFileSync(join(plugin, 'talk.srt'), '1\n00:00:01,000 --> 00:00:02,000\n你好\n');
  expect(run('draft', 'create', 'talk.srt', '--out', 'talk', '--zip')).toMatchObject({ status: 0 });
  expect(readFileSync(join(plugin, 'talk/draft_content.json'), 'utf8')).toContain('你好');
  expect(readFileSync(join(plugin, 'talk.zip')).subarray(0, 2).toString()).toBe('PK');
  expect(run('draft', 'show', 'talk.zip').stdout).toContain('你好');
  const inside = readdirSync(join(app, 'node_modules/cozecut/dist'));
  expect(inside).not.toContain('sources.json');
  const licences = readFileSync(join(app, 'node_modules/cozecut/dist/LICENCES.txt'), 'utf8');
  expect(licences).toMatch(/^@oclif\/core \S+ \(MIT\)/m);
});

test('media are looked into, in a thread that the packed program brings along', async () => {
  const { video } = await makeSampleMedia(plugin);
  const timeline = {
    schema: 'draft-timeline/1',
    name: 'seen',
    timeUnit: 's',
    canvas: { width: 320, height: 180, fps: 30 },
    tracks: [{ type: 'video', clips: [{ media: video, start: 0 }] }],
  };
  writeFileSync(join(plugin, 'seen.json'), JSON.stringify(timeline));
  expect(run('draft', 'create', 'seen.json', '--out', 'seen')).toMatchObject({ status: 0 });
  expect(run('draft', 'show', 'seen', '--json').stdout).toMatch(/"durationUs": ?6000000/);
});

test('the built-in manifest comes parsed, and is read anew once it is changed', () => {
  const folder = join(app, 'node_modules/@cozecut/plugin-jianying');
  const manifest = join(folder, 'plugin.yaml');
  const parsed = readFileSync(join(folder, 'dist/plugin.parsed.json'), 'utf8');
  expect(parsed).toBe(parseAhead(manifest, diskFiles));
  const text = readFileSync(manifest, 'utf8');
  expect(run('tool', 'list', '--manifest', manifest).stdout).toContain(
    'Turn a Coze export into JianYing drafts',
  );
  try {
    writeFileSync(manifest, text.replace('Turn a Coze export into JianYing drafts', 'Something else'));
    expect(run('tool', 'list', '--manifest', manifest).stdout).toContain('Something else');
  } finally {
    writeFileSync(manifest, text);
  }
});
