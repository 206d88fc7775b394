import { type Emulator, type LiveStep, type SaidToBot, startEmulator } from '@cozecut/coze-emulator';
import type { Page, Route } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectAccessible, expectSoon, LOOKS, NO_BROWSER, picture, useBrowser } from './support/browser.ts';
import { type RealServer, startServer } from './support/server.ts';

/** The bot of these tests waits for it before it says how far it has counted. */
let mayAnswer = Promise.resolve();

/** Makes the bot wait until the result is called. */
function holdAnswer(): () => void {
  const { promise, resolve } = Promise.withResolvers<void>();
  mayAnswer = promise;
  return resolve;
}

async function answerTo({ text }: SaidToBot): Promise<LiveStep> {
  if (text === 'And now?') return { fail: { code: 5000, msg: 'event interval error' } };
  if (text.startsWith('Which drafts')) {
    const next = { answer: ['There is ', 'no draft ', 'yet.'] };
    return { toolCalls: [{ name: 'list_drafts', arguments: {} }], next };
  }
  if (text === 'Check it') {
    const next = { answer: ['There is no such draft.'] };
    return { toolCalls: [{ name: 'lint_draft', arguments: { draft_id: 'gone' } }], next };
  }
  await mayAnswer;
  return { answer: ['One ', 'two ', 'three.'] };
}

describe.skipIf(NO_BROWSER)('sessions', () => {
  let coze: Emulator;
  let server: RealServer;
  beforeAll(async () => {
    coze = await startEmulator({ bot: answerTo, realTime: true, interEventMs: 150 });
    server = await startServer({
      env: {
        COZE_BASE_URL: coze.url,
        COZE_API_TOKEN: coze.token,
        COZE_BOT_ID: '42',
        APP_MODE: 'local',
      },
    });
  });
  afterAll(async () => {
    await server?.close();
    await coze?.close();
  });
  const { open } = useBrowser(() => server.url);
  const post = async (path: string, body: object) =>
    (await (
      await fetch(server.url + path, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
    ).json()) as { data: { task_result: { data: { session_id: string; chat_id: string } } } };

  test('one is begun, spoken in, read again, and deleted after a question', async () => {
    const page = await open({ at: '/sessions' });
    await page.getByText('There is no session yet').waitFor();
    await page.getByRole('button', { name: 'New session' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('About drafts');
    await page.getByRole('button', { name: 'Begin' }).click();
    await page.getByRole('heading', { name: 'About drafts' }).waitFor();
    await page.getByText('Nothing was said yet').waitFor();

    await page.getByLabel('Message', { exact: true }).fill('Which drafts are there?');
    await page.keyboard.press('Enter');
    await page.getByText(/list_drafts (runs|is done)/).waitFor();
    await page.getByRole('group', { name: 'Bot' }).getByText('There is no draft yet.').waitFor();
    await picture(page, 'sessions-chat');
    await expectAccessible(page);
    await page.reload();
    const said = page.getByRole('log', { name: 'Messages' }).getByRole('group');
    await said.nth(1).waitFor();
    expect(await said.allInnerTexts()).toEqual(['Which drafts are there?', 'There is no draft yet.']);

    await page.getByLabel('Message', { exact: true }).fill('And now?');
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByRole('alert').getByText('event interval error').waitFor();

    await page.getByRole('button', { name: 'Delete About drafts' }).click();
    const dialog = page.getByRole('dialog', { name: 'Delete “About drafts”?' });
    await dialog.getByRole('button', { name: 'Delete', exact: true }).click();
    await page.getByText('There is no session yet').waitFor();
    await page.getByText('Choose a session').waitFor();
  });

  /** A session, and how a program says something in it. */
  const sessionOf = async (name: string) => {
    const made = await post('/coze/sessions', { name });
    const { session_id: id } = made.data.task_result.data;
    return { id, say: (message: string) => post(`/coze/sessions/${id}/messages`, { message }) };
  };
  const isRunning = async (id: string) =>
    (await (await fetch(`${server.url}/coze/sessions/${id}`)).text()).includes('"chat_status":"running"');
  /** What a page shows as said, from top to bottom. */
  const saidOn = (page: Page) =>
    page.getByRole('log', { name: 'Messages' }).getByRole('group').allInnerTexts();

  test('what somebody else says is seen as it comes', async () => {
    const { id, say } = await sessionOf('watched');
    const page = await open({ at: `/sessions/${id}` });
    await page.getByText('Nothing was said yet').waitFor();
    for (const question of ['count', 'count again']) {
      const answer = holdAnswer();
      const done = say(question);
      await page.getByText('The bot is answering').waitFor();
      await expectSoon(async () => (await saidOn(page)).at(-1)).toBe(question);
      answer();
      await done;
      await expectSoon(async () => (await saidOn(page)).slice(-2)).toEqual([question, 'One two three.']);
    }
    expect(await saidOn(page)).toHaveLength(4);
    expect(await page.getByRole('alert').count()).toBe(0);
  });

  test('a tool that fails says why, and goes on saying it when the bot has answered', async () => {
    const { id } = await sessionOf('failing');
    const page = await open({ at: `/sessions/${id}` });
    await page.getByText('Nothing was said yet').waitFor();
    await page.getByLabel('Message', { exact: true }).fill('Check it');
    await page.keyboard.press('Enter');
    await expectSoon(() => saidOn(page)).toEqual(['Check it', 'There is no such draft.']);
    const log = page.getByRole('log', { name: 'Messages' });
    await log.getByText('lint_draft has failed').waitFor();
    await log.getByText('there is no draft "gone"').waitFor();
    await page.getByRole('button', { name: '中文' }).click();
    await page.getByText('没有草稿 "gone"').waitFor();
  });

  test('and by a page that opens in the middle of it, over a connection that breaks', async () => {
    const { id, say } = await sessionOf('in the middle');
    const answer = holdAnswer();
    const done = say('count');
    await expectSoon(() => isRunning(id)).toBe(true);
    const page = await open();
    await page.route('**/coze/chats/*/events', (route) => route.abort(), { times: 1 });
    await page.evaluate((to) => location.assign(to), `#/sessions/${id}`);
    await page.getByText('The bot is answering').waitFor();
    answer();
    await done;
    await expectSoon(() => saidOn(page)).toEqual(['count', 'One two three.']);
    expect(await page.getByRole('alert').count()).toBe(0);
  });

  test.for([
    ['that is over before the page is told of it', ''],
    ['that ends while the first answer about what was said, from before that, is under way', '/messages'],
  ] as const)('and a chat %s', async ([name, path]) => {
    const { id, say } = await sessionOf(name);
    const page = await open();
    const answer = holdAnswer();
    const done = say('count');
    await expectSoon(() => isRunning(id)).toBe(true);
    const answerLate = async (route: Route) => {
      const early = path === '' ? undefined : await route.fetch();
      answer();
      await done;
      // A request that was given up has nobody who waits.
      await (early === undefined ? route.continue() : route.fulfill({ response: early })).catch(() => {});
    };
    await page.route(`**/coze/sessions/${id}${path}`, answerLate, { times: 1 });
    await page.evaluate((to) => location.assign(to), `#/sessions/${id}`);
    await expectSoon(() => saidOn(page)).toEqual(['count', 'One two three.']);
  });

  test('what the server does not take can be sent again', async () => {
    const { id, say } = await sessionOf('busy');
    const page = await open({ at: `/sessions/${id}` });
    await page.getByText('Nothing was said yet').waitFor();
    await page.route(`**/coze/sessions/${id}`, (route) => route.abort());
    const answer = holdAnswer();
    const done = say('count');
    await expectSoon(() => isRunning(id)).toBe(true);
    const field = page.getByLabel('Message', { exact: true });
    await field.fill('me too');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText('SESSION_BUSY').waitFor();
    expect(await field.inputValue()).toBe('me too');
    answer();
    await done;
  });

  test('is alone on a phone, with the way back to the list', async () => {
    const { id } = await sessionOf(`on a phone ${'W'.repeat(80)}`);
    const page = await open({ ...LOOKS.phone, locale: 'en-GB', at: `/sessions/${id}` });
    await page.getByRole('heading', { name: 'on a phone' }).waitFor();
    await expectAccessible(page);
    const list = page.getByRole('navigation', { name: 'Sessions' });
    expect(await list.isVisible()).toBe(false);
    await page.getByRole('link', { name: 'All sessions' }).click();
    await list.getByRole('link', { name: 'on a phone' }).waitFor();
    expect(await page.getByText('Choose a session').isVisible()).toBe(false);
  });

  test.for(['light', 'dark', 'phone'] as const)('can be used by everybody: %s', async (look) => {
    const page = await open({ ...LOOKS[look], at: '/sessions' });
    await page
      .getByRole('navigation', { name: /Sessions|会话列表/ })
      .getByRole('link')
      .first()
      .waitFor();
    await picture(page, `sessions-${look}`);
    await expectAccessible(page);
  });
});

describe.skipIf(NO_BROWSER)('sessions of a server without a token for Coze', () => {
  let server: RealServer;
  beforeAll(async () => {
    server = await startServer();
  });
  afterAll(() => server?.close());
  const { open } = useBrowser(() => server.url);

  test('are not there, and the page says what is missing', async () => {
    const page = await open({ at: '/sessions' });
    await page.getByText('This server has no sessions').waitFor();
    await page.getByText(/COZE_API_TOKEN/).waitFor();
  });
});
