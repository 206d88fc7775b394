import { type Emulator, startEmulator } from '@cozecut/coze-emulator';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { call } from './support/api.ts';
import { expectSoon, LOOKS, NO_BROWSER, useBrowser } from './support/browser.ts';
import { type RealServer, startServer } from './support/server.ts';

/** Far down in a long list there is more of the same. */
const MOST_STEPS = 45;

/** Everything that Tab leads to, and what of it looks the same with the keyboard and without. */
async function tabThrough(page: Page): Promise<{ reached: string[]; unseen: string[] }> {
  const reached: string[] = [];
  const unseen: string[] = [];
  for (let step = 0; step < MOST_STEPS; step++) {
    await page.keyboard.press('Tab');
    const place = await page.evaluateHandle(() => document.activeElement as HTMLElement);
    const found = await place.evaluate((one) => {
      // A radio button is drawn by the label beside it.
      const drawn = one.getBoundingClientRect().width < 3 ? one.parentElement! : one;
      const { x, y, width, height } = drawn.getBoundingClientRect();
      const clip = { x: Math.max(0, x - 5), y: Math.max(0, y - 5), width: width + 10, height: height + 10 };
      return one === document.body
        ? undefined
        : { clip, name: one.getAttribute('aria-label') ?? one.textContent };
    });
    if (found === undefined) break;
    const { clip, name } = found;
    const withIt = await page.screenshot({ clip, animations: 'disabled' });
    await place.evaluate((one) => one.blur());
    const without = await page.screenshot({ clip, animations: 'disabled' });
    await place.evaluate((one) => one.focus());
    reached.push(name);
    if (withIt.equals(without)) unseen.push(name);
  }
  return { reached, unseen };
}

/** Whether what has the focus has this name. */
const focused = (page: Page) =>
  page.evaluate(() => {
    const one = document.activeElement as HTMLInputElement;
    return (one.getAttribute('aria-label') ?? one.labels?.[0]?.textContent ?? one.textContent).trim();
  });

describe.skipIf(NO_BROWSER)('with the keyboard alone', () => {
  let server: RealServer;
  let draftId: string;
  beforeAll(async () => {
    server = await startServer({ env: { DRAFT_ROOT: 'FOLDER/editor' } });
    for (let number = 1; number <= 40; number++)
      await call(server.url, '/v1/drafts', { name: `film ${number}` });
    draftId = (await call(server.url, '/v1/drafts', { name: 'newest' })).draft_id;
    const captions = [{ text: 'Good morning', start: 0, end: 1_500_000 }];
    await call(server.url, `/v1/drafts/${draftId}/captions`, { captions });
    await call(server.url, '/v1/tokens', { name: 'coze' });
  });
  afterAll(() => server?.close());
  const { open } = useBrowser(() => server.url);

  test.for([
    ['/manual', 'Choose a file'],
    ['/drafts', 'newest'],
    ['/drafts/ID', 'All drafts'],
    ['/local', 'Region and address'],
    ['/calls', 'add_captions'],
    ['/tools/create_draft', 'list_drafts'],
    ['/connect', 'Verify from outside'],
    ['/keys', 'Revoke coze'],
  ] as const)('one sees where one is: %s', async ([at, one]) => {
    const page = await open({
      ...LOOKS.light,
      // As high as everything on it, so that nothing moves.
      viewport: { width: 1280, height: 3_000 },
      at: at.replace('ID', draftId),
    });
    const main = page.getByRole('main');
    await main
      .getByRole('button', { name: one })
      .or(main.getByRole('link', { name: one }))
      .first()
      .waitFor();
    const { reached, unseen } = await tabThrough(page);
    expect(reached).toContainEqual(expect.stringContaining(one));
    expect(unseen).toEqual([]);
  });

  test('a list leads to what was chosen, from its top, and back to where one was', async () => {
    const page = await open({ at: '/drafts', viewport: { width: 1280, height: 600 } });
    await page.getByRole('button', { name: 'Show more' }).click();
    const last = page.getByRole('link', { name: /^film 2 / });
    const heading = page.getByRole('heading', { name: 'film 2', level: 1 });
    await last.click();
    await heading.waitFor();
    await page.goBack();
    // The second time all of it is there at once.
    await last.focus();
    await page.keyboard.press('Enter');
    await heading.waitFor();
    expect(await page.evaluate(() => scrollY)).toBe(0);
    await page.keyboard.press('Tab');
    expect(await focused(page)).toBe('All drafts');
    await page.goBack();
    await last.waitFor();
    await expectSoon(() => page.evaluate(() => scrollY)).toBeGreaterThan(0);
  });

  test('a tool that is chosen is where the keyboard goes on', async () => {
    const page = await open({ at: '/tools' });
    await page.getByRole('link', { name: /^create_draft/ }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'create_draft' }).waitFor();
    await expectSoon(() => focused(page)).toBe('create_draft');
    for (let step = 0; step < 4 && (await focused(page)) !== 'name'; step++) await page.keyboard.press('Tab');
    await page.keyboard.insertText('by keyboard');
    await page.keyboard.press('Enter');
    await page.getByRole('region', { name: 'Answer' }).first().getByText('Status 200').waitFor();
  });

  test('a dialog keeps the keyboard and gives it back', async () => {
    const page = await open({ at: '/keys' });
    const revoke = page.getByRole('button', { name: 'Revoke coze' });
    await revoke.focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    await expectSoon(() => focused(page)).toBe('Keep it');
    for (let step = 0; step < 6; step++) {
      await page.keyboard.press('Tab');
      expect(await dialog.evaluate((one) => one.contains(document.activeElement))).toBe(true);
    }
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    await expectSoon(() => focused(page)).toBe('Revoke coze');
    // What it was about is gone: one goes on in the page, and not at its very top.
    await page.keyboard.press('Enter');
    await expectSoon(() => focused(page)).toBe('Keep it');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByText('There is no key yet').waitFor();
    await dialog.waitFor({ state: 'hidden' });
    await page.keyboard.press('Tab');
    await expectSoon(() => page.evaluate(() => document.activeElement?.closest('main') !== null)).toBe(true);
  });

  test('the menu of a phone leads into the page', async () => {
    const page = await open({ ...LOOKS.phone, locale: 'en-GB', at: '/drafts' });
    await page.getByRole('button', { name: 'Menu' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: 'Keys' }).focus();
    await page.keyboard.press('Enter');
    await page.getByLabel('Name').waitFor();
    await page.keyboard.press('Tab');
    await expectSoon(() => page.evaluate(() => document.activeElement?.closest('main') !== null)).toBe(true);
  });
});

describe.skipIf(NO_BROWSER)('Chinese that is typed', () => {
  let coze: Emulator;
  let server: RealServer;
  beforeAll(async () => {
    coze = await startEmulator({ bot: ({ text }) => ({ answer: [`said: ${text}`] }) });
    server = await startServer({
      env: { COZE_BASE_URL: coze.url, COZE_API_TOKEN: coze.token, COZE_BOT_ID: '42' },
    });
    await call(server.url, '/v1/local/start', { kind: 'bot', id: '42' });
  });
  afterAll(async () => {
    await server?.close();
    await coze?.close();
  });
  const { open } = useBrowser(() => server.url);

  test.for(['/local', '/sessions'])(
    'is sent when it is chosen and Enter is pressed again: %s',
    async (at) => {
      let place = at;
      if (at === '/sessions') {
        const made = (await call(server.url, '/coze/sessions', {})) as unknown as {
          data: { task_result: { data: { session_id: string } } };
        };
        place = `/sessions/${made.data.task_result.data.session_id}`;
      }
      const page = await open({ at: place });
      const field = page.getByLabel('Message', { exact: true });
      await field.focus();
      const sent: unknown[] = [];
      page.on('request', (request) => {
        if (request.method() === 'POST') sent.push(request.postDataJSON().message);
      });
      const keyboard = await page.context().newCDPSession(page);
      const composition = { text: 'nihao', selectionStart: 5, selectionEnd: 5 };
      await keyboard.send('Input.imeSetComposition', composition);
      await page.keyboard.press('Enter');
      await keyboard.send('Input.insertText', { text: '你好' });
      // Safari tells of the end of the choice first, and of its key after that.
      await field.dispatchEvent('keydown', { key: 'Enter', keyCode: 229, bubbles: true });
      expect(await field.inputValue()).toContain('你好');
      expect(sent).toEqual([]);
      await field.fill('你好');
      // What was not taken can be sent again.
      await page.route('**/messages', (route) => route.abort(), { times: 1 });
      await page.keyboard.press('Enter');
      await page.getByRole('alert').waitFor();
      await expectSoon(() => field.inputValue()).toBe('你好');
      sent.length = 0;
      await page.keyboard.press('Enter');
      // On a slow network nobody waits for the first to be taken.
      await page.keyboard.press('Enter');
      await page.getByText('said: 你好', { exact: true }).waitFor();
      expect(sent).toEqual(['你好']);
      expect(await field.inputValue()).toBe('');
    },
  );
});
