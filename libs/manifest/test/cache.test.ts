import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkManifest, type LoadOptions, type ManifestCache, type ManifestFiles } from '../src/index.ts';

/** A cache in memory, and how often something was put into it. */
function memoryCache(): ManifestCache & { texts: Map<string, string>; puts: number } {
  const texts = new Map<string, string>();
  return {
    texts,
    puts: 0,
    get: (manifest) => texts.get(manifest),
    put(manifest, text) {
      texts.set(manifest, text);
      this.puts += 1;
    },
  };
}

/** Files in memory, by absolute path. */
function memoryFiles(texts: Readonly<Record<string, string>>): ManifestFiles {
  const paths = Object.keys(texts);
  return {
    readFile: (path) => {
      const text = texts[path];
      if (text === undefined) throw new Error(`ENOENT: no such file, ${path}`);
      return text;
    },
    exists: (path) => paths.some((other) => other === path || other.startsWith(`${path}/`)),
    list: (folder) => {
      const inside = paths.filter((path) => path.startsWith(`${folder}/`));
      const names = inside.map((path) => path.slice(folder.length + 1).replace(/\/.*/s, '/'));
      return [...new Set(names)];
    },
  };
}

const FILE = '/plugin/plugin.yaml';
const tool = (name: string, more = '') => `apiVersion: cozecut/v1
kind: Tool
name: ${name}
summary: Tool ${name}
handler: ../src/${name}.ts#run
input: { $ref: ../schemas/input.yaml }
output: { type: object }
${more}`;
const FILES = {
  [FILE]: `apiVersion: cozecut/v1
kind: Plugin
metadata: { name: kept, version: "\${env:VERSION:-1.0.0}" }
include: [tools/*.yaml]
tools:
  - name: own
    summary: Own
    handler: pkg:somewhere#run
    input: { $ref: ./schemas/input.yaml }
    output: { type: object }
bindings:
  bots:
    - { name: helper, region: cn, botId: "\${env:BOT:-1}", tools: [own, first, "\${env:HELP:-second}"] }
deployments:
  local: { mode: local, server: { port: 4000 } }
  cloud: { mode: cloud, server: { port: 4001 } }
`,
  '/plugin/tools/first.yaml': tool('first'),
  '/plugin/tools/second.yaml': tool('second', 'timeout: "${env:WAIT:-5s}"'),
  '/plugin/schemas/input.yaml': 'type: object\nproperties: { word: { type: string, description: A word } }\n',
  '/plugin/src/first.ts': 'export const run = () => ({});',
  '/plugin/src/second.ts': "export * from './shared.ts';",
  '/plugin/src/shared.ts': 'export const run = () => ({});',
  '/plugin/node_modules/somewhere/package.json': '{}',
};
/** The same with no variable but in a tool, so that all the rest can be taken as it was. */
const PLAIN = {
  ...FILES,
  [FILE]: FILES[FILE]!.replaceAll(/"\$\{env:\w+:-([^}]+)\}"/g, '"$1"'),
  '/plugin/tools/second.yaml': tool('second').replace('name: second', 'name: "${env:NAME:-second}"'),
};
/** The other way round: variables in the manifest, none in its tools. */
const PLAIN_TOOLS = { ...FILES, '/plugin/tools/second.yaml': tool('second') };
const KINDS = [
  ['with variables', FILES],
  ['with variables in a tool', PLAIN],
  ['with variables apart from its tools', PLAIN_TOOLS],
] as const;
const AS_THEY_ARE: Partial<LoadOptions> = { env: {} };

/** Reads a manifest with what the cache has, and checks that the outcome is that of reading it without. */
function readBoth(
  texts: Readonly<Record<string, string>>,
  cache: ManifestCache,
  options: Partial<LoadOptions> = AS_THEY_ARE,
) {
  const files = memoryFiles(texts);
  const read = checkManifest(FILE, { ...options, ...files, cache });
  expect(read).toEqual(checkManifest(FILE, { ...options, ...files }));
  return read;
}

test.each(KINDS)('of a manifest %s, what was kept is used, and kept once', (_, texts) => {
  const cache = memoryCache();
  expect(readBoth(texts, cache).problems).toEqual([]);
  readBoth(texts, cache);
  expect(cache.puts).toBe(1);
  // What is read back is what was kept, and not the files again.
  cache.texts.set(
    FILE,
    cache.texts.get(FILE)!.replace(String.raw`value\":\"Tool first`, String.raw`value\":\"Tool kept`),
  );
  const { plugin } = checkManifest(FILE, { ...AS_THEY_ARE, ...memoryFiles(texts), cache });
  expect(plugin?.tools.map(({ summary }) => summary)).toEqual(['Own', 'Tool kept', 'Tool second']);
});

describe.each(KINDS)('whatever changes is seen in a manifest %s', (_, FILES) => {
  const first = '/plugin/tools/first.yaml';
  const manifest = FILES[FILE]!;
  const without = (...gone: string[]) =>
    Object.fromEntries(Object.entries(FILES).filter(([path]) => !gone.includes(path)));
  const changes: Record<string, Record<string, string>> = {
    'a text of the manifest': { ...FILES, [FILE]: manifest.replace('summary: Own', 'summary: Mine') },
    'a mistake in the manifest': { ...FILES, [FILE]: manifest.replace('port: 4000', 'port: many') },
    'a mistake in an included file': { ...FILES, [first]: tool('first', 'timeout: soon') },
    'a mistake in a schema file': { ...FILES, '/plugin/schemas/input.yaml': 'type: objekt\n' },
    'a file that is not YAML any more': { ...FILES, '/plugin/schemas/input.yaml': '{' },
    'a new tool': { ...FILES, '/plugin/tools/third.yaml': tool('first') },
    'a tool that is gone': without(first),
    'a tool that is called something else': { ...FILES, [first]: tool('premier') },
    'a schema file that is gone': without('/plugin/schemas/input.yaml'),
    'a handler that is gone': without('/plugin/src/first.ts'),
    'a handler of another name': { ...FILES, '/plugin/src/first.ts': 'export const ran = () => ({});' },
    'a handler that another file passes on': {
      ...FILES,
      '/plugin/src/shared.ts': 'export const ran = () => ({});',
    },
    'a package that is gone': without('/plugin/node_modules/somewhere/package.json'),
    'a line more': { ...FILES, [first]: `# more\n${tool('first')}` },
    'other line ends': { ...FILES, [FILE]: manifest.replaceAll('\n', '\r\n') },
  };
  test.each(Object.entries(changes))('%s', (_, changed) => {
    const cache = memoryCache();
    readBoth(FILES, cache);
    readBoth(changed, cache);
    // And back, from what is kept now.
    readBoth(FILES, cache);
  });

  const surroundings: Record<string, Partial<LoadOptions>> = {
    'another deployment': { env: {}, deployment: 'cloud' },
    'a deployment that is not there': { env: {}, deployment: 'nowhere' },
    variables: { env: { VERSION: '2.0.0', WAIT: '7s', BOT: '5' } },
    'a variable that names a tool': { env: { NAME: 'third' } },
    'a variable that leads to a tool': { env: { HELP: 'nobody' } },
    'variables with mistakes': { env: { VERSION: 'two', WAIT: 'soon' } },
    'a setting above the deployment': {
      env: {},
      settings: [{ key: 'server.port', of: 'deployment', value: 99, origin: { name: 'flag --port' } }],
    },
    'no environment': {},
  };
  test.each(Object.entries(surroundings))('%s', (_, options) => {
    const cache = memoryCache();
    readBoth(FILES, cache);
    readBoth(FILES, cache, options);
    const other = memoryCache();
    readBoth(FILES, other, options);
    readBoth(FILES, other);
  });
});

test('a version out of a variable that a tool was to be gone in is seen', () => {
  const texts = {
    ...FILES,
    '/plugin/tools/first.yaml': tool('first', 'deprecated: { since: 1.0.0, removeIn: 2.0.0 }'),
  };
  const cache = memoryCache();
  expect(readBoth(texts, cache).problems).toEqual([]);
  const { problems } = readBoth(texts, cache, { env: { VERSION: '2.0.0' } });
  expect(problems.map(({ code }) => code)).toEqual(['DEPRECATED_PAST_REMOVAL']);
});

test('a mistake that a setting hides is seen without the setting', () => {
  const texts = { ...PLAIN, [FILE]: PLAIN[FILE]!.replace('port: 4000', 'port: many') };
  const cache = memoryCache();
  const options: Partial<LoadOptions> = {
    env: {},
    settings: [{ key: 'server.port', of: 'deployment', value: 99, origin: { name: 'flag --port' } }],
  };
  expect(readBoth(texts, cache, options).problems).toEqual([]);
  expect(cache.puts).toBe(1);
  readBoth(texts, cache, options);
  expect(cache.puts).toBe(1);
  expect(readBoth(texts, cache).plugin).toBeUndefined();
});

test('a manifest with findings is not kept', () => {
  const cache = memoryCache();
  const output = 'output: { type: object, properties: { success: { type: string } } }';
  const warned = { ...FILES, '/plugin/tools/first.yaml': tool('first').replace(/output:.*/, output) };
  expect(readBoth(warned, cache).problems).toMatchObject([{ severity: 'warning' }]);
  readBoth({ ...FILES, '/plugin/tools/first.yaml': tool('first', 'timeout: soon') }, cache);
  expect(cache.puts).toBe(0);
});

test('aliases come back', () => {
  const texts = {
    ...FILES,
    '/plugin/schemas/input.yaml':
      'type: object\nproperties: { a: &one { type: string, description: A word }, b: *one }\n',
  };
  const cache = memoryCache();
  readBoth(texts, cache);
  readBoth(texts, cache);
  expect(cache.puts).toBe(1);
});

test('no value of a variable is kept, nor the file that holds one', () => {
  const cache = memoryCache();
  const texts = { ...FILES, '/run/secrets/bot': '7550001112223334445' };
  const env = { BOT_FILE: '/run/secrets/bot', WAIT: '77s', VERSION: '7.7.7' };
  const { plugin } = readBoth(texts, cache, { env });
  expect(plugin).toMatchObject({ version: '7.7.7', bots: [{ botId: '7550001112223334445' }] });
  const kept = cache.texts.get(FILE)!;
  for (const secret of ['7550001112223334445', '/run/secrets', '77s', '7.7.7'])
    expect(kept).not.toContain(secret);
});

test('a folder that was moved is read from what is kept, with its own paths', () => {
  const cache = memoryCache();
  readBoth(FILES, cache);
  const moved = Object.fromEntries(
    Object.entries(FILES).map(([path, text]) => [path.replace('/plugin/', '/else/where/'), text]),
  );
  const kept = { get: () => cache.texts.get(FILE) };
  const file = join(dirname('/else/where/plugin.yaml'), 'plugin.yaml');
  const read = checkManifest(file, { ...AS_THEY_ARE, ...memoryFiles(moved), cache: kept });
  expect(read).toEqual(checkManifest(file, { ...AS_THEY_ARE, ...memoryFiles(moved) }));
});
