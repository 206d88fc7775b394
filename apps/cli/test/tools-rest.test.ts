import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder, withServer } from './support.ts';

// biome-ignore lint/suspicious/noExplicitAny: answers are looked into at any depth.
type Any = any;

const SECOND_US = 1_000_000;
const folder = temporaryFolder();
mkdirSync(join(folder, 'drafts'));
const env = { COZECUT_STORE: join(folder, 'store'), DRAFT_ROOT: join(folder, 'drafts') };

test('tools are REST routes by their manifest: methods, status codes, lists as text, keys of calls', async () => {
  await withServer([], { cwd: folder, env }, async (serverUrl) => {
    const ask = async (method: string, path: string, body?: unknown, headers: object = {}): Promise<Any> => {
      const response = await fetch(`${serverUrl}/v1${path}`, {
        method,
        headers: { 'content-type': 'application/json', ...headers },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return { ...((await response.json()) as object), http: response.status };
    };
    const { draft_id } = await ask('POST', '/drafts', { name: 'rest' });
    const at = `/drafts/${draft_id}`;
    const list = [0, 1].map((index) => ({
      text: `text ${index}`,
      start: index * SECOND_US,
      end: (index + 1) * SECOND_US,
    }));
    const captions = { captions: JSON.stringify(list) };
    const key = { 'idempotency-key': 'run 1' };
    const added = await ask('POST', `${at}/captions`, captions, key);
    expect(added).toMatchObject({ http: 200, segment_ids: [expect.any(String), expect.any(String)] });
    expect(await ask('POST', `${at}/captions`, captions, key)).toEqual(added);
    expect(await ask('GET', at)).toMatchObject({
      http: 200,
      duration_us: 2 * SECOND_US,
      tracks: [{ clips: 2 }],
    });

    const [first, second] = added.segment_ids;
    const split = await ask('POST', `${at}/edits/split`, { segment_id: first, at: 500_000 });
    expect(split).toMatchObject({ http: 200, segment_ids: [first], new_segment_ids: [expect.any(String)] });
    const edits = [
      { op: 'move', clip: { id: second }, start: 5 * SECOND_US },
      { op: 'replace-text', clip: { id: second }, text: 'moved' },
    ];
    expect(await ask('POST', `${at}/edits`, { edits })).toMatchObject({
      http: 200,
      duration_us: 6 * SECOND_US,
    });
    const track = await ask('GET', `${at}/tracks/${added.track_id}`);
    expect(track.segments.map(({ name, start }: Any) => [name, start])).toEqual([
      ['text 0', 0],
      ['text 0', 500_000],
      ['moved', 5 * SECOND_US],
    ]);

    const refusals: [string, string, unknown, number, string][] = [
      ['POST', `${at}/edits/move`, { segment_id: second, start: 0 }, 422, 'DRAFT_EDIT_FAILED'],
      ['POST', `${at}/edits/move`, { segment_id: second, start: 'x' }, 400, 'INPUT_INVALID'],
      ['POST', `${at}/edits/nothing`, {}, 404, 'ROUTE_NOT_FOUND'],
      ['POST', `${at}/masks`, { segment_ids: ['none'], name: 'circle' }, 404, 'SEGMENT_NOT_FOUND'],
      ['GET', `${at}/segments/none`, undefined, 404, 'SEGMENT_NOT_FOUND'],
      ['GET', `${at}/tracks/${encodeURIComponent('../..')}`, undefined, 404, 'TRACK_NOT_FOUND'],
      ['GET', '/drafts/none', undefined, 404, 'DRAFT_NOT_FOUND'],
      ['GET', '/drafts?limit=1000', undefined, 400, 'INPUT_INVALID'],
      ['GET', '/catalog?domain=nothing', undefined, 400, 'INPUT_INVALID'],
    ];
    for (const [method, path, body, status, code] of refusals)
      expect(await ask(method, path, body), `${method} ${path}`).toMatchObject({ http: status, code });

    expect(await ask('GET', '/drafts?q=rest&limit=5')).toMatchObject({ total: 1, drafts: [{ draft_id }] });
    expect(
      await ask('GET', `/catalog?q=${encodeURIComponent('叠化')}&domain=transition&limit=1`),
    ).toMatchObject({
      entries: [{ name: '叠化', domain: 'transition' }],
    });
    await Promise.all(list.map(() => ask('POST', `${at}/captions`, { captions: list })));
    expect((await ask('GET', at)).tracks).toHaveLength(3);
    expect(await ask('DELETE', `${at}/tracks/${added.track_id}`)).toMatchObject({ http: 200 });
    expect(await ask('POST', `${at}/save`, {})).toMatchObject({
      http: 200,
      tracks: 2,
      duration_us: 2 * SECOND_US,
    });
  });
});
