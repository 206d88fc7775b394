import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';
import { cozecut, start, temporaryFolder } from './support.ts';

const folder = temporaryFolder();
const WAIT = { timeout: 20_000 };

/** A stand-in on loopback for a tunnel: it passes everything on to the port it is told. */
const TUNNEL = `import http from 'node:http';
const port = Number(process.argv[2]);
const server = http.createServer((request, response) => {
  const target = { host: '127.0.0.1', port, path: request.url, method: request.method,
    headers: { ...request.headers, host: 'public.example.com' } };
  request.pipe(http.request(target, (answer) => {
    response.writeHead(answer.statusCode, answer.headers);
    answer.pipe(response);
  }));
});
server.listen(0, '127.0.0.1', () => {
  console.error('starting');
  console.error('your address is http://127.0.0.1:' + server.address().port + '/');
});
`;

test('a tunnel leads to the server, whose documents name its address, and ends with it', async () => {
  const cwd = join(folder, 'tunnel');
  mkdirSync(cwd);
  writeFileSync(join(cwd, 'tunnel.mjs'), TUNNEL);
  const env = { PLUGIN_TOKEN: 'a-token', COZECUT_STORE: join(cwd, 'store') };
  const tunnel = `"${process.execPath}" "${join(cwd, 'tunnel.mjs')}" {port}`;
  const child = start(['serve', '--port', '0', '--json', '--tunnel', tunnel], { cwd, env });
  const ended = once(child, 'close');
  try {
    const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
    const { url, public_url: address } = JSON.parse(line);
    expect(address).not.toBe(url);
    const documents = (await (await fetch(`${address}/openapi.json?profile=coze`)).json()) as {
      servers: unknown;
    };
    expect(documents.servers).toEqual([{ url: address }]);
    const list = (token?: string) =>
      fetch(
        `${address}/api/draft/list`,
        token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } },
      );
    expect((await list()).status).toBe(401);
    expect((await list('a-token')).status).toBe(200);
    child.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
    await expect(fetch(`${address}/livez`)).rejects.toThrow();
  } finally {
    child.kill('SIGKILL');
  }
});

test.each([
  ['without a token', {}, 'true', 'PLUGIN_TOKEN'],
  ['with authentication switched off', { PLUGIN_TOKEN: 'x', ENABLE_AUTH: 'false' }, 'true', 'ENABLE_AUTH'],
  ['by a program that is not there', { PLUGIN_TOKEN: 'x', PATH: '/nowhere' }, 'cloudflared', 'cloudflared'],
  ['by a program that tells no address', { PLUGIN_TOKEN: 'x' }, 'echo no luck', 'no luck'],
])('nothing is made public %s', async (name, env, tunnel, says) => {
  const cwd = join(folder, name);
  mkdirSync(cwd);
  const run = await cozecut(['serve', '--port', '0', '--tunnel', tunnel], {
    cwd,
    env: { ...env, COZECUT_STORE: join(cwd, 'store') } as Record<string, string>,
  });
  expect(run.code).not.toBe(0);
  expect(run.stderr).toContain(says);
});

test.skipIf(process.platform === 'win32')(
  'a tunnel ends with the program, also while its address is waited for',
  async () => {
    const cwd = join(folder, 'left alone');
    mkdirSync(cwd);
    const env = { PLUGIN_TOKEN: 'a-token', COZECUT_STORE: join(cwd, 'store') };
    const child = start(['serve', '--port', '0', '--tunnel', 'echo $$ > tunnel.pid; sleep 600'], {
      cwd,
      env,
    });
    const ended = once(child, 'close');
    try {
      const pid = await expect
        .poll(
          () => existsSync(join(cwd, 'tunnel.pid')) && readFileSync(join(cwd, 'tunnel.pid'), 'utf8'),
          WAIT,
        )
        .toMatch(/^\d+\n$/)
        .then(() => Number(readFileSync(join(cwd, 'tunnel.pid'), 'utf8')));
      child.kill('SIGTERM');
      expect(await ended).toEqual([130, null]);
      expect(() => process.kill(pid, 0)).toThrow('ESRCH');
    } finally {
      child.kill('SIGKILL');
    }
  },
);

test.skipIf(process.platform === 'win32')(
  'a tunnel that does not want to end is ended; its address is what it says, bare',
  async () => {
    const cwd = join(folder, 'stubborn');
    mkdirSync(cwd);
    const env = { PLUGIN_TOKEN: 'a-token', COZECUT_STORE: join(cwd, 'store') };
    const tunnel = `trap '' TERM; printf 'garbage http://[ \\n\\033[32mhttps://a.example.com/\\033[0m.\\n'; while :; do sleep 1; done`;
    const child = start(['serve', '--port', '0', '--json', '--tunnel', tunnel], { cwd, env });
    const ended = once(child, 'close');
    try {
      const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
      expect(JSON.parse(line)).toMatchObject({ public_url: 'https://a.example.com' });
      child.kill('SIGTERM');
      expect(await ended).toEqual([0, null]);
    } finally {
      child.kill('SIGKILL');
    }
  },
);
