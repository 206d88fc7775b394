import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadManifest, readSettings, SETTINGS, type Variable } from '../src/index.ts';

const reference = readFileSync(join(import.meta.dirname, '../../../docs/reference/settings.md'), 'utf8');

/** The settings of some variables. */
function settingsOf(variables: Record<string, string>, flags = {}) {
  const variable = (names: readonly string[]): Variable | undefined => {
    const name = names.find((one) => variables[one] !== undefined);
    return name === undefined ? undefined : { name, text: variables[name]!, isOfFile: false };
  };
  return readSettings({ variable, folder: '/srv', flags });
}

function load(text: string, variables: Record<string, string>, deployment?: string) {
  const files = { readFile: () => text, exists: (path: string) => path === '/plugin.yaml' };
  return loadManifest('/plugin.yaml', {
    ...files,
    settings: settingsOf(variables),
    ...(deployment === undefined ? {} : { deployment }),
  });
}

const head = 'apiVersion: cozecut/v1\nkind: Plugin\nmetadata: { name: demo, version: 1.0.0 }\n';
const tool = (name: string, more = '') =>
  `- { name: ${name}, summary: One, handler: { http: { url: "http://a.b" } }, input: { type: object, properties: { x: { type: string } } }, output: { type: object }${more} }\n`;

describe('the names', () => {
  test('are made from the keys, each once, and stand in the reference with the key they set', () => {
    const names = SETTINGS.flatMap(({ variables }) => variables);
    expect(new Set(names).size).toBe(names.length);
    for (const { key, variables } of SETTINGS) {
      const [name, ...aliases] = variables;
      const shown = `\`${name}\`${aliases.map((alias) => ` (\`${alias}\`)`).join('')}`;
      expect(reference).toContain(`| ${shown} | \`${key}\` |`);
    }
  });

  test('of the reference are all there', () => {
    const above = reference.slice(reference.indexOf('## Above'));
    const told = [...above.matchAll(/^\| `(COZECUT_\w+)`(?: \(`\w+`\))? \| `[\w.]+` \|/gm)].map(
      ([, name]) => name,
    );
    expect(told).toEqual(SETTINGS.map(({ variables }) => variables[0]));
  });
});

describe('values', () => {
  test('are above tool, defaults and overrides, in every tool', () => {
    const text = `${head}defaults: { timeout: 1s }\ntools:\n${tool('one', ', timeout: 2s')}${tool('two')}deployments:\n  local: { mode: local, overrides: { tools: { one: { timeout: 3s } } } }\n`;
    expect(load(text, {}).tools.map(({ timeoutMs }) => timeoutMs)).toEqual([3000, 1000]);
    const { tools } = load(text, {
      COZECUT_TIMEOUT: '4s',
      COZECUT_ENABLED: 'off',
      COZECUT_MODES: 'cloud , mcp',
    });
    for (const one of tools) {
      expect(one).toMatchObject({ timeoutMs: 4000, enabled: false, modes: ['cloud', 'mcp'] });
    }
  });

  test('of a deployment are above it, whether it is written or not', () => {
    const variables = {
      COZECUT_MODE: 'cloud,local',
      PORT: '1',
      COZECUT_STORE: 'here',
      COZECUT_EGRESS_ALLOW: 'a.example.com',
    };
    const expected = {
      modes: ['cloud', 'local'],
      server: { host: '0.0.0.0', port: 1 },
      store: '/srv/here',
      egress: { allow: ['a.example.com'], denyPrivate: true },
    };
    expect(load(`${head}tools:\n${tool('one')}`, variables).deployment).toMatchObject(expected);
    const written = `${head}tools:\n${tool('one')}deployments:\n  prod: { mode: relay, store: ./there, server: { port: 2 } }\n`;
    expect(load(written, variables, 'prod').deployment).toMatchObject({ name: 'prod', ...expected });
  });

  test('are not read as references', () => {
    expect(load(head, { COZECUT_STORE: 'x-${env:HOME}' }).deployment.store).toBe('/srv/x-${env:HOME}');
  });

  test('the older name is below the other, a flag is above both', () => {
    const port = (variables: Record<string, string>, flags = {}) =>
      settingsOf(variables, flags).find(({ key }) => key === 'server.port');
    expect(port({ PORT: '1', COZECUT_SERVER_PORT: '2' })).toMatchObject({ value: 2 });
    const flagged = port({ PORT: 'x' }, { 'server.port': { flag: '--port', value: 3 } });
    expect(flagged).toMatchObject({ value: 3, origin: { name: 'flag --port' } });
  });
});

test('every variable is checked like its key, and all mistakes are told at once', () => {
  const wrong: Record<string, string> = {
    COZECUT_TIMEOUT: '30',
    COZECUT_CONCURRENCY: '1.5',
    COZECUT_MAX_INPUT_BYTES: '0',
    COZECUT_MODES: ',',
    COZECUT_RUNS_ON: 'phone',
    COZECUT_ENABLED: '2',
    COZECUT_RETRIES: '11',
    COZECUT_MODE: 'cloud,cloud',
    COZECUT_SERVER_PORT: '65536',
    COZECUT_SERVER_PUBLIC_URL: 'plugin.example.com',
    COZECUT_EGRESS_ALLOW: 'http://a.example.com',
    COZECUT_EGRESS_DENY_PRIVATE: 'never',
    COZECUT_EGRESS_MAX_BYTES: '-1',
    COZECUT_RELAY_ENABLED: '',
    COZECUT_SERVER_CALL_BUDGET: '20',
    COZECUT_CACHE_MAX_BYTES: '2G',
    COZECUT_RETENTION_DRAFTS: '90',
    COZECUT_RETENTION_JOBS: '30s',
    COZECUT_RETENTION_CALLS: 'forever',
    COZECUT_RETENTION_ANSWERS: '0d',
    COZECUT_RETENTION_SESSIONS: '1 d',
    COZECUT_RETENTION_EVENTS: '-1d',
    COZECUT_RETENTION_FILES: '1w',
    COZECUT_RETENTION_TOKENS: '1.5d',
    COZECUT_RETENTION_EVERY: '100ms',
    COZECUT_QUOTA_DRAFTS: '0',
    COZECUT_QUOTA_BYTES: '1 GB',
  };
  const free = SETTINGS.flatMap(({ variables }) => variables[0]!).filter((name) => !(name in wrong));
  expect(free).toEqual(['COZECUT_SERVER_HOST', 'COZECUT_STORE']);
  let problems: { code: string; message: string }[] = [];
  try {
    settingsOf(wrong);
  } catch (error) {
    ({ problems } = error as { problems: typeof problems });
  }
  expect(problems.map(({ message }) => message.match(/^\w+/)?.[0])).toEqual(
    SETTINGS.flatMap(({ variables }) => variables.filter((name) => name in wrong)),
  );
  expect(new Set(problems.map(({ code }) => code))).toEqual(new Set(['SETTING_INVALID']));
});
