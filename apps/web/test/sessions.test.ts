import { type Emulator, startEmulator } from '@cozecut/coze-emulator';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectAccessible, LOOKS, NO_BROWSER, picture, useBrowser } from './support/browser.ts';
import { type RealServer, startServer } from './support/server.ts';

describe.skipIf(NO_BROWSER)('sessions', () => {
  let coze: Emulator;
  let server: RealServer;
  beforeAll(async () => {
    coze = await startEmulator({
      scenario: {
        turns: [
          {
            toolCalls: [{ name: 'list_drafts', arguments: {} }],
            next: { answer: ['There is ', 'no draft ', 'yet.'] },
          },
          { fail: { code: 5000, msg: 'event interval error' } },
          { answer: ['One ', 'two ', 'three.'] },
        ],
      },
      realTime: true,
      interEventMs: 150,
    });
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

  test('what somebody else says is seen', async () => {
    const made = await post('/coze/sessions', { name: 'of a program' });
    const { session_id: id } = made.data.task_result.data;
    const done = post(`/coze/sessions/${id}/messages`, { message: 'count' });
    const chatOf = async () => {
      const session = (await (await fetch(`${server.url}/coze/sessions/${id}`)).json()) as typeof made;
      return session.data.task_result.data.chat_id;
    };
    await expect.poll(chatOf).toBeTypeOf('string');
    const page = await open({ at: `/sessions/${id}` });
    await done;
    await page.reload();
    await page.getByRole('group', { name: 'Bot' }).getByText('One two three.').waitFor();
    await page.getByRole('group', { name: 'Caller' }).getByText('count').waitFor();
    expect(await page.getByText('One two three.').count()).toBe(1);
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
