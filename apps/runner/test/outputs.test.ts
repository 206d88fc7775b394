import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { randomNumbers, type Scenario, shippedScenario } from '@cozecut/coze-emulator';
import { afterAll, describe, expect, test } from 'vitest';
import type { ToolResult } from '../src/index.ts';
import { BOT, eventsOf, hostOf, runAgainst, submits, type TestHost } from './support.ts';

const folder = mkdtempSync(join(tmpdir(), 'cozecut-outputs-'));
const picture = join(folder, 'picture.png');
writeFileSync(picture, 'picture');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A host with one tool, whose output has this schema. */
function hostWith(name: string, output: unknown, schema: Record<string, unknown>): TestHost {
  const result: ToolResult = { ok: true, output };
  const host = hostOf({ [name]: () => result });
  return { ...host, tools: [{ name, output: schema }] };
}

const IMAGE = { type: 'string', format: 'image_url', 'x-assist-type': 'image' };

describe('files of outputs', () => {
  test('a picture is uploaded and its id is the output', async () => {
    const schema = { type: 'object', properties: { image: IMAGE } };
    const scenario = shippedScenario('f-image-tool');
    const host = hostWith('screenshot', { image: picture }, schema);
    await runAgainst({ emulator: { scenario }, host }, ({ emulator, events }) => {
      expect(events.at(-1)).toMatchObject({ type: 'answer.completed' });
      const upload = emulator
        .transcript()
        .find(({ route, dir }) => dir === 'in' && route === '/v1/files/upload');
      expect(upload?.body).toMatchObject({ files: [{ field: 'file', name: 'picture.png', bytes: 7 }] });
      const [output] = Object.values(submits(emulator)[0]!);
      expect(output).toEqual({ image: expect.stringMatching(/^\d+$/) });
    });
  });

  test('in lists and objects, as path or file: address; addresses and other texts stay', async () => {
    const output = {
      pictures: [{ image: picture, path: picture }, { image: 'https://example.com/a.png' }],
      cover: pathToFileURL(picture).href,
      note: picture,
      empty: '',
      relative: 'picture.png',
    };
    const items = { type: 'object', properties: { image: IMAGE, path: { type: 'string' } } };
    const schema = {
      type: 'object',
      properties: {
        pictures: { type: 'array', items },
        cover: { type: 'string', format: 'file_url' },
        note: { type: 'string' },
        empty: IMAGE,
        relative: IMAGE,
      },
    };
    const uploaded: string[] = [];
    await runAgainst(
      {
        emulator: { scenario: oneCall('show') },
        host: hostWith('show', output, schema),
        run: () => ({
          bot: { ...BOT, tools: ['show'] },
          uploads: {
            async upload({ path }) {
              uploaded.push(path);
              return `id-${uploaded.length}`;
            },
          },
        }),
      },
      ({ emulator }) => {
        expect(uploaded).toEqual([picture, picture]);
        expect(Object.values(submits(emulator)[0]!)).toEqual([
          {
            ...output,
            pictures: [{ image: 'id-1', path: picture }, { image: 'https://example.com/a.png' }],
            cover: 'id-2',
          },
        ]);
      },
    );
  });

  test('of many calls at once go a few at a time, and all of them', async () => {
    const toolCalls = Array.from({ length: 40 }, () => ({ name: 'screenshot' }));
    const scenario: Scenario = { turns: [{ toolCalls, next: { answer: ['ok'] } }] };
    const host = hostWith('screenshot', { image: picture }, { properties: { image: IMAGE } });
    await runAgainst({ emulator: { scenario, firstByteMs: 5, realTime: true }, host }, ({ emulator }) => {
      const outputs = Object.values(submits(emulator)[0]!) as { image: string }[];
      expect(new Set(outputs.map(({ image }) => image)).size).toBe(40);
      let open = 0;
      const counts = emulator
        .transcript()
        .filter(({ route }) => route === '/v1/files/upload')
        .map(({ dir }) => (dir === 'in' ? ++open : open--));
      expect(Math.max(...counts)).toBeLessThanOrEqual(4);
    });
  });

  test('a file that cannot be uploaded is a failure that the bot hears of', async () => {
    const schema = { type: 'object', properties: { image: IMAGE } };
    const host = hostWith('show', { image: join(folder, 'missing.png') }, schema);
    await runAgainst(
      { emulator: { scenario: oneCall('show') }, host, run: () => ({ bot: { ...BOT, tools: ['show'] } }) },
      ({ emulator, events }) => {
        expect(Object.values(submits(emulator)[0]!)).toMatchObject([{ error_code: 'UPLOAD_FAILED' }]);
        expect(events.at(-1)?.type).toBe('answer.completed');
      },
    );
  });
});

describe('outputs that are too large', () => {
  const sent = async (output: unknown, maxOutputBytes: number) => {
    let text = '';
    const host = hostOf({ read_file: () => ({ ok: true, output }) });
    await runAgainst(
      { emulator: { scenario: oneCall('read_file') }, host, run: () => ({ maxOutputBytes }) },
      ({ emulator, events }) => {
        const entry = emulator
          .transcript()
          .find(({ route, dir }) => dir === 'in' && route.includes('submit'))!;
        text = (entry.body as { tool_outputs: { output: string }[] }).tool_outputs[0]!.output;
        const notices = eventsOf(events, 'notice').map(({ code }) => code);
        const isCut = Buffer.byteLength(JSON.stringify(output)) > maxOutputBytes;
        expect(notices).toEqual(isCut ? ['OUTPUT_SHORTENED'] : []);
      },
    );
    return text;
  };

  test('keep their keys; long texts and lists are cut', async () => {
    const output = { path: 'a.txt', content: '字'.repeat(50_000), lines: Array(5_000).fill('line') };
    const text = await sent(output, 20_000);
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(20_000);
    const cut = JSON.parse(text);
    expect(cut).toMatchObject({ path: 'a.txt', truncated: true });
    expect(cut.content).toMatch(/^字+…$/);
    expect(cut.lines.length).toBeGreaterThan(0);
  });

  test('that cannot be cut that way show their beginning', async () => {
    const wide = Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`key${index}`, index]));
    const cut = JSON.parse(await sent(wide, 4_000));
    expect(cut).toEqual({
      truncated: true,
      bytes: expect.any(Number),
      beginning: expect.stringMatching(/^\{"key0/),
    });
    expect(JSON.parse(await sent('x'.repeat(9_000), 2_000))).toMatchObject({ truncated: true });
  });

  test('of a hundred calls at once fit into one request', async () => {
    const toolCalls = Array.from({ length: 100 }, (_, n) => ({
      name: 'read_file',
      arguments: { path: `${n}` },
    }));
    const output = { small: 'stays', content: '"x'.repeat(150_000) };
    const host = hostOf({
      read_file: (input) => ({ ok: true, output: { ...output, path: (input as { path: string }).path } }),
    });
    const scenario: Scenario = { turns: [{ toolCalls, next: { answer: ['ok'] } }] };
    await runAgainst({ emulator: { scenario }, host }, ({ emulator, events, result }) => {
      expect(result.error).toBeUndefined();
      expect(eventsOf(events, 'notice').map(({ code }) => code)).toEqual(['OUTPUT_SHORTENED']);
      const [sent] = submits(emulator);
      const told = Object.values(sent!) as { path: string; small: string; content: string }[];
      expect(told.map(({ path }) => path)).toEqual(toolCalls.map(({ arguments: { path } }) => path));
      expect(told[99]).toMatchObject({ small: 'stays', truncated: true });
      expect(told[99]!.content.length).toBeGreaterThan(8 * 1024);
    });
  });

  test.each(Array.from({ length: 60 }, (_, index) => index + 1))(
    'whatever they are (seed %i), what is sent fits and is JSON',
    async (seed) => {
      const random = randomNumbers(seed);
      const maxBytes = 200 + Math.floor(random() * 2_800);
      const text = await sent(randomJson(random, 3), maxBytes);
      expect(Buffer.byteLength(text)).toBeLessThanOrEqual(maxBytes);
      expect(() => JSON.parse(text)).not.toThrow();
    },
  );
});

function oneCall(name: string): Scenario {
  return { turns: [{ toolCalls: [{ name, arguments: '' }], next: { answer: ['ok'] } }] };
}

const CHARACTERS = ['a', '"', '\\', '\n', '字', '🎬', '\u0000', '\ud800'];

function randomJson(random: () => number, depth: number): unknown {
  const int = (max: number) => Math.floor(random() * max);
  const dice = depth === 0 ? int(3) : int(5);
  if (dice === 0) return random() < 0.5 ? random() : null;
  if (dice < 3) return CHARACTERS[int(CHARACTERS.length)]!.repeat(int(random() < 0.1 ? 5_000 : 20));
  const items = Array.from({ length: int(depth === 3 && random() < 0.3 ? 300 : 5) }, () =>
    randomJson(random, depth - 1),
  );
  return dice === 3 ? items : Object.fromEntries(items.map((item, index) => [`key${index}`, item]));
}
