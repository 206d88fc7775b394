import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, get } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { dirname, join } from 'node:path';
import { openDraft } from '@cozecut/draft-core/node';
import { makePng } from '@cozecut/tools/sample-media';
import { expect, onTestFinished, test } from 'vitest';
import { post, temporaryFolder, withServer } from './support.ts';

const folder = temporaryFolder();
const second = 1_000_000;
const picture = makePng(64, 48, (x, y) => [x, y, 128]);

// biome-ignore lint/suspicious/noExplicitAny: answers of tools are looked into at any depth
type Any = any;

interface Asked {
  status: number;
  headers: Headers;
  text: string;
  bytes: Buffer;
}

async function ask(url: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Asked> {
  const response = await fetch(url, { method, headers });
  const bytes = Buffer.from(await response.arrayBuffer());
  return { status: response.status, headers: response.headers, text: bytes.toString(), bytes };
}

/** A draft with a picture, a line of text and a Chinese name. */
async function makeDraft(url: string, auth: Record<string, string> = {}): Promise<string> {
  const host = createServer((_, response) => response.end(picture)).listen(0, '127.0.0.1');
  await once(host, 'listening');
  onTestFinished(() => void host.close());
  const image_url = `http://127.0.0.1:${(host.address() as AddressInfo).port}/a.png`;
  const run = async (path: string, body: object): Promise<Any> => {
    const answer = await post(`${url}/v1/${path}`, body, auth);
    expect(answer).toMatchObject({ status: 200 });
    return answer.body;
  };
  const { draft_id } = await run('drafts', { name: '我的 草稿' });
  await run(`drafts/${draft_id}/images`, { image_infos: [{ image_url, start: 0, end: second }] });
  await run(`drafts/${draft_id}/captions`, { captions: [{ text: '你好', start: 0, end: second }] });
  await run(`drafts/${draft_id}/save`, {});
  return draft_id;
}

/** What programs that download a draft do with the address of one: nothing but this is known of them. */
async function downloadAs(address: string, root: string): Promise<string> {
  const id = new URLSearchParams(address.split('?')[1]).get('draft_id')!;
  const listed = JSON.parse((await ask(address)).text);
  expect(listed.code).toBe(0);
  for (const url of listed.files.filter((one: string) => one.includes(id))) {
    const { pathname } = new URL(url);
    const local = pathname.slice(pathname.indexOf(id));
    expect(local).toMatch(/^[\w./-]+$/);
    mkdirSync(dirname(join(root, local)), { recursive: true });
    const { status, bytes } = await ask(url, { 'accept-encoding': 'identity' });
    expect(status).toBe(200);
    // They change paths that name the id of the draft; ours have to be right as they are.
    if (url.endsWith('.json')) expect(bytes.toString()).not.toContain(`${id}/`);
    writeFileSync(join(root, local), bytes);
  }
  return join(root, id);
}

const env = (name: string) => ({
  COZECUT_STORE: join(folder, name, 'store'),
  DRAFT_ROOT: join(folder, name, 'root'),
  COZECUT_EGRESS_ALLOW: '127.0.0.1',
});

test('a draft is downloaded file by file, by addresses of its own', async () => {
  await withServer(['--deployment', 'local'], { cwd: folder, env: env('one') }, async (url) => {
    const { body: open } = await post(`${url}/v1/drafts`, { name: 'open' });
    const unsaved = JSON.parse((await ask(`${url}/v1/drafts/${open.draft_id}`)).text);
    expect(unsaved).toMatchObject({ files: [] });
    expect(unsaved).not.toHaveProperty('files_url');

    const id = await makeDraft(url);
    const shown = JSON.parse((await ask(`${url}/v1/drafts/${id}`)).text);
    expect(shown.files_revision).toBe(shown.revision);
    const names = shown.files.map((one: string) => one.slice(one.indexOf(id) + id.length + 1));
    expect(names[0]).toBe('draft_content.json');
    expect(names).toContain('draft_meta_info.json');
    expect(names.filter((name: string) => name.startsWith('Timelines/'))).toEqual([]);
    const [media] = names.filter((name: string) => name.endsWith('.png'));

    // By the address of the draft, and by one that needs no token.
    for (const [index, address] of [`${url}/v1/drafts/${id}?draft_id=${id}`, shown.files_url].entries()) {
      const place = await downloadAs(address, join(folder, `downloaded ${index}`));
      expect(readFileSync(join(place, media))).toEqual(picture);
      const { timeline, entries } = await openDraft(place);
      const { materials } = timeline!.value(timeline!.root) as Any;
      const [, path] = materials.videos[0].path.split('_##');
      expect(entries.has(path.replace(/^[\\/]/, '').replaceAll('\\', '/'))).toBe(true);
    }
    // It names the draft like its other addresses.
    const saved = await post(`${url}/v1/drafts/${encodeURIComponent(shown.files_url)}/save`, {});
    expect(saved).toMatchObject({ status: 200, body: { draft_id: id } });
  });
});

test('each part of a file can be had, and none that is not there', async () => {
  await withServer(['--deployment', 'local'], { cwd: folder, env: env('two') }, async (url) => {
    const id = await makeDraft(url);
    const shown = JSON.parse((await ask(`${url}/v1/drafts/${id}`)).text);
    const media = shown.files.find((one: string) => one.endsWith('.png'));
    for (const file of [shown.files[0], media]) {
      const whole = await ask(file);
      const size = whole.bytes.length;
      const etag = whole.headers.get('etag')!;
      expect(etag).toMatch(/^"/);
      expect(whole.headers.get('content-length')).toBe(String(size));
      expect(whole.headers.get('content-type')).toMatch(/^(?:application\/json|image\/png)/);
      const head = await ask(file, { range: 'bytes=1-2' }, 'HEAD');
      expect([head.status, head.headers.get('content-length'), head.headers.get('etag')]).toEqual([
        200,
        String(size),
        etag,
      ]);
      const parts: [string, number, number][] = [
        ['bytes=0-0', 0, 1],
        ['bytes=10-', 10, size],
        ['bytes=7-20', 7, 21],
        ['bytes=-5', size - 5, size],
        [`bytes=5-${size * 2}`, 5, size],
      ];
      for (const [range, start, end] of parts) {
        const part = await ask(file, { range });
        expect([range, part.status]).toEqual([range, 206]);
        expect(part.headers.get('content-range')).toBe(`bytes ${start}-${end - 1}/${size}`);
        expect(part.bytes.equals(whole.bytes.subarray(start, end))).toBe(true);
      }
      for (const range of ['lines=0-1', 'bytes=a-b', 'bytes=0-1,5-6', 'bytes=5-1'])
        expect([range, [200, 416].includes((await ask(file, { range })).status)]).toEqual([range, true]);
      const behind = await ask(file, { range: `bytes=${size}-` });
      expect([behind.status, behind.headers.get('content-range')]).toEqual([416, `bytes */${size}`]);
      expect((await ask(file, { range: 'bytes=0-1', 'if-range': etag })).status).toBe(206);
      expect((await ask(file, { range: 'bytes=0-1', 'if-range': '"other"' })).status).toBe(200);
      // Not by fetch, which asks past every cache as soon as it sees this header.
      const [unchanged] = await once(
        get(file, { headers: { 'if-none-match': etag }, agent: false }),
        'response',
      );
      expect(unchanged.resume().statusCode).toBe(304);
    }

    // What is wrong about an address is not told.
    const [, pass, sha256] = /files\/([^/]+)\/([^/]+)\//.exec(media)!;
    const expired = pass!.replace(/^\d+/, (time) => String(Number(time) - 48 * 3_600_000));
    const later = pass!.replace(/^\d+/, (time) => String(Number(time) + 1));
    const { body: other } = await post(`${url}/v1/drafts`, { name: 'other' });
    const wrong = [
      ...[expired, later, `${pass}x`, 'x', pass!.replace('.', '..'), pass!.slice(0, -1)].map((one) =>
        media.replace(pass, one),
      ),
      media.replace(sha256, '0'.repeat(64)),
      media.replace(id, String(other.draft_id)),
      media.replace(id, 'none'),
      `${media}x`,
      media.replace(/[^/]+$/, ''),
      shown.files[0].replace('draft_content.json', '%2e%2e%2f%2e%2e%2fdraft_content.json'),
      shown.files[0].replace('draft_content.json', '..%2fdraft_content.json'),
      shown.files[0].replace('draft_content.json', 'assets/..%2fdraft_content.json'),
    ];
    const answers = await Promise.all(wrong.map((one) => ask(one)));
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect(answers[0]).toMatchObject({ status: 404, text: expect.stringContaining('FILE_NOT_FOUND') });
    // A client that sends a path as it is.
    const { port } = new URL(url);
    const socket = connect(Number(port), '127.0.0.1');
    const raw = new URL(shown.files[0]).pathname.replace(
      'draft_content.json',
      'assets/../draft_content.json',
    );
    socket.write(`GET ${raw} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: close\r\n\r\n`);
    expect(String(Buffer.concat(await socket.toArray()))).toContain('404 Not Found');

    // They are of one state: a later save leaves them, and the draft takes them along.
    const before = await ask(shown.files[0]);
    await post(`${url}/v1/drafts/${id}/captions`, {
      captions: [{ text: 'more', start: second, end: 2 * second }],
    });
    await post(`${url}/v1/drafts/${id}/save`, {});
    const now = JSON.parse((await ask(`${url}/v1/drafts/${id}`)).text);
    expect(now.files_revision).toBeGreaterThan(shown.files_revision);
    expect((await ask(shown.files[0])).text).toBe(before.text);
    expect((await ask(now.files[0])).text).toContain('more');
    await fetch(`${url}/v1/drafts/${id}`, { method: 'DELETE' });
    expect((await ask(now.files[0])).text).toBe(answers[0]!.text);
  });
});

test('on a public server the addresses open without a token, and nothing else does', async () => {
  const settings = {
    ...env('three'),
    PUBLIC_URL: 'https://drafts.example.com/',
    ENABLE_AUTH: 'true',
    PLUGIN_TOKEN: 'a-token-of-coze',
    COZE_BOT_ID: '1',
  };
  const server = ['--deployment', 'cloud', '--host', '127.0.0.1'];
  const auth = { authorization: `Bearer ${settings.PLUGIN_TOKEN}` };
  await withServer(server, { cwd: folder, env: settings }, async (url) => {
    const id = await makeDraft(url, auth);
    const shown = JSON.parse((await ask(`${url}/v1/drafts/${id}`, auth)).text);
    expect(shown.files[0]).toMatch(/^https:\/\/drafts\.example\.com\/v1\/files\//);
    const local = (address: string) => address.replace('https://drafts.example.com', url);
    expect((await ask(local(shown.files[0]))).status).toBe(200);
    const listed = JSON.parse((await ask(local(shown.files_url))).text);
    expect(listed).toMatchObject({ code: 0, files: expect.arrayContaining(shown.files) });
    expect((await ask(`${url}/v1/drafts/${id}`)).status).toBe(401);
    for (const written of ['files/-', 'files/%2D', 'FILES/-']) {
      const byToken = local(shown.files[0]).replace(/files\/[^/]+/, written);
      expect([written, (await ask(byToken)).status]).toEqual([written, 401]);
      expect([written, (await ask(byToken, auth)).status]).toEqual([written, 200]);
      expect((await ask(byToken.replace(/(files\/(?:[^/]+\/){3}).*/i, '$1'))).status).toBe(401);
    }
    const wrong = await ask(local(shown.files[0]).replace(/files\/[^/]+/, 'files/x'));
    expect((await ask(local(shown.files[0]).replace(/files\/[^/]+/, 'files/x'), auth)).text).toBe(wrong.text);
    expect(wrong.status).toBe(404);
  });
});
