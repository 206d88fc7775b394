import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Emulator, type Scenario, startEmulator } from '@cozecut/coze-emulator';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectAccessible, LOOKS, NO_BROWSER, picture, useBrowser } from './support/browser.ts';
import { type RealServer, startServer } from './support/server.ts';

const WORKFLOW = '7400000000000000042';
const EXPORT = JSON.stringify({
  drafts: [
    {
      project: { name: '中国美食' },
      tracks: [
        {
          track_type: 'text',
          segments: [{ type: 'text', content: '小笼包', time_range: { start: 0, end: 1.5 } }],
        },
      ],
    },
  ],
});
const SCENARIO: Scenario = {
  turns: [
    {
      toolCalls: [{ name: 'generate_draft', arguments: { content: EXPORT } }],
      next: { answer: ['草稿做好了，', '打开剪映', '就能看到。'] },
    },
  ],
  workflows: {
    [WORKFLOW]: {
      interrupt: { type: 2, data: 'Which city?' },
      next: {
        interrupt: { type: 'local_plugin', call: { name: 'list_drafts', arguments: {} } },
        next: { output: { city: 'Bern' } },
      },
    },
  },
};

describe.skipIf(NO_BROWSER)('the local service', () => {
  let coze: Emulator;
  let server: RealServer;
  let root: string;
  beforeAll(async () => {
    coze = await startEmulator({ scenario: SCENARIO, bots: [{ id: '1' }, { id: '2', published: false }] });
    server = await startServer({
      env: {
        COZE_BASE_URL: coze.url,
        DRAFT_ROOT: 'FOLDER/com.lveditor.draft',
        COZECUT_STORE: 'FOLDER/store',
      },
    });
    root = join(server.folder, 'com.lveditor.draft');
    mkdirSync(root, { recursive: true });
  });
  afterAll(async () => {
    await server?.close();
    await coze?.close();
  });
  const { open } = useBrowser(() => server.url);
  const status = (page: Page, words: string) =>
    page
      .getByRole('region', { name: /Connection|连接/ })
      .getByRole('status')
      .getByText(words)
      .waitFor();

  test('does not show the state from before when the server is away', async () => {
    const page = await open({ at: '/local' });
    const light = page.getByRole('main').getByRole('status').first();
    await light.getByText('Off').waitFor();
    await page.route('**/livez', (route) => route.abort());
    await light.getByText('Server does not answer').waitFor();
    await page.unroute('**/livez');
    await light.getByText('Off').waitFor();
  });

  test('a person without a public address gets a draft into the editor', async () => {
    const page = await open({ ...LOOKS.light, locale: 'zh-CN', at: '/local' });
    await status(page, '未启动');
    await page.getByLabel('Bot ID').fill('1');
    const token = page.getByRole('textbox', { name: '扣子令牌' });
    await token.fill('pat_wrong');
    await page.getByRole('button', { name: '启动' }).click();
    await page.getByText('扣子不接受这个令牌').waitFor();
    await status(page, '出错');
    await picture(page, 'local-refused');

    await token.fill(coze.token);
    await page.getByRole('button', { name: '启动' }).click();
    await status(page, '就绪');
    await page.getByLabel('消息').fill('做一个介绍中国美食的视频');
    await page.keyboard.press('Enter');
    const answer = page.getByRole('group', { name: '回答' });
    await answer.getByText('草稿做好了，打开剪映就能看到。').waitFor();
    await page.getByText('草稿已放入剪映：中国美食').waitFor();
    expect(existsSync(join(root, '中国美食'))).toBe(true);
    expect(readFileSync(join(root, 'root_meta_info.json'), 'utf8')).toContain('中国美食');
    await status(page, '就绪');
    await picture(page, 'local-bot');
    // A call of a tool with all that is known about it.
    await page.getByRole('button', { name: /generate_draft/ }).click();
    await page.getByRole('region', { name: 'generate_draft 的输入' }).getByText('小笼包').waitFor();
    await page.getByRole('region', { name: 'generate_draft 的输出' }).waitFor();
    await picture(page, 'local-tool');
    await expectAccessible(page);
    // Whoever comes back sees the same.
    await page.reload();
    await page.getByText('草稿已放入剪映：中国美食').waitFor();
    expect(await answer.allInnerTexts()).toEqual(['草稿做好了，打开剪映就能看到。']);
    const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
    expect(kept).not.toContain(coze.token);
    await page.getByRole('button', { name: '停止' }).click();
    await status(page, '未启动');
    expect(await token.inputValue()).toBe('');
  });

  test('a bot that is not published is told, with what to do', async () => {
    const page = await open({ at: '/local' });
    await page.getByLabel('Bot id').fill('2');
    await page.getByRole('textbox', { name: 'Coze token' }).fill(coze.token);
    await page.getByRole('button', { name: 'Start' }).click();
    await page.getByText('This bot is not published to the API').waitFor();
    await page.getByText('publish it in Coze with the API channel switched on').waitFor();
  });

  test('a workflow is run with parameters and asks', async () => {
    const page = await open({ at: '/local' });
    await page.getByText('Workflow', { exact: true }).click();
    await page.getByRole('combobox', { name: 'Which one' }).click();
    await page.getByRole('option', { name: 'another one, by its id' }).click();
    await page.getByLabel('Workflow id').fill(WORKFLOW);
    await page.getByRole('textbox', { name: 'Coze token' }).fill(coze.token);
    await page.getByRole('button', { name: 'Start' }).click();
    await status(page, 'Ready');
    await page.getByLabel('Parameters (JSON)').fill('{ "topic": ');
    await page.getByText('Not a JSON object').waitFor();
    expect(await page.getByRole('button', { name: 'Run' }).isDisabled()).toBe(true);
    await page.getByLabel('Parameters (JSON)').fill('{ "topic": "weather" }');
    await page.getByRole('button', { name: 'Run' }).click();
    await page.getByLabel('Which city?').fill('Bern');
    await picture(page, 'local-question');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Answer' }).click();
    await page.getByRole('region', { name: 'Output', exact: true }).getByText('"city": "Bern"').waitFor();
    await status(page, 'Ready');
    const parameters = coze
      .transcript()
      .find(({ dir, route }) => dir === 'in' && route === '/v1/workflow/stream_run');
    expect(parameters!.body).toMatchObject({ parameters: { topic: 'weather' } });
    await page.getByRole('button', { name: 'Stop' }).click();
    await status(page, 'Off');
  });

  test.for(['light', 'dark', 'phone'] as const)('can be used by everybody: %s', async (look) => {
    const page = await open({ ...LOOKS[look], at: '/local' });
    await page.getByRole('region', { name: /Connection|连接/ }).waitFor();
    await picture(page, `local-${look}`);
    await expectAccessible(page);
  });
});
