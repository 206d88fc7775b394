import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { call } from './support/api.ts';
import { expectSoon, NO_BROWSER, useBrowser } from './support/browser.ts';
import { testLooks } from './support/looks.ts';
import { type RealServer, startServer } from './support/server.ts';

const CAPTION = { text: 'Good morning', start: 0, end: 1_500_000 };

describe.skipIf(NO_BROWSER)('drafts', () => {
  let server: RealServer;
  /** A draft with two revisions, and captions only in the newer one. */
  let id: string;
  beforeAll(async () => {
    server = await startServer({ env: { DRAFT_ROOT: 'FOLDER/editor' } });
    for (let number = 1; number <= 31; number++)
      await call(server.url, '/v1/drafts', { name: `film ${number}` });
    id = (await call(server.url, '/v1/drafts', { name: '早安' })).draft_id;
    await call(server.url, `/v1/drafts/${id}/captions`, { captions: [CAPTION] });
  });
  afterAll(() => server?.close());
  const { open } = useBrowser(() => server.url);

  test('lists them page by page, and finds one by its name', async () => {
    const page = await open({ at: '/drafts' });
    const rows = page.getByRole('main').getByRole('listitem');
    await page.getByText('30 of 32').waitFor();
    await page.getByRole('button', { name: 'Show more' }).click();
    await page.getByText('32 of 32').waitFor();
    expect(await rows.count()).toBe(32);
    await page.getByRole('searchbox').fill('早');
    await page.getByText('1 of 1').waitFor();
    expect(await rows.allInnerTexts()).toEqual([expect.stringContaining('Revision 2')]);
    await page.getByRole('searchbox').fill('no film is called so');
    await page.getByText('No draft is called like that').waitFor();
    await page.getByRole('searchbox').fill('早');
    await page.getByRole('link', { name: '早安' }).click();
    await page.getByRole('heading', { name: '早安', level: 1 }).waitFor();
  });

  test('a list that is opened far is without what somebody has deleted, wherever that stood', async () => {
    const made: string[] = [];
    for (let number = 1; number <= 33; number++)
      made.push((await call(server.url, '/v1/drafts', { name: `short-lived ${number}` })).draft_id);
    const page = await open({ at: '/drafts' });
    await page.getByRole('searchbox').fill('short-lived');
    await page.getByText('30 of 33').waitFor();
    await page.getByRole('button', { name: 'Show more' }).click();
    await page.getByText('33 of 33').waitFor();
    const remove = (id: string) => fetch(`${server.url}/v1/drafts/${id}`, { method: 'DELETE' });
    // At the bottom and at the top.
    await remove(made[0]!);
    await remove(made[32]!);
    await page.getByText('31 of 31').waitFor();
    expect(await page.getByRole('main').getByRole('listitem').count()).toBe(31);
    for (const id of made.slice(1, 32)) await remove(id);
  });

  test('shows a draft, follows its changes, and goes back to a former state', async () => {
    const page = await open({ at: `/drafts/${id}` });
    const revisions = page.getByRole('region', { name: 'Revisions' });
    await revisions.getByText('Revision 2 (newest)').waitFor();
    const picture = page.getByRole('img', { name: 'Drawing of the timeline of 早安' });
    const drawn = async () => decodeURIComponent((await picture.getAttribute('src')) ?? '');
    await expectSoon(drawn).toContain('Good morning');
    // Somebody else goes on with it.
    await call(server.url, `/v1/drafts/${id}/captions`, { captions: [{ ...CAPTION, text: 'Good night' }] });
    await revisions.getByText('Revision 3 (newest)').waitFor();
    await expectSoon(drawn).toContain('Good night');
    const row = (number: number) => revisions.locator('.revision').filter({ hasText: `Revision ${number}` });
    await row(2).getByRole('button', { name: 'Look at it' }).click();
    await page.getByRole('region', { name: 'Timeline of revision 2' }).waitFor();
    await expectSoon(drawn).not.toContain('Good night');
    await row(2).getByRole('button', { name: 'Restore' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Restore' }).click();
    await page.getByText('Revision 4 is the newest one now.').waitFor();
    const timeline = await call(server.url, `/v1/drafts/${id}/timeline`);
    expect(JSON.stringify(timeline)).not.toContain('Good night');
    await page.getByRole('button', { name: 'As JSON' }).click();
    await page.getByRole('region', { name: 'As JSON' }).getByText('"Good morning"').waitFor();
  });

  test('says what is wrong with the state that is shown, and calls no tool for it', async () => {
    const { draft_id: hasty } = await call(server.url, '/v1/drafts', { name: 'hasty' });
    const huge = { captions: [{ ...CAPTION, text: 'far too wide '.repeat(100) }], font_size: 80 };
    await call(server.url, `/v1/drafts/${hasty}/captions`, huge);
    const { total } = await call(server.url, '/v1/calls');
    const page = await open({ at: `/drafts/${hasty}` });
    const findings = page.getByRole('region', { name: 'Findings' });
    await findings.getByText('DR108').waitFor();
    await findings.getByText('1 warning').waitFor();
    const former = page.locator('.revision').filter({ hasText: 'Revision 1' });
    await former.getByRole('button', { name: 'Look at it' }).click();
    await findings.getByText('Nothing to find fault with.').waitFor();
    expect((await call(server.url, '/v1/calls')).total).toBe(total);
  });

  test('says that one is gone as soon as somebody else has deleted it', async () => {
    const { draft_id: gone } = await call(server.url, '/v1/drafts', { name: 'gone' });
    const page = await open({ at: `/drafts/${gone}` });
    await page.getByRole('heading', { name: 'gone', level: 1 }).waitFor();
    await fetch(`${server.url}/v1/drafts/${gone}`, { method: 'DELETE' });
    await page.getByRole('alert').getByText(`there is no draft "${gone}"`).waitFor();
  });

  test('is drawn in the colours of the page and in no others', async () => {
    const page = await open({ colorScheme: 'dark', at: '/drafts' });
    const drawn: (string | null)[] = [];
    page.on('request', (request) => {
      const { pathname, searchParams } = new URL(request.url());
      if (pathname.endsWith('timeline.svg')) drawn.push(searchParams.get('theme'));
    });
    await page.getByRole('link', { name: '早安' }).click();
    await page.getByRole('img', { name: /早安/ }).waitFor();
    expect(new Set(drawn)).toEqual(new Set(['dark']));
  });

  test('hands over the zip of one that was saved, and puts it into the editor', async () => {
    const { draft_id: saved } = await call(server.url, '/v1/drafts', { name: 'saved' });
    await call(server.url, `/v1/drafts/${saved}/captions`, { captions: [CAPTION] });
    await call(server.url, `/v1/drafts/${saved}/save`, {});
    const page = await open({ at: `/drafts/${saved}` });
    const download = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Download (zip)' }).click();
    expect(
      readFileSync(await (await download).path())
        .subarray(0, 2)
        .toString(),
    ).toBe('PK');
    await page.getByRole('button', { name: 'Put into the editor' }).click();
    await page.getByText('The draft is in JianYing.').waitFor();
  });

  test('says when there is no such draft', async () => {
    const page = await open({ at: '/drafts' });
    await page.goto(`${server.url}/#/drafts/not-there`);
    await page.getByRole('alert').getByText('there is no draft "not-there"').waitFor();
    expect(await page.getByRole('button', { name: 'Try again' }).count()).toBe(0);
    await page.getByRole('link', { name: 'All drafts' }).click();
    await page.getByRole('heading', { name: 'Drafts', level: 1 }).waitFor();
  });

  test('says of one without anything on it what puts something there', async () => {
    const { draft_id: blank } = await call(server.url, '/v1/drafts', { name: 'blank' });
    const page = await open({ at: `/drafts/${blank}` });
    await page.getByText('Nothing is on it yet').waitFor();
    await call(server.url, `/v1/drafts/${blank}/captions`, { captions: [CAPTION] });
    await page.getByRole('img', { name: 'Drawing of the timeline of blank' }).waitFor();
  });

  testLooks('drafts', open, { at: () => '/drafts', ready: (page) => page.getByText('早安').waitFor() });
  testLooks('draft', open, {
    at: () => `/drafts/${id}`,
    ready: (page) => page.getByRole('img', { name: /早安/ }).waitFor(),
  });
});
