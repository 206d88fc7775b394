import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectAccessible, LOOKS, NO_BROWSER, picture, useBrowser } from './support/browser.ts';
import { type RealServer, startServer } from './support/server.ts';

/** Scalar tries whether it may make code of texts, and does without; the policy refuses, as it should. */
const TRIES_EVAL = /'script-src' was not explicitly set|unsafe-eval/;

/** It is larger than all the rest of the page, and takes its time to draw. */
const SLOW_MS = 60_000;

describe.skipIf(NO_BROWSER)('the API reference', () => {
  let server: RealServer;
  beforeAll(async () => {
    server = await startServer();
  });
  afterAll(() => server?.close());
  const { open } = useBrowser(() => server.url);

  test(
    'shows the documents of this server, in all colours and sizes, and asks nobody else',
    async () => {
      const page = await open({ at: '/reference', allows: TRIES_EVAL });
      page.setDefaultTimeout(SLOW_MS);
      const looksRight = async (look: string) => {
        await page.getByRole('heading', { name: 'cozecut server' }).first().waitFor();
        await picture(page, `reference-${look}`);
        await expectAccessible(page);
      };
      await looksRight('light');
      await page.setViewportSize(LOOKS.phone.viewport);
      await looksRight('phone');
      await page.setViewportSize(LOOKS.dark.viewport);
      await page.emulateMedia({ colorScheme: 'dark' });
      await page.locator('.dark-mode').first().waitFor();
      await looksRight('dark');
      await page.getByText('Server', { exact: true }).first().click();
      await page.getByRole('option', { name: 'Tools (REST)' }).click();
      await page.getByRole('heading', { name: 'JianYing drafts' }).first().waitFor();
      expect(page.url()).toContain('#');
    },
    4 * SLOW_MS,
  );

  test(
    'has the colours of the page from the beginning on',
    async () => {
      const page = await open({ colorScheme: 'dark', at: '/reference', allows: TRIES_EVAL });
      page.setDefaultTimeout(SLOW_MS);
      await page.getByRole('heading', { name: 'cozecut server' }).first().waitFor();
      expect(await page.locator('body').getAttribute('class')).toBe('dark-mode');
    },
    2 * SLOW_MS,
  );

  test('reads the documents in the language of the page', async () => {
    const page = await open({ locale: 'zh-CN', at: '/reference', allows: TRIES_EVAL });
    const isRead = () =>
      performance.getEntriesByType('resource').some(({ name }) => /profile=server&texts=zh-CN$/.test(name));
    await page.waitForFunction(isRead, undefined, { timeout: SLOW_MS });
  });

  test('is where the addresses within it lead', async () => {
    const page = await open({ at: 'tag/jobs', allows: TRIES_EVAL });
    expect(await page.title()).toBe('API reference · cozecut');
    await page.getByRole('link', { name: 'Make a draft' }).click();
    await page.getByRole('heading', { name: 'Make a draft', level: 1 }).waitFor();
    await page.locator('.scalar-app').waitFor({ state: 'detached' });
  });
});
