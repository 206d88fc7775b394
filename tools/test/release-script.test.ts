import { execFile, execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { repositoryUrl } from '../src/release/index.ts';
import { publishPackages } from '../src/release/publish.ts';

const script = join(import.meta.dirname, '../src/release/main.ts');

/** What a package is published with. */
interface Published {
  name: string;
  versions: Record<string, { repository?: unknown; scripts?: unknown; dependencies?: unknown }>;
}

/** A registry on loopback that keeps what is published. */
async function startRegistry(): Promise<{ url: string; published: Published[] }> {
  const published: Published[] = [];
  const server = createServer(async (request, response) => {
    const name = decodeURIComponent(request.url!.slice(1).split('?')[0]!);
    const answer = (status: number, body: unknown) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    if (request.method === 'PUT') {
      const text = (await request.toArray()).join('');
      published.push(JSON.parse(text) as Published);
      return answer(201, { ok: true });
    }
    const found = published.find((one) => one.name === name);
    return found === undefined ? answer(404, { error: 'not found' }) : answer(200, found);
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, published };
}

/** A workspace of two packages that go to the registry and one that does not. */
function makeWorkspace(registry: string): string {
  const root = mkdtempSync(join(tmpdir(), 'cozecut-workspace-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  const write = (path: string, content: string | object) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), typeof content === 'string' ? content : JSON.stringify(content));
  };
  const library = { version: '0.1.0', type: 'module', files: ['dist'], publishConfig: { provenance: true } };
  write('package.json', { name: 'workspace', private: true });
  write('.npmrc', `registry=${registry}\n${registry.slice('http:'.length)}:_authToken=made-up\n`);
  const built = ['base', 'above'].flatMap((name) => [`libs/${name}/README.md`, `libs/${name}/dist/index.js`]);
  for (const file of ['LICENSE', 'NOTICE', ...built]) write(file, '');
  write('libs/base/package.json', { ...library, name: '@made-up/base', scripts: { test: 'x' } });
  const dependencies = { '@made-up/base': '0.1.0' };
  write('libs/above/package.json', { ...library, name: '@made-up/above', dependencies });
  write('libs/inner/package.json', { name: '@made-up/inner', version: '0.1.0', private: true });
  execFileSync('git', ['init', '-q'], { cwd: root });
  return root;
}

/** Runs the script as `npm run release` does, with nothing of this machine. */
function release(root: string, flags: string[] = [], more: Record<string, string> = {}) {
  const { PATH, HOME } = process.env;
  const env = {
    PATH,
    HOME,
    npm_config_cache: join(root, 'cache'),
    npm_config_update_notifier: 'false',
    ...more,
  };
  return new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
    const argv = ['--conditions=@cozecut/source', script, ...flags];
    const child = execFile(process.execPath, argv, { cwd: root, env }, (_, stdout, stderr) =>
      resolve({ code: child.exitCode ?? -1, stdout, stderr }),
    );
  });
}

test('what is not there is published in order, with the address of the repository; a second run has nothing to do', async () => {
  const { url, published } = await startRegistry();
  const root = makeWorkspace(url);
  execFileSync('git', ['remote', 'add', 'origin', 'https://user:token@git.example.com/some/project.git'], {
    cwd: root,
  });
  const dry = await release(root, ['--dry-run']);
  expect({ ...dry, published }).toMatchObject({ code: 0, published: [] });
  expect(dry.stdout).toContain('+ @made-up/above@0.1.0');

  const first = await release(root);
  expect({ code: first.code, names: published.map(({ name }) => name) }, first.stderr).toEqual({
    code: 0,
    names: ['@made-up/base', '@made-up/above'],
  });
  expect(first.stdout).toContain('without provenance: only a workflow can sign it');
  const [base, above] = published.map(({ versions }) => versions['0.1.0']!);
  expect(base!.repository).toEqual({
    type: 'git',
    url: 'git+https://git.example.com/some/project.git',
    directory: 'libs/base',
  });
  expect(base!.scripts).toBeUndefined();
  expect(above!.dependencies).toEqual({ '@made-up/base': '0.1.0' });

  const second = await release(root);
  expect(second.stdout).toContain('@made-up/above 0.1.0 is there already');
  expect(published).toHaveLength(2);
}, 60_000);

test('without an address nothing is published, and it is said what to set', async () => {
  const { url, published } = await startRegistry();
  const root = makeWorkspace(url);
  // A clone of a folder has no address that means something elsewhere.
  execFileSync('git', ['remote', 'add', 'origin', '/somewhere/project'], { cwd: root });
  expect(await release(root)).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('set GITHUB_REPOSITORY=OWNER/NAME, or give this clone a remote "origin"'),
  });
  const dry = await release(root, ['--dry-run']);
  expect({ code: dry.code, published }).toEqual({ code: 0, published: [] });
  expect(dry.stdout).toContain('without it the release ends here');
  await release(root, [], { GITHUB_REPOSITORY: 'some/project' });
  expect(published[0]!.versions['0.1.0']!.repository).toMatchObject({
    url: 'git+https://github.com/some/project.git',
  });
}, 60_000);

test('a workflow signs where a package was made, and says who publishes the first version', () => {
  const calls: string[][] = [];
  const lines: string[] = [];
  const manifest = { name: 'one', version: '0.1.0' };
  const publish = () =>
    publishPackages([{ name: 'one', folder: '/work-tree/libs/one', manifest }], {
      root: '/work-tree',
      isDry: false,
      env: { GITHUB_REPOSITORY: 'some/project', ACTIONS_ID_TOKEN_REQUEST_URL: 'https://token.example.com' },
      remote: undefined,
      stage: () => ['/staged/one'],
      npm: (args) => {
        calls.push(args);
        return { status: 1, stdout: '' };
      },
      say: (line) => void lines.push(line),
    });
  expect(publish).toThrow(/one was not published; .*a person who is signed in/);
  expect(lines).toEqual(['with provenance']);
  expect(calls[1]).toEqual(['publish', '/staged/one', '--access', 'public', '--provenance=true']);
});

describe('the address of the repository', () => {
  test.each([
    ['https://github.com/some/project', 'git+https://github.com/some/project.git'],
    ['https://user:secret@github.com/some/project.git\n', 'git+https://github.com/some/project.git'],
    ['git@github.com:some/project.git', 'git+https://github.com/some/project.git'],
    ['github.com:some/project', 'git+https://github.com/some/project.git'],
    ['ssh://git@git.example.com:2222/some/project.git/', 'git+https://git.example.com/some/project.git'],
    ['https://git.example.com:8443/a/b/c.git', 'git+https://git.example.com:8443/a/b/c.git'],
    ['/home/me/project', undefined],
    ['../project.git', undefined],
    ['file:///home/me/project', undefined],
    ['C:\\project', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('%j is %j', (remote, url) => {
    expect(repositoryUrl({ env: {}, remote })).toBe(url);
  });

  test('is that of the workflow where there is one', () => {
    const env = { GITHUB_REPOSITORY: 'a/b', GITHUB_SERVER_URL: 'https://git.example.com' };
    expect(repositoryUrl({ env, remote: 'https://github.com/c/d' })).toBe(
      'git+https://git.example.com/a/b.git',
    );
  });
});
