import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findComponent, QUIET_CHROMIUM } from '@cozecut/tools/components';
import { makeSampleMedia } from '@cozecut/tools/sample-media';
import { chromium } from 'playwright-core';
import { expect, test } from 'vitest';
import { temporaryFolder, withServer } from './support.ts';

const chromiumPath = findComponent('chromium');
const isBuilt = existsSync(join(import.meta.dirname, '../../web/dist/index.html'));
const folder = temporaryFolder();

test.skipIf(chromiumPath === undefined || !isBuilt)('the page makes a draft on the real server', async () => {
  const media = await makeSampleMedia(join(folder, 'media'));
  const root = join(folder, 'drafts');
  mkdirSync(root);
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
  const env = { COZECUT_STORE: join(folder, 'store'), DRAFT_ROOT: root };
  await withServer([], { cwd: folder, env }, async (url) => {
    const browser = await chromium.launch({ executablePath: chromiumPath!, args: [...QUIET_CHROMIUM] });
    try {
      const page = await browser.newPage({ locale: 'zh-CN' });
      await page.goto(url);
      await page.locator('textarea').fill(JSON.stringify(content));
      await page.getByRole('button', { name: '生成草稿' }).click();
      const download = page.waitForEvent('download');
      await page.getByRole('link', { name: /zip|下载/i }).click();
      const zip = await (await download).path();
      expect(readFileSync(zip).subarray(0, 2).toString()).toBe('PK');
      const shots = process.env.COZECUT_SCREENSHOTS;
      if (shots) writeFileSync(join(shots, 'manual.png'), await page.screenshot({ fullPage: true }));
    } finally {
      await browser.close();
    }
  });
  expect(readdirSync(root)).toEqual(['页面草稿']);
});
