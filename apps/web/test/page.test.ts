import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findComponent, QUIET_CHROMIUM } from '@cozecut/tools/components';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { type StubServer, startStub } from './stub-server.ts';

const browserPath = findComponent('chromium');

const openapi = {
  openapi: '3.0.1',
  paths: {
    '/coze/plugin/v1/drafts/generate': {
      post: {
        operationId: 'generate_draft',
        summary: 'Turn an export into drafts',
        requestBody: {
          content: {
            'application/json': {
              schema: {
                type: 'object',
                properties: { profile: { type: 'string', enum: ['one-app', 'capcut-win'] } },
              },
            },
          },
        },
      },
    },
    '/coze/plugin/v1/drafts/{draft_id}/captions': {
      post: {
        operationId: 'add_captions',
        summary: 'Add timed captions',
        parameters: [{ name: 'draft_id', in: 'path', required: true, schema: { type: 'string' } }],
        requestBody: {
          content: {
            'application/json': {
              schema: {
                type: 'object',
                required: ['captions'],
                properties: {
                  captions: { type: 'array', description: 'What to show and when' },
                  font_size: { type: 'number' },
                },
              },
            },
          },
        },
      },
    },
  },
};
const warning = {
  code: 'DR132',
  severity: 'warning',
  message: 'declared 3 s, probed 4 s',
  pointer: '/tracks/0/segments/1',
};
const content = '{"drafts":[{"project":{"name":"早安"}}]}';
const accepted = (...ids: string[]) => ({
  ...{ success: true, status: 'processing', message: '', job_id: 'j' },
  ...{ draft_ids: ids, drafts: ids.map((draft_id) => ({ draft_id, folder_path: `/drafts/${draft_id}` })) },
});

/** Builds as `npm run build` does; the test runner's own NODE_ENV would make a development build. */
function buildPage(outDir: string): void {
  const vite = fileURLToPath(new URL('bin/vite.js', import.meta.resolve('vite/package.json')));
  execFileSync(process.execPath, [vite, 'build', '--outDir', outDir, '--emptyOutDir'], {
    cwd: join(import.meta.dirname, '..'),
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

describe.skipIf(!browserPath)('the page in a browser', () => {
  let folder: string;
  let stub: StubServer;
  let browser: Browser;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'cozecut-web-'));
    buildPage(folder);
    stub = await startStub(folder, openapi);
    browser = await chromium.launch({ executablePath: browserPath!, args: [...QUIET_CHROMIUM] });
  });
  afterAll(async () => {
    await browser?.close();
    await stub?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Opens the page; the test fails when it logs an error or asks any other server. */
  async function open(options: BrowserContextOptions = {}, fragment = ''): Promise<Page> {
    const context = await browser.newContext({ locale: 'en-GB', ...options });
    context.setDefaultTimeout(10_000);
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('request', (request) => {
      if (!request.url().startsWith(stub.origin)) complaints.push(`asked ${request.url()}`);
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      const isOurs = message.type() === 'error' && !message.text().startsWith('Failed to load resource');
      if (isOurs) complaints.push(message.text());
    });
    onTestFinished(async () => {
      await context.close();
      expect(complaints).toEqual([]);
    });
    await page.goto(`${stub.origin}/${fragment}`);
    // A key that is pressed before the page is drawn goes nowhere.
    await page.getByRole('navigation').waitFor();
    return page;
  }

  async function makeDraft(page: Page): Promise<void> {
    await page.getByLabel('Coze export').fill(content);
    await page.getByRole('button', { name: 'Make draft' }).click();
  }

  test('makes a draft: sends the form, shows progress, findings, folder and download', async () => {
    const id = 'a/b';
    const done = {
      draft_id: id,
      status: 'completed',
      progress: 1,
      message: 'Saved',
      folder_path: '/drafts/早安',
    };
    stub.answer(202, accepted(id), {
      [id]: [
        { draft_id: id, status: 'processing', progress: 0.4, message: 'Downloading' },
        { ...done, problems: [warning], links: { archive: '/v1/drafts/1/archive' } },
      ],
    });
    const page = await open();
    await page.getByLabel('Time unit').selectOption('Milliseconds');
    await page.getByLabel('Made for').selectOption('capcut-win');
    await makeDraft(page);
    const status = page.getByRole('status').first();
    await status.getByText('Working… 40%').waitFor();
    expect(await status.getByText('40%', { exact: true }).getAttribute('aria-hidden')).toBe('true');
    expect(await status.getByRole('progressbar').getAttribute('value')).toBe('0.4');
    await status.getByRole('heading', { name: 'Draft ready' }).waitFor();
    expect(await status.innerText()).toContain('/drafts/早安');
    expect(await status.getByRole('listitem').innerText()).toMatch(
      /Warning declared 3 s, probed 4 s\s+DR132 \/tracks\/0\/segments\/1/,
    );
    const download = page.waitForEvent('download');
    await status.getByRole('link', { name: 'Download (zip)' }).click();
    expect((await download).suggestedFilename()).toBe('draft.zip');
    expect(stub.requests.at(-1)).toEqual({ content, time_unit: 'ms', profile: 'capcut-win' });
  });

  test('leaves the unit and the profile to the server unless chosen, and follows every draft', async () => {
    stub.answer(200, accepted('one', 'two'), {
      one: [{ draft_id: 'one', status: 'completed', progress: 1 }],
      two: [{ draft_id: 'two', status: 'failed', progress: 0.5, message: 'No such video', problems: [] }],
    });
    const page = await open();
    await makeDraft(page);
    await page.getByRole('heading', { name: 'Draft ready' }).waitFor();
    await page.getByRole('heading', { name: 'The draft could not be made' }).waitFor();
    expect(await page.getByRole('status').first().innerText()).toContain('No such video');
    expect(stub.requests.at(-1)).toEqual({ content });
  });

  test('shows why an export was not accepted', async () => {
    const problem = {
      ...warning,
      severity: 'error',
      message: 'expected a list',
      hint: 'Paste the whole export.',
    };
    stub.answer(422, { title: 'Unprocessable', status: 422, detail: 'Not an export', problems: [problem] });
    const page = await open();
    await makeDraft(page);
    const alert = page.getByRole('alert');
    await alert.getByText('Not an export').waitFor();
    expect(await alert.innerText()).toMatch(/Error expected a list\s+Paste the whole export\./);
    expect(await page.getByRole('button', { name: 'Make draft' }).isEnabled()).toBe(true);
  });

  test('says when the server is gone', async () => {
    const page = await open();
    await page.route('**/api/**', (route) => route.abort());
    await makeDraft(page);
    await page.getByRole('alert').getByText('The server does not answer').waitFor();
  });

  test('takes a file by choice and by drop', async () => {
    const page = await open();
    const field = page.getByLabel('Coze export');
    const file = { name: 'export.json', mimeType: 'application/json', buffer: Buffer.from(content) };
    await page.getByLabel('Choose a file').setInputFiles(file);
    await expect.poll(() => field.inputValue()).toBe(content);
    const dropped = await page.evaluateHandle(() => {
      const transfer = new DataTransfer();
      transfer.items.add(new File(['{"dropped":1}'], 'b.json'));
      return transfer;
    });
    await field.dispatchEvent('drop', { dataTransfer: dropped });
    await expect.poll(() => field.inputValue()).toBe('{"dropped":1}');
  });

  test('can be used with the keyboard alone', async () => {
    stub.answer(200, accepted('k'), { k: [{ draft_id: 'k', status: 'completed', progress: 1 }] });
    const page = await open();
    const focused = () =>
      page.evaluate(() => {
        const element = document.activeElement as HTMLInputElement;
        return element.labels?.[0]?.firstChild?.textContent ?? element.textContent;
      });
    const visited: (string | null)[] = [];
    for (let step = 0; step < 8; step++) {
      await page.keyboard.press('Tab');
      visited.push(await focused());
      if (visited.at(-1)?.startsWith('Coze export')) await page.keyboard.type('[]');
    }
    expect(visited).toEqual([
      ...['Make a draft', 'Tools', '中文', 'Coze export (JSON)', 'Choose a file…'],
      ...['Time unit', 'Made for', 'Make draft'],
    ]);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Draft ready' }).waitFor();
    expect(stub.requests.at(-1)).toEqual({ content: '[]' });
  });

  test('lists the tools with their input, and keeps the form while one looks', async () => {
    const page = await open();
    await page.getByLabel('Coze export').fill('kept');
    await page.getByRole('link', { name: 'Tools' }).click();
    await page.getByRole('heading', { name: 'add_captions' }).waitFor();
    const tool = page.getByRole('listitem').filter({ hasText: 'add_captions' });
    await tool.getByText('Input (3)').click();
    expect(await tool.innerText()).toMatch(
      /Add timed captions\s+POST \/coze\/plugin\/v1\/drafts\/\{draft_id\}\/captions/,
    );
    expect(await tool.getByRole('term').allInnerTexts()).toEqual([
      'draft_id string, required',
      'captions array, required',
      'font_size number',
    ]);
    await page.getByRole('link', { name: 'Make a draft' }).click();
    expect(await page.getByLabel('Coze export').inputValue()).toBe('kept');
  });

  test('speaks the language of the browser, and the one that was chosen after that', async () => {
    const page = await open({ locale: 'zh-CN' }, '#tools');
    await page.getByRole('heading', { name: '工具', exact: true }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('zh-CN');
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('heading', { name: 'Tools', exact: true }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'Tools', exact: true }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
  });

  test('fits a phone, in light and in dark', async () => {
    const grounds = new Set<string>();
    for (const colorScheme of ['light', 'dark'] as const) {
      const page = await open({ viewport: { width: 320, height: 640 }, colorScheme });
      await page.getByLabel('Coze export').fill('x'.repeat(500));
      const look = await page.evaluate(() => ({
        overflow: document.documentElement.scrollWidth - innerWidth,
        ground: getComputedStyle(document.documentElement).backgroundColor,
      }));
      expect(look.overflow).toBeLessThanOrEqual(0);
      grounds.add(look.ground);
    }
    expect(grounds.size).toBe(2);
  });
});
