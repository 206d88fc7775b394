import { expect, onTestFinished, test } from 'vitest';
import { call, openHouse } from './harness.ts';

/** Where the documents of a server say that it is. */
async function addressSaid(isBehindProxy: boolean, headers: Record<string, string>) {
  const house = await openHouse();
  onTestFinished(() => house.close());
  const { url } = await house.start({ isBehindProxy });
  const { body } = await call(`${url}/openapi.json?profile=full`, undefined, { headers });
  return { said: body.servers[0].url, own: url };
}

const forwarded = { 'x-forwarded-host': 'drafts.example.com', 'x-forwarded-proto': 'https' };

test('addresses begin with the name that was asked for, at a proxy only where one is trusted', async () => {
  expect((await addressSaid(true, forwarded)).said).toBe('https://drafts.example.com');
  const behind = await addressSaid(true, {});
  expect(behind.said).toBe(behind.own);
  const { said, own } = await addressSaid(false, forwarded);
  expect(said).toBe(own);
});
