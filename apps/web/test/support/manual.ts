import type { Locator, Page } from 'playwright-core';

/** The field that takes what drafts are made of. */
export function contentField(page: Page): Locator {
  return page.getByRole('textbox', { name: 'What the draft is made of' });
}

/** An export whose times are in seconds and which plays no files. */
export function captionsExport(name: string): string {
  return JSON.stringify({
    drafts: [
      {
        project: { name, width: 1080, height: 1920, fps: 30 },
        tracks: [
          {
            track_type: 'text',
            segments: [
              { type: 'text', content: 'one', time_range: { start: 0, end: 1.5 } },
              { type: 'text', content: 'two', time_range: { start: 1.5, end: 3 } },
            ],
          },
        ],
      },
    ],
  });
}

/** Puts a text in as a paste does, at once; the clipboard itself is not at hand without a window. */
export async function pasteInto(page: Page, text: string): Promise<void> {
  await contentField(page).focus();
  await page.evaluate((pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', pasted);
    const paste = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true });
    document.activeElement?.dispatchEvent(paste);
  }, text);
}

/** Makes a draft through the page. */
export async function makeDraft(page: Page, content: string): Promise<void> {
  await contentField(page).fill(content);
  await page.getByRole('button', { name: 'Make draft' }).click();
  await page.getByRole('heading', { name: 'Draft ready' }).waitFor();
}
