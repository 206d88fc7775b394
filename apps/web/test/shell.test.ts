import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectAccessible, LOOKS, NO_BROWSER, picture, useBrowser } from './support/browser.ts';
import { contentField } from './support/manual.ts';
import { type RealServer, startServer } from './support/server.ts';

const TOKEN = 'token-for-the-page';

describe.skipIf(NO_BROWSER)('the shell', () => {
  let server: RealServer;
  beforeAll(async () => {
    server = await startServer();
  });
  afterAll(() => server?.close());
  const { open } = useBrowser(() => server.url);

  test('leads from page to page', async () => {
    const page = await open();
    await page.getByRole('heading', { name: 'Make a draft', level: 1 }).waitFor();
    const links = page.getByRole('navigation').getByRole('link');
    expect(await links.allInnerTexts()).toEqual([
      ...['Make a draft', 'Drafts', 'Local service', 'Sessions', 'Calls and jobs'],
      ...['Tools', 'Connect', 'Keys', 'API reference'],
    ]);
    await links.getByText('Drafts').click();
    await page.getByRole('heading', { name: 'Drafts', level: 1 }).waitFor();
    expect(page.url()).toBe(`${server.url}/#/drafts`);
    expect(await page.title()).toBe('Drafts · cozecut');
    expect(await links.filter({ hasText: 'Drafts' }).getAttribute('aria-current')).toBe('page');
    await page.goBack();
    await page.getByRole('heading', { name: 'Make a draft', level: 1 }).waitFor();
  });

  test('speaks the language of the browser, and the one that was chosen after that', async () => {
    const page = await open({ locale: 'zh-CN', at: '/tools' });
    await page.getByRole('heading', { name: '工具', level: 1 }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('zh-CN');
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('heading', { name: 'Tools', level: 1 }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'Tools', level: 1 }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
  });

  test('speaks the language and has the colours that are chosen in another tab', async () => {
    const page = await open({ at: '/tools' });
    const other = await page.context().newPage();
    await other.goto(`${server.url}/#/keys`);
    await page.getByRole('button', { name: '中文' }).click();
    await other.getByRole('heading', { name: '密钥', level: 1 }).waitFor();
    await page.getByRole('button', { name: '深色' }).click();
    await other.locator('html[data-mantine-color-scheme=dark]').waitFor();
  });

  test('has the colours of the system until others are chosen', async () => {
    const page = await open({ colorScheme: 'dark' });
    const scheme = () => page.locator('html').getAttribute('data-mantine-color-scheme');
    expect(await scheme()).toBe('dark');
    await page.getByRole('button', { name: 'Light colours' }).click();
    expect(await scheme()).toBe('light');
    await page.reload();
    await page.getByRole('button', { name: 'Dark colours' }).waitFor();
  });

  test('says when a page does not come, and loads all of it again', async () => {
    const page = await open({ locale: 'zh-CN', allows: /could not be fetched/ });
    await page.route('**/assets/page-*.js', (route) => route.abort());
    await page.getByRole('link', { name: '密钥' }).click();
    await page.getByRole('alert').getByText('服务器没有响应，或版本已更新').waitFor();
    expect(await page.getByText('TypeError').count()).toBe(0);
    await page.unroute('**/assets/page-*.js');
    await page.getByRole('button', { name: '重试' }).click();
    await page.getByRole('heading', { name: '密钥', level: 1 }).waitFor();
  });

  test('has its navigation behind a button on a phone', async () => {
    const page = await open({ viewport: { width: 320, height: 640 } });
    expect(await page.getByRole('link', { name: 'Tools', exact: true }).isVisible()).toBe(false);
    await page.getByRole('button', { name: 'Menu' }).click();
    await page.getByRole('link', { name: 'Tools', exact: true }).click();
    await page.getByRole('heading', { name: 'Tools', level: 1 }).waitFor();
    expect(await page.getByRole('link', { name: 'Drafts', exact: true }).isVisible()).toBe(false);
  });
});

describe.skipIf(NO_BROWSER)('a server that wants a token', () => {
  let server: RealServer;
  beforeAll(async () => {
    server = await startServer({ env: { ENABLE_AUTH: 'true', PLUGIN_TOKEN: TOKEN } });
  });
  afterAll(() => server?.close());
  const { open } = useBrowser(() => server.url);

  test('gets it, for as long as the tab is open', async () => {
    const page = await open();
    const field = page.getByLabel('Token');
    await field.fill('wrong');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByText('The server does not take this token.').waitFor();
    await field.fill(TOKEN);
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('heading', { name: 'Make a draft' }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'Make a draft' }).waitFor();
    expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain(TOKEN);
    await contentField(page).fill('for nobody else');
    await page.getByRole('button', { name: 'Sign out' }).click();
    await field.waitFor();
    expect(await page.evaluate(() => JSON.stringify(sessionStorage))).not.toContain(TOKEN);
    // Whoever comes next begins anew.
    await field.fill(TOKEN);
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByText('Nothing here yet').waitFor();
    expect(await contentField(page).innerText()).not.toContain('nobody else');
  });

  test.for(['light', 'dark', 'phone'] as const)(
    'asks for it in a way everybody can use: %s',
    async (look) => {
      const page = await open(LOOKS[look]);
      await page.getByRole('textbox').waitFor();
      await picture(page, `token-${look}`);
      await expectAccessible(page);
    },
  );
});
