import { join } from 'node:path';
import { formatProblem, isUserError, type Problem } from '@cozecut/problems';
import { describe, expect, test } from 'vitest';
import {
  checkOverlays,
  compareText,
  diskFiles,
  exportOpenapi,
  type ManifestFiles,
  type OpenapiProfile,
  type Plugin,
} from '../src/index.ts';
import { fullFolder, loadFull } from './support/full.ts';

const overlayFile = join(fullFolder, 'openapi.overlay.yaml');
const HEAD = 'overlay: 1.1.0\ninfo: { title: Changes, version: 1.0.0 }\nactions:\n';

/** The disk with an overlay of the given text. */
const withOverlay = (text: string): ManifestFiles => ({
  ...diskFiles,
  readFile: (path) => (path === overlayFile ? text : diskFiles.readFile(path)),
});

function exported(actions: string, profile: OpenapiProfile = 'coze', plugin: Plugin = loadFull()) {
  return exportOpenapi(
    plugin,
    { profile, serverUrl: 'https://notes.example.com' },
    withOverlay(HEAD + actions),
  );
}

function failure(text: string): Problem[] {
  try {
    exportOpenapi(loadFull(), { profile: 'coze' }, withOverlay(text));
  } catch (error) {
    if (isUserError(error)) return error.problems.filter(({ severity }) => severity === 'error');
    throw error;
  }
  return [];
}

const noChange = '  - { target: $.info, update: {} }\n';

describe('an overlay', () => {
  test('merges into objects, replaces values, adds to lists and removes, in this order', () => {
    const { document, problems } = exported(
      [
        '  - { target: $.info, update: { title: Other, contact: { name: Ann } } }',
        "  - { target: $.info.version, update: '9.9.9' }",
        '  - { target: $, update: { tags: [{ name: one }] } }',
        '  - { target: $.tags, update: { name: two } }',
        '  - { target: $.tags, update: [{ name: three }, { name: four }] }',
        "  - { target: \"$.tags[?@.name == 'one' || @.name == 'three']\", remove: true }",
        '  - { target: $.paths.*.*.responses..error_code, remove: true }',
        '  - { target: $.servers.*.url, update: https://other.example.com }',
      ].join('\n'),
    );
    expect(problems).toEqual([]);
    expect(document).toMatchObject({
      info: { title: 'Other', version: '9.9.9', contact: { name: 'Ann', url: 'https://example.com/help' } },
      tags: [{ name: 'two' }, { name: 'four' }],
      servers: [{ url: 'https://other.example.com' }],
    });
    expect(JSON.stringify(document)).not.toContain('error_code');
  });

  test('copies one node into others', () => {
    const { document } = exported(
      '  - { target: $, update: { x-about: {} } }\n  - { target: $.x-about, copy: $.info }\n',
    );
    expect(document['x-about']).toEqual(document.info);
  });

  test('that selects nothing is worth an info, and what was emitted stays as it was', () => {
    const plugin = loadFull();
    const before = JSON.stringify(plugin);
    const { document, problems } = exported('  - { target: $.nowhere, remove: true }\n', 'local', plugin);
    expect(problems).toMatchObject([{ code: 'OVERLAY_TARGET_NOTHING', severity: 'info' }]);
    expect(document).toEqual(exported(noChange, 'local').document);
    expect(JSON.stringify(plugin)).toBe(before);
  });

  test('does not reach the prototype of anything', () => {
    const { document } = exported('  - { target: $.info, update: { __proto__: { polluted: true } } }\n');
    expect(Object.hasOwn(document.info as object, '__proto__')).toBe(true);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  test.each([
    ['overlay: 1.1\ninfo: {}\nactions: []\n', 'WRONG_TYPE', ':1:10'],
    [`${HEAD}  - { target: $.info }\n`, 'OVERLAY_ACTION_EMPTY', ':4:5'],
    [`${HEAD}  - { target: $.info, update: {}, copy: $.info }\n`, 'OVERLAY_ACTION_AMBIGUOUS', ':4:41'],
    [`${HEAD}  - { target: info, remove: true }\n`, 'OVERLAY_QUERY', ':4:15'],
    [`${HEAD}  - { target: $.info, update: text }\n`, 'OVERLAY_KIND', ':4:31'],
    [`${HEAD}  - { target: $.info.title, update: {} }\n`, 'OVERLAY_KIND', ':4:37'],
    [`${HEAD}  - { target: $, update: { info: { title: [] } } }\n`, 'OVERLAY_KIND', ':4:43'],
    [`${HEAD}  - { target: '$["info","servers"]', update: {} }\n`, 'OVERLAY_KIND', ':4:15'],
    [
      `${HEAD.replace('actions', 'extends: ./openapi.yaml\nactions')}  - { target: $.info, update: {} }\n`,
      'OVERLAY_EXTENDS',
      ':3:10',
    ],
    [`${HEAD}  - { target: '$.info[?length(@)]', remove: true }\n`, 'OVERLAY_QUERY', ':4:15'],
    [`${HEAD}  - { target: $, remove: true }\n`, 'OVERLAY_ROOT_REMOVED', ':4:15'],
    [`${HEAD}  - { target: $.info, copy: $.none }\n`, 'OVERLAY_COPY_NOT_ONE', ':4:29'],
    [`${HEAD}  - { target: $.info, updat: {} }\n`, 'UNKNOWN_KEY', ':4:23'],
    [`${HEAD}  - { target: [\n`, 'YAML_SYNTAX', ':'],
  ])('%j fails with its place', (text, code, place) => {
    const problems = failure(text);
    expect(problems.map((problem) => problem.code)).toContain(code);
    const texts = problems
      .filter((problem) => problem.code === code)
      .map((problem) => formatProblem(problem));
    expect(texts.join('\n')).toContain(`${overlayFile}${place}`);
  });

  test('that is not there fails at the line of the manifest', () => {
    expect(() => exportOpenapi(loadFull(), { profile: 'full' }, diskFiles)).toThrow(
      expect.objectContaining({
        code: 'OVERLAY_INVALID',
        problems: [
          expect.objectContaining({
            code: 'OVERLAY_UNREADABLE',
            location: expect.objectContaining({ start: { line: 87, column: 14 } }),
          }),
        ],
      }),
    );
  });
});

test('overlays are checked for all documents at once', () => {
  const found = (actions: string) =>
    checkOverlays(loadFull(), withOverlay(HEAD + actions)).map(({ code }) => code);
  expect(found(noChange)).toEqual([]);
  // Servers are in two of the three documents only.
  expect(found('  - { target: $.servers, remove: true }\n')).toEqual([]);
  expect(found('  - { target: $.nowhere, remove: true }\n')).toEqual(['OVERLAY_TARGET_NOTHING']);
  expect(found('  - { target: $.servers, remove: 1 }\n')).toEqual(['WRONG_TYPE']);
  expect(found('  - { target: $.info, update: 1 }\n  - { target: $.x, remove: true }\n')).toEqual([
    'OVERLAY_KIND',
    'OVERLAY_TARGET_NOTHING',
  ]);
});

describe('an exported document', () => {
  test('names the given address, that of the deployment, or a placeholder, which is told', () => {
    const files = withOverlay(HEAD + noChange);
    const look = (plugin: Plugin, serverUrl?: string) => {
      const options = { profile: 'coze' as const, ...(serverUrl === undefined ? {} : { serverUrl }) };
      const { document, problems } = exportOpenapi(plugin, options, files);
      return [(document.servers as { url: string }[])[0]!.url, problems.map(({ code }) => code)];
    };
    expect(look(loadFull(), 'https://a.example.com/base')).toEqual(['https://a.example.com/base', []]);
    expect(look(loadFull())).toEqual(['https://plugin.example.com', ['SERVER_URL_UNKNOWN']]);
    expect(look(loadFull({ deployment: 'prod' }))).toEqual([
      'https://plugin.example.com',
      ['SERVER_URL_UNKNOWN'],
    ]);
    const env = { PUBLIC_URL: 'https://b.example.com', DATABASE_URL: 'x' };
    expect(look(loadFull({ deployment: 'prod', env }))).toEqual(['https://b.example.com', []]);
    expect(() => look(loadFull(), 'notes.example.com')).toThrow(
      expect.objectContaining({ code: 'SERVER_URL_INVALID' }),
    );
    const local = exportOpenapi(loadFull(), { profile: 'local' }, files);
    expect(local.document.servers).toBeUndefined();
    expect(local.problems).toEqual([]);
  });

  test('follows the settings of its profile', () => {
    const plugin = loadFull();
    const titled = {
      type: 'object',
      title: 'Input',
      properties: { title: { type: 'string', title: 'Title', description: 'd' } },
    };
    const changed: Plugin = {
      ...plugin,
      tools: plugin.tools.map((tool) => (tool.name === 'open_notebook' ? { ...tool, input: titled } : tool)),
      openapi: {
        ...plugin.openapi,
        profiles: { full: { openapi: '3.1.1', dropKeywords: ['title', 'minLength'], includeModes: ['mcp'] } },
      },
    };
    const { document } = exported(noChange, 'full', {
      ...changed,
      tools: changed.tools.map((tool) => (tool.name === 'summarise' ? { ...tool, modes: ['cloud'] } : tool)),
    });
    expect(document.openapi).toBe('3.1.1');
    const text = JSON.stringify(document);
    expect(text).not.toContain('minLength');
    expect(text).not.toContain('summarise');
    expect(text).toContain('"properties":{"title":{"type":"string","description":"d"}}');
    expect(document.info).toMatchObject({ title: 'Notes' });
  });
});

describe('a comparison of texts', () => {
  test('shows the first differing lines of both', () => {
    expect(compareText('a\nb\nc\n', 'a\nx\ny\nc\n')).toEqual({
      isSame: false,
      summary: 'line 2:\n- b\n+ x\n+ y',
    });
    expect(compareText('a\n', 'a\nb\n').summary).toBe('line 2:\n+ b');
    expect(compareText('a\nb\n', 'a\n').summary).toBe('line 2:\n- b');
    expect(compareText(undefined, 'a').summary).toBe('the file is not there');
    const long = compareText('', Array.from({ length: 9 }, (_, index) => index).join('\n')).summary;
    expect(long).toContain('… 4 more');
  });

  test('does not look at line ends', () => {
    expect(compareText('a\r\nb\r\n', 'a\nb\n')).toEqual({ isSame: true, summary: '' });
  });
});
