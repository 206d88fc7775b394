import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  expectAccessible,
  LOOKS,
  NO_BROWSER,
  picture,
  useBrowser,
  watchClipboard,
} from './support/browser.ts';
import { type RealServer, startServer } from './support/server.ts';

const ADMIN = 'token-of-the-admin';
const MANIFEST_TOKEN = { ENABLE_AUTH: 'true', PLUGIN_TOKEN: ADMIN };

describe.skipIf(NO_BROWSER)('keys', () => {
  let server: RealServer;
  beforeAll(async () => {
    server = await startServer();
  });
  afterAll(() => server?.close());
  const { open } = useBrowser(() => server.url);

  test('a key is shown once, can be copied, says when it was used, and is taken back after a question', async () => {
    const page = await open({ at: '/keys' });
    const copied = await watchClipboard(page);
    await page.getByText('There is no key yet').waitFor();
    await page.getByLabel('Name').fill('coze');
    await page.getByLabel('Owner').fill('alice');
    await page.getByRole('checkbox', { name: 'administer' }).check();
    await page.getByRole('combobox', { name: 'Ends' }).click();
    await page.getByRole('option', { name: 'after 30 days' }).click();
    await page.getByRole('button', { name: 'Make the key' }).click();
    const shown = page.getByRole('region', { name: 'Your new key “coze”' });
    const text = await shown.getByLabel('Key', { exact: true }).innerText();
    await shown.getByRole('button', { name: 'Copy the key' }).click();
    await shown.getByRole('button', { name: 'Copied', exact: true }).waitFor();
    expect(await copied()).toBe(text);
    await picture(page, 'keys-made');
    await expectAccessible(page);

    const headers = { authorization: `Bearer ${text}` };
    const listed = (await (await fetch(`${server.url}/v1/tokens`, { headers })).json()) as {
      tokens: { id: string; owner: string; scopes: string[]; created_at: string; expires_at: string }[];
    };
    const [made] = listed.tokens;
    expect(made).toMatchObject({ owner: 'alice', scopes: ['tools:call', 'admin'] });
    const days = (Date.parse(made!.expires_at) - Date.parse(made!.created_at)) / 86_400_000;
    expect(Math.round(days)).toBe(30);

    await page.getByRole('button', { name: 'I have copied it' }).click();
    await page.reload();
    const row = page.getByRole('listitem').filter({ hasText: /coze/ });
    await row.getByText('never').first().waitFor();
    expect(await page.content()).not.toContain(text);
    await row.getByRole('button', { name: 'Revoke coze' }).click();
    const dialog = page.getByRole('dialog', { name: 'Revoke “coze”?' });
    await picture(page, 'keys-revoke');
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Keep it' }).last().click();
    await row.getByText('valid').waitFor();
    await row.getByRole('button', { name: 'Revoke coze' }).click();
    await dialog.getByRole('button', { name: 'Revoke', exact: true }).click();
    await page.getByText('There is no key yet').waitFor();
    await dialog.waitFor({ state: 'hidden' });
    await page.getByRole('switch', { name: 'Show those that are over' }).press('Space');
    await page.getByRole('listitem').filter({ hasText: /coze/ }).getByText('revoked').waitFor();
  });

  test('one that is used or taken back elsewhere is seen to be, without a word', async () => {
    const made = await fetch(`${server.url}/v1/tokens`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'elsewhere' }),
    });
    const { id } = (await made.json()) as { id: string };
    const page = await open({ at: '/keys' });
    const row = page.getByRole('listitem').filter({ hasText: 'elsewhere' });
    await row.waitFor();
    await fetch(`${server.url}/v1/tokens/${id}`, { method: 'DELETE' });
    await row.waitFor({ state: 'detached' });
  });

  test('on a phone everything of a key is in sight, however long its name is', async () => {
    const name = 'W'.repeat(60);
    await fetch(`${server.url}/v1/tokens`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name }),
    });
    const page = await open({ ...LOOKS.phone, locale: 'en-GB', at: '/keys' });
    const box = (await page.getByRole('button', { name: `Revoke ${name}` }).boundingBox())!;
    expect(box.x + box.width).toBeLessThanOrEqual(LOOKS.phone.viewport.width);
    await expectAccessible(page);
  });

  test.for(['light', 'dark', 'phone'] as const)('can be used by everybody: %s', async (look) => {
    await fetch(`${server.url}/v1/tokens`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name: `n8n ${look}` }),
    });
    const page = await open({ ...LOOKS[look], at: '/keys' });
    await page.getByText(`n8n ${look}`).waitFor();
    await picture(page, `keys-${look}`);
    await expectAccessible(page);
  });
});

describe.skipIf(NO_BROWSER)('keys of a server that wants one', () => {
  let server: RealServer;
  beforeAll(async () => {
    server = await startServer({ env: MANIFEST_TOKEN });
  });
  afterAll(() => server?.close());
  const { open } = useBrowser(() => server.url);

  test('are for those who may do everything', async () => {
    const page = await open({ at: '/keys' });
    await page.getByLabel('Token').fill(ADMIN);
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByText('this token does not have the scope admin').waitFor();
    expect(await page.getByRole('button', { name: 'Make the key' }).count()).toBe(0);
  });
});
