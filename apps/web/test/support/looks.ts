import type { Page } from 'playwright-core';
import { test } from 'vitest';
import { expectAccessible, LOOKS, type OpenOptions, picture } from './browser.ts';

/**
 * Looks at a page in light, in dark and on a phone (which speaks Chinese): a picture of each is kept, and axe finds
 * nothing serious.
 *
 * @param ready - Waits for what the page shows; its words may be of either language.
 */
export function testLooks(
  name: string,
  open: (options: OpenOptions) => Promise<Page>,
  options: { at: () => string; ready: (page: Page) => Promise<unknown>; allows?: RegExp },
): void {
  test.for(['light', 'dark', 'phone'] as const)(`looks right: ${name}, %s`, async (look) => {
    const { allows } = options;
    const page = await open({ ...LOOKS[look], at: options.at(), ...(allows && { allows }) });
    await options.ready(page);
    await picture(page, `${name}-${look}`);
    await expectAccessible(page);
  });
}
