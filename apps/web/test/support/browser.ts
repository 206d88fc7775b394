import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { findComponent, QUIET_CHROMIUM } from '@cozecut/tools/components';
import type { AxeResults } from 'axe-core';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished } from 'vitest';

const BROWSER = findComponent('chromium');
/** Why tests of the page are left out; nothing when they are not. */
export const NO_BROWSER = BROWSER === undefined ? 'there is no Chromium on this machine' : undefined;
/** Pictures of every page, for whoever wants to look; kept by the folder, never by git. */
const PICTURES = join(import.meta.dirname, '../../test-output/screenshots');
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Axe {
  run(): Promise<AxeResults>;
}

/** How a page is opened. */
export interface OpenOptions extends BrowserContextOptions {
  /** Fragment of the address, such as `/tools`. */
  at?: string;
  /** What the console may say without the test failing. */
  allows?: RegExp;
}

/** What `get` gives sooner or later, on a slow machine as well. */
export function expectSoon<Value>(get: () => Value) {
  return expect.poll(get, { timeout: 15_000 });
}

/** One browser for the tests of a file. */
export function useBrowser(origin: () => string) {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({
      executablePath: BROWSER!,
      args: [...QUIET_CHROMIUM],
      // Without it Chromium gives a file of Chinese name the name "download".
      env: { ...process.env, LC_ALL: 'C.UTF-8' },
    });
  });
  afterAll(() => browser?.close());

  /**
   * Opens the page in English. The test fails when it asks any other server, logs an error (as a breach of the content
   * security policy is) or throws.
   */
  async function open({ at = '', allows, ...options }: OpenOptions = {}): Promise<Page> {
    const context = await browser.newContext({ locale: 'en-GB', ...options });
    context.setDefaultTimeout(15_000);
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('request', (request) => {
      const { protocol } = new URL(request.url());
      const isInside = ['data:', 'blob:'].includes(protocol) || request.url().startsWith(`${origin()}/`);
      if (!isInside) complaints.push(`asked ${request.url()}`);
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      const isAnswer = message.text().startsWith('Failed to load resource');
      if (message.type() === 'error' && !isAnswer && !allows?.test(message.text()))
        complaints.push(message.text());
    });
    onTestFinished(async () => {
      await context.close();
      expect(complaints).toEqual([]);
    });
    await page.goto(`${origin()}/#${at}`);
    // A key that is pressed before the page is drawn goes nowhere.
    await page.getByRole('heading', { level: 1 }).waitFor();
    return page;
  }
  return { open };
}

/** The ways in which every page is looked at. */
export const LOOKS = {
  light: { colorScheme: 'light', viewport: { width: 1280, height: 800 } },
  dark: { colorScheme: 'dark', viewport: { width: 1280, height: 800 } },
  phone: { colorScheme: 'light', viewport: { width: 320, height: 640 }, locale: 'zh-CN' },
} as const satisfies Record<string, BrowserContextOptions>;

/** Keeps a picture of the page as it is. */
export async function picture(page: Page, name: string): Promise<void> {
  mkdirSync(PICTURES, { recursive: true });
  await page.screenshot({ path: join(PICTURES, `${name}.png`), animations: 'disabled' });
}

/** Fails when the page is wider than the window, or axe finds something serious. */
export async function expectAccessible(page: Page): Promise<void> {
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(overflow, 'the page is wider than the window').toBeLessThanOrEqual(0);
  // Evaluated by the browser itself: the policy of the server lets no inline script in.
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(() => (window as unknown as { axe: Axe }).axe.run());
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  const told = serious.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' | ')}`,
  );
  expect(told).toEqual([]);
}

/** Takes the place of the clipboard, which a browser without a window does not have; gives what was put there last. */
export async function watchClipboard(page: Page): Promise<() => Promise<string | undefined>> {
  await page.evaluate(() => {
    const own = window as unknown as { copied?: string };
    navigator.clipboard.writeText = async (text) => {
      own.copied = text;
    };
  });
  return () => page.evaluate(() => (window as unknown as { copied?: string }).copied);
}
