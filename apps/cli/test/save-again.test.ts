import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';
import { post, start, temporaryFolder, withServer } from './support.ts';

const folder = temporaryFolder();
const KILLS = 4;

const environment = (name: string) => ({
  COZECUT_STORE: join(folder, name, 'store'),
  DRAFT_ROOT: join(folder, name, 'root'),
});

/** Calls a tool the way Coze does. */
async function call(url: string, path: string, body: object): Promise<Record<string, unknown>> {
  const { status, body: answer } = await post(`${url}/coze/plugin/v1/${path}`, body);
  if (status !== 200 || answer.success !== true) throw new Error(`${path}: ${JSON.stringify(answer)}`);
  return answer;
}

const addCaption = (url: string, id: unknown, text: string) =>
  call(url, `drafts/${id}/captions`, { captions: [{ text, start: 0, end: 1_000_000 }] });

/** The captions of a draft folder, once all of its files say the same. */
function captionsIn(draft: string): string[] {
  const [content, info] = ['draft_content.json', 'draft_info.json'].map((name) =>
    readFileSync(join(draft, name), 'utf8'),
  );
  expect(info).toBe(content);
  JSON.parse(readFileSync(join(draft, 'draft_meta_info.json'), 'utf8'));
  const { materials } = JSON.parse(content!) as { materials: { texts: { content: string }[] } };
  return materials.texts.map((one) => JSON.parse(one.content).text).toSorted();
}

test('two servers that save one draft at once answer the same, and what they say is there', async () => {
  const env = environment('two');
  await withServer([], { cwd: folder, env }, (first) =>
    withServer([], { cwd: folder, env }, async (second) => {
      const { draft_id: id } = await call(first, 'drafts', { name: 'show' });
      for (const text of ['one', 'two', 'three']) {
        await addCaption(first, id, text);
        const urls = Array.from({ length: 16 }, (_, index) => (index % 2 === 0 ? first : second));
        const answers = await Promise.all(urls.map((url) => call(url, `drafts/${id}/save`, {})));
        const { archive_url: _, ...told } = answers[0]!;
        for (const answer of answers) expect(answer).toMatchObject(told);
        expect(captionsIn(String(told.folder_path))).toContain(text);
        expect(readdirSync(env.DRAFT_ROOT)).toEqual(['show']);
        for (const [index, url] of [first, second].entries()) {
          const archive = await fetch(new URL(String(answers[index]!.archive_url), url));
          const hash = createHash('sha256').update(new Uint8Array(await archive.arrayBuffer()));
          expect(hash.digest('hex')).toBe(told.sha256);
        }
      }
    }),
  );
}, 60_000);

test('a server that is killed while it saves leaves a draft that is whole and can be saved again', async () => {
  const env = environment('killed');
  const draft = join(env.DRAFT_ROOT, 'show');
  const promised: string[] = [];
  let id: unknown;

  /** Starts a server, which is killed after `work` if it has not ended. */
  async function killed(work: (url: string) => Promise<void>): Promise<void> {
    const server = start(['serve', '--port', '0', '--json'], { cwd: folder, env });
    const ended = once(server, 'close');
    const [line] = await once(createInterface({ input: server.stdout }), 'line');
    try {
      await work(JSON.parse(line).url);
    } finally {
      server.kill('SIGKILL');
      await ended;
    }
  }

  for (let kill = 0; kill < KILLS; kill++) {
    await killed(async (url) => {
      id ??= (await call(url, 'drafts', { name: 'show' })).draft_id;
      // What the last one left is known.
      await call(url, `drafts/${id}/save`, {}).catch((error: Error) => {
        if (promised.length > 0) throw error;
      });
      if (promised.length > 0) expect(captionsIn(draft)).toEqual(expect.arrayContaining(promised));
      const saves: Promise<unknown>[] = [];
      for (let count = 0; count < 6; count++) {
        const text = `${kill}.${count}`;
        await addCaption(url, id, text);
        promised.push(text);
        saves.push(call(url, `drafts/${id}/save`, {}).catch(() => undefined));
      }
      // While some of them have been answered and others have not.
      await Promise.all(saves.slice(0, kill));
    });
    // The draft may be out of its place for a moment, and is brought back by the next save.
    if (existsSync(draft)) expect(captionsIn(draft).length).toBeGreaterThan(0);
  }
  await killed(async (url) => {
    const saved = await call(url, `drafts/${id}/save`, {});
    expect(saved).toMatchObject({ folder_path: draft, clips: promised.length });
    expect(captionsIn(draft)).toEqual(promised.toSorted());
    expect(readdirSync(env.DRAFT_ROOT)).toEqual(['show']);
    const { archive_url: _, ...told } = saved;
    expect(await call(url, `drafts/${id}/save`, {})).toMatchObject(told);
  });
}, 60_000);
