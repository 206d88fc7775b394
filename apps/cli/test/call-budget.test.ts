import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { makeSampleMedia } from '@cozecut/tools/sample-media';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { post, temporaryFolder, withServer } from './support.ts';

const HOSTS = 45;
const folder = temporaryFolder();
const hosts: Server[] = [];
/** Addresses of a picture at hosts that send a part of it, and the rest when `open` is called. */
const slow: string[] = [];
let healthy = '';
let open: () => void;

beforeAll(async () => {
  mkdirSync(join(folder, 'media'));
  const media = await makeSampleMedia(join(folder, 'media'));
  const picture = readFileSync(media.picture);
  const { promise: rest, resolve } = Promise.withResolvers<void>();
  open = resolve;
  const host = async (waits: boolean) => {
    const server = createServer(async (_request, response) => {
      response.writeHead(200, { 'content-type': 'image/png', 'content-length': picture.length });
      response.write(picture.subarray(0, 20));
      if (waits) await rest;
      response.end(picture.subarray(20));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    hosts.push(server);
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/picture.png`;
  };
  slow.push(...(await Promise.all(Array.from({ length: HOSTS }, () => host(true)))));
  healthy = await host(false);
});
afterAll(() => {
  for (const host of hosts) host.close().closeAllConnections();
});

test('media hosts that hold back their files hold up nobody: the calls go on as jobs', async () => {
  const env = {
    COZECUT_STORE: join(folder, 'store'),
    COZECUT_SERVER_CALL_BUDGET: '1s',
    COZECUT_EGRESS_ALLOW: [...slow, healthy].map((url) => new URL(url).host).join(','),
  };
  await withServer([], { cwd: folder, env }, async (url) => {
    const call = async (path: string, body: object) => {
      const { status, body: answer } = await post(`${url}/coze/plugin/v1/${path}`, body);
      expect([path, status, answer.success, answer.message]).toEqual([path, 200, true, expect.any(String)]);
      return answer;
    };
    const draftWith = async (picture: string) => {
      const { draft_id: id } = await call('drafts', { name: picture.replace(/\W/g, ' ') });
      await call(`drafts/${id}/images`, { image_infos: [{ image_url: picture, start: 0, end: 1_000_000 }] });
      return String(id);
    };
    const ended = async (id: unknown) => {
      for (;;) {
        const job = await call('jobs/look', { job_id: id });
        if (job.state !== 'running') return job;
        await setTimeout(20);
      }
    };
    /** What a tool has answered, on a machine of any speed. */
    const answerOf = async (answer: Record<string, unknown>) =>
      answer.job_id === undefined ? answer : JSON.parse(String((await ended(answer.job_id)).result));
    const drafts = await Promise.all(slow.map(draftWith));
    const jobs = await Promise.all(drafts.map((id) => call(`drafts/${id}/save`, {})));
    for (const job of jobs) expect(job).toMatchObject({ job_id: expect.any(String), job_status: 'running' });

    // No host has given anything yet. The drafts can be used, and so can the tools.
    const more = await call(`drafts/${drafts[0]}/captions`, {
      captions: [{ text: 'hi', start: 0, end: 1_000_000 }],
    });
    expect(more.segment_ids).toHaveLength(1);
    const saved = await call(`drafts/${await draftWith(healthy)}/save`, {});
    expect(await answerOf(saved)).toMatchObject({ folder_path: expect.any(String) });
    const looked = await call('helpers/get-media-info', { url: healthy });
    expect(await answerOf(looked)).toMatchObject({ kind: 'photo' });
    const running = await call('jobs/look', { job_id: jobs[0]!.job_id, wait: 0 });
    expect(running).toMatchObject({ state: 'running', tool: 'save_draft', draft_ids: [drafts[0]] });
    const listed = await fetch(`${url}/v1/jobs?status=running`).then((answer) => answer.json());
    expect((listed as { total: number }).total).toBe(HOSTS);

    open();
    const results = await Promise.all(jobs.map(({ job_id: id }) => ended(id)));
    for (const [index, { state, result }] of results.entries()) {
      expect([index, state]).toEqual([index, 'succeeded']);
      const { draft_id: id, folder_path: path } = JSON.parse(String(result));
      expect([id, existsSync(path)]).toEqual([drafts[index], true]);
    }
  });
});
