import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { makeSampleMedia } from '@cozecut/tools/sample-media';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { expectAccessible, expectSoon, LOOKS, NO_BROWSER, picture, useBrowser } from './support/browser.ts';
import { captionsExport, contentField, makeDraft, pasteInto } from './support/manual.ts';
import { type RealServer, startServer } from './support/server.ts';

/** Line 6 has an end before its start. */
const MISTAKEN = `{"schema": "draft-timeline/1", "name": "mistaken", "timeUnit": "ms",
 "canvas": {"width": 1080, "height": 1920, "fps": 30},
 "tracks": [
  {"type": "text", "clips": [
   {"text": "one", "start": 0, "duration": 1000},
   {"text": "two", "start": 1000, "duration": -1000}
  ]}
 ]}
`;
const SRT = '1\n00:00:00,500 --> 00:00:02,000\nHello\n\n2\n00:00:02,000 --> 00:00:12,400\nWorld\n';

describe.skipIf(NO_BROWSER)('making drafts on this machine', () => {
  let server: RealServer;
  let editor: string;
  beforeAll(async () => {
    server = await startServer({
      env: { DRAFT_ROOT: 'FOLDER/editor', COZECUT_EGRESS_DENY_PRIVATE: 'false' },
    });
    editor = join(server.folder, 'editor');
  });
  afterAll(() => server?.close());
  const { open } = useBrowser(() => server.url);

  test('says what is wrong at its line as one types, and stops saying it when it is right', async () => {
    const page = await open();
    const field = contentField(page);
    await field.fill(MISTAKEN);
    const findings = page.getByRole('region', { name: 'Findings' });
    await findings.getByText('1 error').waitFor();
    expect(await findings.getByRole('listitem').allInnerTexts()).toEqual([
      expect.stringMatching(/duration must be positive[\s\S]*Line 6/),
    ]);
    expect(await page.locator('.cm-lint-marker-error').count()).toBe(1);
    await findings.getByRole('button', { name: 'Line 6' }).click();
    // The cursor stands at the value: what is typed now takes the place of its sign.
    await page.keyboard.press('Delete');
    await findings.getByText('1 error').waitFor({ state: 'detached' });
    expect(await field.innerText()).toContain('"start": 1000, "duration": 1000');
    await page.getByRole('img', { name: /^mistaken: 1 track, 2 clips/ }).waitFor();
  });

  test('says it in the language of the page, which may change in the middle', async () => {
    const page = await open({ locale: 'zh-CN' });
    await page.getByRole('textbox', { name: '草稿内容' }).fill(MISTAKEN);
    await page.getByText(/时长必须大于 0（实际为/).waitFor();
    expect(await page.getByText('duration must be positive').count()).toBe(0);
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByText('duration must be positive').waitFor();
    expect(await contentField(page).innerText()).toContain('"mistaken"');
  });

  test('says what it takes a text for in the language of the page, and why nothing is drawn', async () => {
    const page = await open({ locale: 'zh-CN' });
    const field = page.getByRole('textbox', { name: '草稿内容' });
    await field.fill(captionsExport('中文'));
    await page.getByText('Coze2JianYing 导出内容').waitFor();
    const short = JSON.parse(captionsExport('短'));
    short.drafts[0].tracks[0].segments = [{ type: 'text', content: 'one', time_range: { start: 0, end: 1 } }];
    await field.fill(JSON.stringify(short));
    await page.getByRole('button', { name: '毫秒：33.3毫秒' }).waitFor();
    await field.fill('[1, 2]');
    await page.getByText('请先处理检查结果中的错误').waitFor();
    await page.getByText(/^格式：/).waitFor();
  });

  test('takes an export of megabytes on one line, and stays at hand', async () => {
    const page = await open();
    const segment = { type: 'text', content: 'x'.repeat(100), time_range: { start: 0, end: 1.5 } };
    const segments = Array.from({ length: 10_000 }, (_, at) => ({
      ...segment,
      time_range: { start: at * 2, end: at * 2 + 1.5 },
    }));
    const tracks = [{ track_type: 'text', segments }];
    await pasteInto(page, JSON.stringify({ drafts: [{ project: { name: 'long' }, tracks }] }));
    await page.getByText('1 track, 10000 clips').waitFor();
    await page.getByRole('button', { name: 'Clear' }).click();
    await page.getByText('Nothing here yet').waitFor();
  });

  describe('a file that falls on the page', () => {
    /** Beside the editor, where a browser would go to the file. */
    const drop = async (page: Page, ...files: string[]) => {
      const cdp = await page.context().newCDPSession(page);
      const data = { items: [], files, dragOperationsMask: 1 };
      for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
        await cdp.send('Input.dispatchDragEvent', { type, x: 900, y: 700, data });
    };
    const put = (name: string, content: string | Buffer) => {
      const path = join(server.folder, name);
      writeFileSync(path, content);
      return path;
    };
    const CHINESE = SRT.replace('Hello', '你好，世界');

    test.for([
      ['with a byte order mark', Buffer.from(`\ufeff${CHINESE}`)],
      ['in UTF-16', Buffer.from(`\ufeff${CHINESE}`, 'utf16le')],
      ['in GB18030', Buffer.from(SRT.replace('Hello', '\xc4\xe3\xba\xc3\xa3\xac\xca\xc0\xbd\xe7'), 'latin1')],
    ] as const)('is read %s', async ([, content]) => {
      const page = await open();
      await drop(page, put('film.srt', content));
      await expectSoon(() => contentField(page).innerText()).toContain('你好，世界');
      await page.getByRole('img', { name: /^film: 1 track, 2 clips/ }).waitFor();
    });

    test('says what it is when it is no text, and what was there stays', async () => {
      const page = await open();
      await contentField(page).fill(SRT);
      const refused = page.getByRole('alert');
      const refusals: [files: string[], words: RegExp][] = [
        [
          [put('a.png', Buffer.from('\x89PNG\r\n\x1a\n\0\0', 'latin1'))],
          /a\.png was not read[\s\S]*a picture \(PNG\)/,
        ],
        [
          [put('a.zip', Buffer.from('PK\x03\x04\x14\0', 'latin1'))],
          /a\.zip is a zip, not a text[\s\S]*cozecut draft install FILE\.zip/,
        ],
        [
          [put('noise', Buffer.from(Array.from({ length: 512 }, (_, at) => at % 256)))],
          /noise was not read[\s\S]*encoding/,
        ],
        [
          [put('large.json', 'x'.repeat(17_000_000))],
          /large\.json was not read[\s\S]*may have 16777216 bytes/,
        ],
        [[put('empty.srt', ' \n')], /empty\.srt is empty/],
        [[put('one.srt', SRT), put('two.srt', SRT)], /One file at a time/],
        [[server.folder], /A folder is not read here[\s\S]*cozecut draft install FOLDER/],
      ];
      for (const [files, words] of refusals) {
        await drop(page, ...files);
        await refused
          .getByText(words)
          .or(refused.filter({ hasText: words }))
          .first()
          .waitFor();
        expect(await refused.count()).toBe(1);
      }
      expect(await contentField(page).innerText()).toContain('World');
      expect(page.url()).toBe(`${server.url}/#/manual`);
      await expectAccessible(page);
      await drop(page, put('right.srt', CHINESE));
      await expectSoon(() => contentField(page).innerText()).toContain('你好');
      expect(await refused.count()).toBe(0);
    });

    test('gives its name to nothing but its own text', async () => {
      const page = await open();
      await drop(page, put('film.srt', SRT));
      await page.getByRole('img', { name: /^film: / }).waitFor();
      await page.getByLabel('Time unit').selectOption('ms');
      await contentField(page).focus();
      await page.keyboard.press('Control+A');
      await pasteInto(page, SRT.replace('Hello', 'Hi'));
      await page.getByRole('img', { name: /1 track, 2 clips/ }).waitFor();
      await expectSoon(() => page.getByRole('img', { name: /^film: / }).count()).toBe(0);
      expect(await page.getByLabel('Time unit').inputValue()).toBe('auto');
    });
  });

  test('counts, draws and zooms what was put in', async () => {
    const page = await open();
    await page
      .getByLabel('Choose a file')
      .or(page.locator('input[type=file]'))
      .first()
      .setInputFiles({
        name: 'film.srt',
        mimeType: 'text/plain',
        buffer: Buffer.from(SRT),
      });
    const drawing = page.getByRole('img', { name: 'film: 1 track, 2 clips, 0 media files, 12.4 sec' });
    await drawing.waitFor();
    const width = async () => (await drawing.boundingBox())!.width;
    const small = await width();
    await page.getByRole('group', { name: /^Timeline/ }).focus();
    await page.keyboard.press('+');
    await expectSoon(width).toBeGreaterThan(small * 1.3);
    await page.keyboard.press('0');
    await expectSoon(width).toBe(small);
  });

  test('a long one can be read when it is zoomed, and what one looks at stays in the middle', async () => {
    const page = await open();
    const clips = Array.from({ length: 2_000 }, (_, at) => ({
      text: `t${at}`,
      start: at * 2,
      duration: 1.5,
    }));
    const canvas = { width: 1080, height: 1920, fps: 30 };
    const tracks = [{ type: 'text', clips }];
    await pasteInto(
      page,
      JSON.stringify({ schema: 'draft-timeline/1', name: 'hour', timeUnit: 's', canvas, tracks }),
    );
    const drawing = page.getByRole('img', { name: /^hour: 1 track, 2000 clips/ });
    await drawing.waitFor();
    const place = page.getByRole('group', { name: /^Timeline/ });
    const zoomIn = page.getByRole('button', { name: 'Zoom in' });
    await zoomIn.click();
    await place.evaluate((one) => one.scrollTo({ left: one.scrollWidth / 2 - one.clientWidth / 2 }));
    while (await zoomIn.isEnabled()) await zoomIn.click();
    const middle = await place.evaluate((one) => (one.scrollLeft + one.clientWidth / 2) / one.scrollWidth);
    expect(middle).toBeCloseTo(0.5, 2);
    // Every clip is wide enough for its words.
    const words = async () => {
      const svg = decodeURIComponent((await drawing.getAttribute('src')) ?? '');
      return [...svg.matchAll(/<text class="words-on"[^>]*>(.*?)<\/text>/g)].map(([, text]) => text);
    };
    await expectSoon(words).toHaveLength(clips.length);
    await picture(page, 'manual-long');
  });

  test('says that it still reads when that takes its time', async () => {
    const page = await open();
    const mayAnswer = Promise.withResolvers<void>();
    await contentField(page).fill(SRT);
    await page.getByRole('img', { name: /1 track, 2 clips/ }).waitFor();
    await page.route('**/v1/check', async (route) => {
      await mayAnswer.promise;
      await route.continue();
    });
    await contentField(page).fill(SRT.replace('2\n00:00:02,000 --> 00:00:12,400\nWorld\n', ''));
    await page.getByText('Reading…').waitFor();
    mayAnswer.resolve();
    await page.getByRole('img', { name: /1 track, 1 clip,/ }).waitFor();
    await page.getByText('Reading…').waitFor({ state: 'detached' });
  });

  test('asks for the unit when the times do not tell, with what each would mean', async () => {
    const page = await open();
    const text = captionsExport('units').replaceAll('1.5', '1500').replace('"end":3}', '"end":12400}');
    await contentField(page).fill(text);
    await page.getByText('length not known yet').waitFor();
    await page.getByRole('button', { name: 'Milliseconds: 12.4 sec' }).click();
    await page.getByRole('img', { name: /12\.4 sec$/ }).waitFor();
    expect(await page.getByLabel('Time unit').inputValue()).toBe('ms');
    // One long line has become many, so that findings have a line to stand at.
    expect(await page.locator('.cm-line').count()).toBeGreaterThan(20);
  });

  test('makes a draft of media, puts it into the editor, and hands over the zip', async () => {
    const media = await makeSampleMedia(join(server.folder, 'media'));
    const content = {
      drafts: [
        {
          project: { name: '页面草稿', width: 1080, height: 1920, fps: 30 },
          tracks: [
            {
              track_type: 'video',
              segments: [{ type: 'video', material_url: media.video, time_range: { start: 0, end: 5000 } }],
            },
          ],
        },
      ],
    };
    const page = await open();
    await contentField(page).fill(JSON.stringify(content));
    // The unit is found out from the length of the film.
    await page.getByText('Which unit are the times in?').waitFor();
    await page.getByRole('button', { name: 'Make draft' }).click();
    await page.getByText('The draft is in JianYing. Open JianYing to see it.').waitFor();
    const download = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Download (zip)' }).click();
    const zip = await download;
    expect(zip.suggestedFilename()).toBe('页面草稿.zip');
    expect(
      readFileSync(await zip.path())
        .subarray(0, 2)
        .toString(),
    ).toBe('PK');
    expect(readdirSync(editor)).toContain('页面草稿');
    expect(readFileSync(join(editor, 'root_meta_info.json'), 'utf8')).toContain('页面草稿');
    await picture(page, 'manual-made');
  });

  test('shows how far each download is', async () => {
    const film = readFileSync((await makeSampleMedia(join(server.folder, 'media'))).video);
    const isSeen = Promise.withResolvers<void>();
    const host = createServer(async (_request, response) => {
      response.writeHead(200, { 'content-type': 'video/mp4', 'content-length': film.length });
      response.write(film.subarray(0, film.length / 2));
      await isSeen.promise;
      response.end(film.subarray(film.length / 2));
    });
    await new Promise<void>((resolve) => host.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void host.close());
    const url = `http://127.0.0.1:${(host.address() as AddressInfo).port}/films/long%20walk.mp4?key=secret`;
    const page = await open();
    const clips = [{ media: url, start: 0, duration: 1 }];
    const canvas = { width: 1080, height: 1920, fps: 30 };
    const tracks = [{ type: 'video', clips }];
    const timeline = { schema: 'draft-timeline/1', name: 'walk', timeUnit: 's', canvas, tracks };
    await contentField(page).fill(JSON.stringify(timeline));
    await page.getByRole('button', { name: 'Make draft' }).click();
    const bar = page.getByRole('progressbar', { name: 'long walk.mp4' });
    await expectSoon(async () => Number(await bar.getAttribute('aria-valuenow'))).toBeGreaterThan(0);
    await picture(page, 'manual-downloading');
    isSeen.resolve();
    await page.getByRole('heading', { name: 'Draft ready' }).waitFor();
  });

  test('does not touch the list of an editor that is open', async () => {
    const jianying = spawn('sleep', ['600'], { argv0: 'JianyingPro' });
    onTestFinished(() => void jianying.kill());
    const page = await open();
    await makeDraft(page, captionsExport('while it is open'));
    const refusal = page.getByRole('alert').filter({ hasText: 'The editor is open' });
    await refusal.waitFor();
    await picture(page, 'manual-refused');
    await expectAccessible(page);
    const ended = new Promise((resolve) => jianying.once('exit', resolve));
    jianying.kill();
    await ended;
    await refusal.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('The draft is in JianYing.').waitFor();
  });

  test('says why an export was not accepted', async () => {
    const page = await open();
    await contentField(page).fill('{"drafts": [oops]}');
    await page
      .getByRole('region', { name: 'Findings' })
      .getByText(/not valid JSON at line 1/)
      .waitFor();
    await page.getByRole('button', { name: 'Make draft' }).click();
    await page
      .getByRole('alert')
      .getByText(/not valid JSON/)
      .first()
      .waitFor();
    expect(await page.getByRole('button', { name: 'Make draft' }).isEnabled()).toBe(true);
  });

  test('says the first of thousands of mistakes, and how many there are', async () => {
    const page = await open();
    const clips = Array.from({ length: 2_000 }, (_, at) => ({ text: 'x', start: at, duration: -1 }));
    const tracks = [{ type: 'text', clips }];
    const canvas = { width: 1080, height: 1920, fps: 30 };
    const timeline = { schema: 'draft-timeline/1', name: 'worst', timeUnit: 'ms', canvas, tracks };
    await pasteInto(page, JSON.stringify(timeline));
    await page.getByText('2000 errors').waitFor();
    await page.getByText(/^The first 200 of 200\d are shown\.$/).waitFor();
    await page.getByRole('button', { name: 'Make draft' }).click();
    const refusal = page.getByRole('alert');
    await refusal.getByText(/^The first 20 of 200\d are shown\.$/).waitFor();
    expect(await refusal.getByRole('listitem').count()).toBe(20);
  });

  test('keeps what was typed while one looks at another page', async () => {
    const page = await open();
    await contentField(page).fill(SRT);
    await page.getByRole('link', { name: 'Tools' }).click();
    await page.getByRole('heading', { name: 'Tools', level: 1 }).waitFor();
    await page.goBack();
    await expectSoon(() => contentField(page).innerText()).toContain('World');
  });

  test('can be used with the keyboard alone', async () => {
    const page = await open();
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('To the content');
    await page.keyboard.press('Enter');
    const pressUntil = async (what: () => Promise<boolean>) => {
      for (let step = 0; step < 20 && !(await what()); step++) await page.keyboard.press('Tab');
      expect(await what()).toBe(true);
    };
    const field = contentField(page);
    await pressUntil(() => field.evaluate((element) => element === document.activeElement));
    await page.keyboard.insertText(captionsExport('by keyboard'));
    await page.getByText('1 track, 2 clips, 0 media files, 3 sec').waitFor();
    const button = page.getByRole('button', { name: 'Make draft' });
    await pressUntil(() => button.evaluate((element) => element === document.activeElement));
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Draft ready' }).waitFor();
  });

  test.for(['light', 'dark', 'phone'] as const)('looks right: %s', async (look) => {
    const page = await open(LOOKS[look]);
    const field = page.getByRole('textbox').first();
    await field.fill(MISTAKEN.replace('-1000', '2000'));
    await page.getByRole('img', { name: /^mistaken/ }).waitFor();
    await picture(page, `manual-${look}`);
    await field.fill(MISTAKEN);
    await page.locator('.cm-lint-marker-error').waitFor();
    await picture(page, `manual-findings-${look}`);
    await expectAccessible(page);
  });
});

describe.skipIf(NO_BROWSER)('making drafts on a server elsewhere', () => {
  let server: RealServer;
  const token = 'token-for-the-page';
  beforeAll(async () => {
    server = await startServer({
      env: { ENABLE_AUTH: 'true', PLUGIN_TOKEN: token, PUBLIC_URL: 'https://example.com', PORT: '0' },
      args: ['--deployment', 'cloud'],
    });
  });
  afterAll(() => server?.close());
  const { open } = useBrowser(() => server.url);

  test('ends with a zip, and what to do with it', async () => {
    const page = await open();
    await page.getByLabel('Token').fill(token);
    await page.getByRole('button', { name: 'Continue' }).click();
    await contentField(page).waitFor();
    expect(await page.getByRole('checkbox').count()).toBe(0);
    await makeDraft(page, captionsExport('elsewhere'));
    await page.getByText('cozecut draft install').waitFor();
    const download = page.waitForEvent('download');
    await page.getByText('Download (zip)').click();
    const zip = await download;
    expect(zip.suggestedFilename()).toBe('elsewhere.zip');
    expect(
      readFileSync(await zip.path())
        .subarray(0, 2)
        .toString(),
    ).toBe('PK');
  });
});
