import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import { call, openHouse } from './harness.ts';

const MANIFEST = `apiVersion: cozecut/v1
kind: Plugin
metadata: { name: echo, version: 1.0.0 }
tools:
  - name: echo
    summary: Say the same
    handler: ./echo.ts#echo
    http: { method: POST, path: /v1/echo }
    input:
      type: object
      properties:
        id: { type: string, description: Id }
        ids: { type: array, items: { type: string }, description: Ids }
        count: { type: integer, description: Count }
        share: { type: number, description: Share }
        any: { description: Anything }
    output: { type: object, properties: { said: { type: string, description: JSON of the input } } }
deployments: { local: { modes: [cloud], server: { host: 127.0.0.1, port: 0 } } }
`;

async function openEcho() {
  const folder = mkdtempSync(join(tmpdir(), 'cozecut-echo-'));
  writeFileSync(join(folder, 'plugin.yaml'), MANIFEST);
  writeFileSync(
    join(folder, 'echo.ts'),
    'export const echo = (input) => ({ said: JSON.stringify(input) });\n',
  );
  const house = await openHouse(join(folder, 'plugin.yaml'));
  onTestFinished(async () => {
    await house.close();
    rmSync(folder, { recursive: true });
  });
  return house.start();
}

test('a number with more digits than a number holds is its digits, to REST and to Coze', async () => {
  const { url } = await openEcho();
  const said = async (path: string, body: string) => {
    const { body: answer } = await call(url + path, body);
    return answer.said ?? answer.code ?? answer.error_code;
  };
  for (const path of ['/v1/echo', '/coze/plugin/v1/echo']) {
    const echo = (body: string) => said(path, body);
    expect(await echo('{"id":12345678901234567890,"ids":[9007199254740993,"7"]}')).toBe(
      '{"id":"12345678901234567890","ids":["9007199254740993","7"]}',
    );
    expect(await echo('{"count":9007199254740993}')).toBe('INPUT_INVALID');
    expect(await echo('{"count":9007199254740991}')).toBe('{"count":9007199254740991}');
    // A fraction is as near as it can be, as in every other program.
    expect(await echo('{"share":0.1234567890123456789}')).toBe('{"share":0.12345678901234568}');
    expect(await echo('{"any":{"id":-12345678901234567890}}')).toContain('-12345678901234567890');
    expect(await echo('{"id":"12345678901234567890 \\" 1e999"}')).toContain('12345678901234567890 \\" 1e999');
  }
});

test('bodies are JSON in Unicode, packed or not; an empty one is an empty object', async () => {
  const { url } = await openEcho();
  const at = `${url}/v1/echo`;
  const send = (body: string | Buffer<ArrayBuffer> | null, headers: Record<string, string> = {}) =>
    call(at, undefined, { method: 'POST', body, headers });
  const text = '{"id":"你好"}';
  expect((await send(gzipSync(text), { 'content-encoding': 'gzip' })).body).toEqual({ said: text });
  const type = (charset: string) => ({ 'content-type': `application/json; charset=${charset}` });
  const wide = Buffer.from(text, 'utf16le');
  expect((await send(wide, type('utf-16le'))).body).toEqual({ said: text });
  expect((await send(`\uFEFF${text}`, type('"UTF-8"'))).body).toEqual({ said: text });
  for (const charset of ['latin1', 'gbk', 'nonsense'])
    expect((await send(text, type(charset))).status).toBe(415);
  for (const [bytes, charset] of [
    [Buffer.from('{"id":"\xe4"}', 'latin1'), 'utf-8'],
    [Buffer.concat([wide, Buffer.from([0])]), 'utf-16le'],
  ] as const) {
    const { status, body } = await send(bytes, type(charset));
    expect([status, body.code, body.detail]).toEqual([
      400,
      'INPUT_INVALID',
      `the body is not ${charset.toUpperCase()}`,
    ]);
  }
  for (const empty of [null, '', '{}']) expect((await send(empty)).body).toEqual({ said: '{}' });
  for (const wrong of ['{', '[1', 'x', '{"id":1}}', `${'['.repeat(5_000)}`]) {
    const { status, body } = await send(wrong);
    expect([wrong.slice(0, 9), status, body.code]).toEqual([wrong.slice(0, 9), 400, 'INPUT_INVALID']);
  }
  for (const other of ['[]', '1', '"x"', 'null']) expect((await send(other)).status).toBeLessThan(500);
});
