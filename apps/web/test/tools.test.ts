import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { call } from './support/api.ts';
import { NO_BROWSER, useBrowser } from './support/browser.ts';
import { testLooks } from './support/looks.ts';
import { type RealServer, startServer } from './support/server.ts';

describe.skipIf(NO_BROWSER)('tools', () => {
  let server: RealServer;
  beforeAll(async () => {
    server = await startServer();
  });
  afterAll(() => server?.close());
  const { open } = useBrowser(() => server.url);

  test('has a form for each, made from its schema, and shows what came of a call', async () => {
    const { draft_id: id } = await call(server.url, '/v1/drafts', { name: 'by form' });
    const page = await open({ at: '/tools' });
    await page.getByRole('searchbox').fill('captions');
    await page.getByRole('link', { name: /^add_captions/ }).click();
    await page.getByLabel('draft_id').fill(id);
    const captions = page.getByRole('group', { name: 'captions', exact: true });
    for (const number of [1, 2, 3]) {
      await captions.getByRole('button', { name: 'Add to captions' }).click();
      const caption = captions.getByRole('group', { name: `captions ${number}` });
      await caption.getByRole('textbox', { name: 'text', exact: true }).fill(`字幕 ${number}`);
      await caption.getByRole('textbox', { name: 'start', exact: true }).fill(String(number * 1_000_000));
      await caption
        .getByRole('textbox', { name: 'end', exact: true })
        .fill(String(number * 1_000_000 + 500_000));
    }
    await captions.getByRole('button', { name: 'Remove captions 2' }).click();
    await captions.getByRole('button', { name: /more fields of captions 1$/ }).click();
    await captions.getByLabel('text_color', { exact: true }).fill('#ff0000');
    await page.getByLabel('font_size').first().fill('12');
    await page.getByRole('button', { name: 'Run' }).click();
    await page.getByRole('region', { name: 'Answer' }).first().getByText('Status 200').waitFor();
    const timeline = JSON.stringify(await call(server.url, `/v1/drafts/${id}/timeline`));
    expect(timeline.match(/字幕 \d/g)).toEqual(['字幕 1', '字幕 3']);
    expect(timeline.toLowerCase()).toContain('#ff0000');
    expect(timeline).toMatch(/"size":\s*12\b/);
  });

  test('takes as JSON what has no form, and says where it is broken in the language of the page', async () => {
    const page = await open({ at: '/tools/edit_draft' });
    const edits = page.getByLabel('edits', { exact: false }).first();
    await edits.fill('[{"op": "mute",');
    await page.getByText('must be JSON: line 1, column 16').waitFor();
    expect(await page.getByRole('button', { name: 'Run' }).isDisabled()).toBe(true);
    await page.getByRole('button', { name: '中文' }).click();
    await page.getByText('必须是 JSON：第 1 行第 16 列有误').waitFor();
    await edits.fill('[]');
    expect(await page.getByRole('button', { name: '运行' }).isDisabled()).toBe(false);
  });

  test('speaks of tools and fields in the language of the page', async () => {
    const page = await open({ locale: 'zh-CN', at: '/tools' });
    await page.getByRole('searchbox').fill('字幕文件');
    await page.getByRole('link', { name: /^add_subtitles.*添加字幕文件中的字幕/ }).click();
    await page.getByText('字幕文件的地址，可代替 content').waitFor();
    await page.getByText('互相重叠的字幕会放到多条轨道上').waitFor();
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByText('Address of a subtitle file; instead of content').waitFor();
  });

  test('says what is missing in the words of the tool, in the language of the page', async () => {
    const page = await open({ locale: 'zh-CN', at: '/tools/add_captions' });
    await page.getByText('JSON', { exact: true }).click();
    await page.getByLabel('输入（JSON）').fill('{"draft_id": "x", "captions": [{"text": "Hi"}]}');
    await page.getByRole('button', { name: '运行' }).click();
    const alert = page.getByRole('alert');
    await alert.getByText('captions[0] 缺少 "start"').first().waitFor();
    await alert.getByText('start: 在时间线上的开始时间，单位微秒').waitFor();
  });

  test('shows the words of each whole, or where they are cut', async () => {
    const page = await open({ at: '/tools' });
    const list = page.getByRole('list').filter({ has: page.getByRole('link', { name: /^generate_draft/ }) });
    await list.waitFor();
    const overflow = () =>
      list.evaluate((one) => one.scrollWidth - one.parentElement!.parentElement!.clientWidth);
    expect(await overflow()).toBeLessThanOrEqual(0);
  });

  test('says in fields what the server finds wrong', async () => {
    const page = await open({ at: '/tools/create_draft' });
    await page.getByLabel('width').fill('3');
    await page.getByRole('button', { name: 'Run' }).click();
    await page.getByRole('alert').getByText(/width/).first().waitFor();
  });

  test('shows the request as a command that does the same', async () => {
    const page = await open({ at: '/tools/create_draft' });
    await page.getByLabel('name').fill("it's by curl");
    await page.getByLabel('fps').selectOption('25');
    const command = await page.getByRole('region', { name: 'As curl' }).last().innerText();
    expect(command).toContain(`${server.url}/v1/drafts`);
    const answer = execFileSync('sh', ['-c', `${command} -s`], { encoding: 'utf8' });
    const { name, canvas } = await call(server.url, `/v1/drafts/${JSON.parse(answer).draft_id}/timeline`);
    expect({ name, canvas }).toMatchObject({ name: "it's by curl", canvas: { fps: 25 } });
  });

  test('runs the examples of the manifest, typed as JSON as well', async () => {
    const page = await open({ at: '/tools/create_draft' });
    await page.getByRole('button', { name: 'Example: vertical' }).click();
    expect(await page.getByLabel('name').inputValue()).toBe('早间新闻');
    await page.getByText('JSON', { exact: true }).click();
    const field = page.getByLabel('Input as JSON');
    expect(JSON.parse(await field.inputValue())).toEqual({ name: '早间新闻', width: 1080, height: 1920 });
    await field.fill('{"name": "typed"}');
    await page.getByRole('button', { name: 'Run' }).click();
    await page.getByRole('region', { name: 'Answer' }).first().getByText('Status 200').waitFor();
  });

  testLooks('tools', open, {
    at: () => '/tools/add_captions',
    ready: (page) => page.getByRole('heading', { name: 'add_captions' }).waitFor(),
  });
});
