import { execFileSync } from 'node:child_process';
import { type Emulator, startEmulator } from '@cozecut/coze-emulator';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { call } from './support/api.ts';
import { expectSoon, NO_BROWSER, useBrowser } from './support/browser.ts';
import { captionsExport, contentField } from './support/manual.ts';
import { CLI, type RealServer, startServer } from './support/server.ts';

/** Leads an open page somewhere else, as a link in it does. */
const goTo = (page: Page, place: string) => page.evaluate((hash) => location.assign(hash), `#${place}`);

describe.skipIf(NO_BROWSER)('a server that has had enough', () => {
  /** Starts one that takes so many requests at once, and so many a minute. */
  const start = async (burst: number, perMinute: number) => {
    const server = await startServer({
      env: { COZECUT_RATE_BURST: String(burst), COZECUT_RATE_PER_MINUTE: String(perMinute) },
    });
    onTestFinished(() => server.close());
    url = server.url;
    return server;
  };
  const useUp = async (server: RealServer) => {
    while ((await fetch(`${server.url}/v1/me`)).ok);
  };
  let url = '';
  const { open } = useBrowser(() => url);

  test('is left alone until then, and the page says when that is', async () => {
    const server = await start(20, 1);
    const page = await open({ at: '/drafts' });
    await page.getByText('No drafts yet').waitFor();
    let refused = 0;
    page.on('response', (response) => {
      if (response.status() === 429) refused++;
    });
    await useUp(server);
    await goTo(page, '/connect');
    const told = page.getByRole('alert');
    await told.getByText('The server takes no more requests from you').waitFor();
    await told.getByText(/^Again in [1-6]?\d s$/).waitFor();
    expect(await told.getByRole('button', { name: 'Try again' }).isDisabled()).toBe(true);
    expect(refused).toBe(1);
    for (const place of ['/keys', '/local', '/calls']) {
      await goTo(page, place);
      await told.first().waitFor();
    }
    await goTo(page, '/manual');
    await contentField(page).fill(captionsExport('too much'));
    await page.getByRole('button', { name: 'Make draft' }).click();
    await page
      .getByRole('region', { name: 'Result' })
      .getByText(/^Again in/)
      .waitFor();
    expect(refused).toBe(1);
    await page.getByRole('button', { name: '中文' }).click();
    await page
      .getByText(/秒后可重试$/)
      .first()
      .waitFor();
  });

  test('is asked again for what is shown, and for events, when the time has come', async () => {
    const server = await start(20, 60);
    const page = await open({ at: '/drafts' });
    await page.getByText('No drafts yet').waitFor();
    await useUp(server);
    await goTo(page, '/calls');
    await page.getByText('No calls yet').waitFor();
    const watched = page.getByText('1 of 1');
    await expectSoon(() =>
      call(server.url, '/v1/drafts').then(
        () => true,
        () => false,
      ),
    ).toBe(true);
    await watched.waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
  });
});

describe.skipIf(NO_BROWSER)('a server that is started again', () => {
  let coze: Emulator;
  let server: RealServer;
  beforeAll(async () => {
    coze = await startEmulator({ bots: [{ id: '1' }] });
    server = await startServer({ env: { COZE_BASE_URL: coze.url, COZE_API_TOKEN: coze.token } });
  });
  afterAll(async () => {
    await server?.close();
    await coze?.close();
  });
  const { open } = useBrowser(() => server.url);

  test('is followed by the pages that were open', async () => {
    const calls = await open({ at: '/calls' });
    await calls.getByText('No calls yet').waitFor();
    const local = await open({ at: '/local' });
    await local.getByLabel('Bot id').fill('1');
    await local.getByRole('button', { name: 'Start' }).click();
    const light = local.getByRole('region', { name: 'Connection' }).getByRole('status');
    await light.getByText('Ready').waitFor();
    const manual = await open();
    await server.restart();
    await light.getByText('Off').waitFor();
    await local.getByRole('button', { name: 'Start' }).click();
    await light.getByText('Ready').waitFor();
    await contentField(manual).fill(captionsExport('after it'));
    await manual.getByText('1 track, 2 clips, 0 media files, 3 sec').waitFor();
    await call(server.url, '/v1/drafts');
    await calls.getByText('1 of 1').waitFor();
  });
});

describe.skipIf(NO_BROWSER)('a token that ends', () => {
  const TOKEN = 'token-of-whoever-runs-the-server';
  let server: RealServer;
  beforeAll(async () => {
    server = await startServer({ env: { ENABLE_AUTH: 'true', PLUGIN_TOKEN: TOKEN } });
  });
  afterAll(() => server?.close());
  const { open } = useBrowser(() => server.url);
  /** `cozecut auth token …` at the store of the server. */
  const tokenCommand = (...args: string[]) =>
    JSON.parse(
      execFileSync(
        process.execPath,
        ['--conditions=@cozecut/source', CLI, 'auth', 'token', ...args, '--json'],
        {
          cwd: server.folder,
          encoding: 'utf8',
        },
      ),
    );

  test('is asked for anew, and what was typed is there after that', async () => {
    const { id, token } = tokenCommand('create', '--name', 'short');
    const page = await open();
    const signIn = async (text: string) => {
      await page.getByLabel('Token').fill(text);
      await page.getByRole('button', { name: 'Continue' }).click();
    };
    await signIn(token);
    await contentField(page).fill(captionsExport('typed before'));
    await page.getByText('1 track, 2 clips').waitFor();
    tokenCommand('revoke', id);
    await page.getByRole('button', { name: 'Make draft' }).click();
    await page.getByText('The server does not take this token.').waitFor();
    await signIn(TOKEN);
    await expectSoon(() => contentField(page).innerText()).toContain('typed before');
    await page.getByRole('button', { name: 'Make draft' }).click();
    await page.getByRole('heading', { name: 'Draft ready' }).waitFor();
  });
});

describe.skipIf(NO_BROWSER)('a network that takes its time', () => {
  let server: RealServer;
  let draftId: string;
  beforeAll(async () => {
    server = await startServer({ env: { DRAFT_ROOT: 'FOLDER/editor' } });
    draftId = (await call(server.url, '/v1/drafts', { name: 'called' })).draft_id;
    for (let number = 0; number < 32; number++) await call(server.url, `/v1/drafts/${draftId}/lint`, {});
  });
  afterAll(() => server?.close());
  const { open } = useBrowser(() => server.url);

  test('gives a list that is opened far what is new, by a request for its first page', async () => {
    const page = await open({ at: '/calls' });
    await page.getByText('30 of 33').waitFor();
    await page.getByRole('button', { name: 'Show more' }).click();
    await page.getByText('33 of 33').waitFor();
    const asked: string[] = [];
    page.on('request', (request) => {
      const { pathname, searchParams } = new URL(request.url());
      if (pathname === '/v1/calls') asked.push(searchParams.get('cursor') ?? 'the first');
    });
    await call(server.url, '/v1/drafts');
    await page.getByText('34 of 34').waitFor();
    expect(new Set(asked)).toEqual(new Set(['the first']));
    const rows = page.getByRole('main').getByRole('listitem');
    expect(await rows.count()).toBe(34);
    expect(await rows.first().textContent()).toContain('list_drafts');
    expect(await rows.last().textContent()).toContain('create_draft');
  });

  test('does not keep what is new from being shown, though more of it comes before each answer', async () => {
    const page = await open({ at: '/calls' });
    await page.getByText(/^30 of \d+$/).waitFor();
    // What is asked for when the page begins to watch takes the place of what is under way.
    await call(server.url, '/v1/drafts');
    await page
      .getByRole('button', { name: /^list_drafts/ })
      .first()
      .waitFor();
    const mayAnswer = Promise.withResolvers<void>();
    let givenUp = 0;
    page.on('requestfailed', (request) => {
      if (request.url().includes('/v1/calls')) givenUp++;
    });
    await page.route('**/v1/calls?*', async (route) => {
      await mayAnswer.promise;
      await route.continue().catch(() => undefined);
    });
    const asked = page.waitForRequest('**/v1/calls?*');
    await call(server.url, `/v1/drafts/${draftId}/lint`, {});
    await asked;
    // The server tells of the next ones in a while of its own.
    for (let number = 0; number < 3; number++) {
      await call(server.url, `/v1/drafts/${draftId}/lint`, {});
      await new Promise((resolve) => setTimeout(resolve, 1_100));
    }
    expect(givenUp).toBe(0);
    mayAnswer.resolve();
    const { total } = await call(server.url, '/v1/calls');
    await page.getByText(`30 of ${total}`).waitFor();
  });

  test('keeps a list that is there when asking for it anew fails', async () => {
    const page = await open({ at: '/drafts' });
    await page.getByText('1 of 1').waitFor();
    await page.route('**/api/draft/list*', (route) => route.abort());
    await page.getByRole('alert').waitFor();
    expect(await page.getByRole('link', { name: /^called/ }).isVisible()).toBe(true);
    await page.unroute('**/api/draft/list*');
    await page.getByRole('alert').waitFor({ state: 'detached' });
  });

  test('makes a draft and puts it into the editor while one looks at another page', async () => {
    const page = await open();
    const maySend = Promise.withResolvers<void>();
    await page.route('**/api/draft/generate', async (route) => {
      await maySend.promise;
      await route.continue();
    });
    await contentField(page).fill(captionsExport('meanwhile'));
    await page.getByRole('button', { name: 'Make draft' }).click();
    await goTo(page, '/drafts');
    await page.getByRole('heading', { name: 'Drafts', level: 1 }).waitFor();
    const installed = page.waitForResponse('**/install');
    maySend.resolve();
    expect((await installed).status()).toBe(200);
    await page.getByRole('link', { name: 'Make a draft' }).first().click();
    await page.getByText('The draft is in JianYing.').waitFor();
  });

  test('starts a job again once, however often one presses', async () => {
    await call(server.url, '/api/draft/generate', { content: '{"drafts": []}' }).catch(() => undefined);
    const { jobs } = (await call(server.url, '/v1/jobs')) as unknown as { jobs: { job_id: string }[] };
    const page = await open({ at: `/calls/job/${jobs[0]!.job_id}` });
    let asked = 0;
    const mayAnswer = Promise.withResolvers<void>();
    await page.route('**/retry', async (route) => {
      asked++;
      await mayAnswer.promise;
      await route.continue();
    });
    const button = page.getByRole('button', { name: 'Do it again' });
    await button.evaluate((element: HTMLElement) => element.click());
    await expectSoon(() => asked).toBe(1);
    await button.evaluate((element: HTMLElement) => element.click());
    mayAnswer.resolve();
    await page.waitForURL((address) => !address.href.includes(jobs[0]!.job_id));
    expect(asked).toBe(1);
  });
});
