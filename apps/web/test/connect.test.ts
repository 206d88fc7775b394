import { once } from 'node:events';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
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

describe.skipIf(NO_BROWSER)('connect', () => {
  let server: RealServer;
  beforeAll(async () => {
    server = await startServer();
  });
  afterAll(() => server?.close());
  const { open } = useBrowser(() => server.url);

  test('gives the address to import, and every document', async () => {
    const page = await open({ at: '/connect' });
    const copied = await watchClipboard(page);
    await page.getByText('Only this machine reaches the server').waitFor();
    const address = page.getByRole('region', { name: 'Import address' });
    await address.getByRole('button', { name: 'Copy address' }).click();
    const url = await copied();
    expect(url).toBe(`${server.url}/openapi.json?profile=coze`);
    const document = (await (await fetch(url!)).json()) as { openapi: string };
    expect(document.openapi).toBe('3.0.1');

    const download = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Download ai_plugin.json' }).click();
    expect((await download).suggestedFilename()).toBe('ai_plugin.json');
    await page.getByRole('button', { name: 'Show ai_plugin.json' }).click();
    await page.getByRole('region', { name: 'ai_plugin.json' }).getByText('schema_version').waitFor();
  });

  test('says step by step what to do elsewhere', async () => {
    const page = await open({ at: '/connect' });
    const steps = page.getByRole('region', { name: 'Step by step' });
    await steps.getByText('https://www.coze.cn').waitFor();
    await steps.getByText('coze.com', { exact: true }).click();
    await steps.getByText('https://www.coze.com').waitFor();
    await steps.getByText('Authorization: none is needed.').waitFor();
    await steps.getByRole('tab', { name: 'n8n' }).click();
    const command = await steps.getByText(/^curl -X POST/).innerText();
    const [, address] = /^curl -X POST '([^']+)'/.exec(command)!;
    // What is shown to be copied is answered by the tool.
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(address!, { method: 'POST', headers, body: '{}' });
    expect([200, 400]).toContain(answer.status);
    expect(await answer.text()).not.toContain('ROUTE_NOT_FOUND');
    await steps.getByRole('tab', { name: 'Dify' }).click();
    await steps.getByText(`${server.url}/openapi.json?profile=full`).waitFor();
  });

  test('has the server look at itself: without a public address there is nothing to see', async () => {
    const page = await open({ at: '/connect' });
    await page.getByRole('button', { name: 'Verify from outside' }).click();
    await page.getByText('Coze would not get through').waitFor();
    await page.getByText('PUBLIC_URL_MISSING').waitFor();
  });

  test.for(['light', 'dark', 'phone'] as const)('can be used by everybody: %s', async (look) => {
    const page = await open({ ...LOOKS[look], at: '/connect' });
    await page.getByRole('button', { name: /Verify from outside|从外部验证/ }).click();
    await page.getByText('PUBLIC_URL_MISSING').waitFor();
    await picture(page, `connect-${look}`);
    await expectAccessible(page);
  });
});

describe.skipIf(NO_BROWSER)('connect of a server with a public address', () => {
  let front: Server;
  let server: RealServer;
  beforeAll(async () => {
    front = createServer((incoming, answer) => {
      const { method, url, headers } = incoming;
      const forward = request(server.url + url, { method: method!, headers }, (got) => {
        answer.writeHead(got.statusCode!, got.headers);
        got.pipe(answer);
      });
      incoming.pipe(forward);
    });
    front.listen(0, '127.0.0.1');
    await once(front, 'listening');
    const { port } = front.address() as AddressInfo;
    server = await startServer({
      env: {
        COZECUT_SERVER_PUBLIC_URL: `http://127.0.0.1:${port}`,
        ENABLE_AUTH: 'true',
        PLUGIN_TOKEN: 'token-for-the-page',
      },
    });
  });
  afterAll(async () => {
    await server?.close();
    front.closeAllConnections();
    front.close();
  });
  const { open } = useBrowser(() => server.url);

  test('says what Coze would meet, one thing after the other', async () => {
    const page = await open({ at: '/connect' });
    await page.getByLabel('Token').fill('token-for-the-page');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('button', { name: 'Verify from outside' }).click();
    // An address of this machine is none that Coze takes; all else is in order.
    await page.getByText('NOT_A_DOMAIN').waitFor();
    const found = page.getByRole('region', { name: 'Verify from outside' }).getByRole('listitem');
    const words = (await found.allInnerTexts()).map((text) =>
      text.split('\n').filter(Boolean).slice(0, 2).join(' '),
    );
    expect(words).toEqual([
      'failed Address',
      'fine Connection',
      'fine This server',
      'fine Document',
      'fine Token arrives',
      'fine Tools',
    ]);
    await page.getByText('Bearer KEY').waitFor();
    await picture(page, 'connect-verified');
    await expectAccessible(page);
  });
});
