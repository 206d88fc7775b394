import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** What a caller signs with. */
export interface Credentials {
  key: string;
  secret: string;
  region: string;
}

/** A signature may be so old. */
const MAX_SKEW_MS = 15 * 60_000;

/**
 * Lets only requests through that are signed as Amazon describes version 4 of its signature: the service behind takes
 * any.
 */
export async function startSignedGate(options: { credentials: Credentials; port: number; behind: string }) {
  const { credentials, port, behind } = options;
  const server = createServer(async (asked, answer) => {
    const body = await buffer(asked);
    const wrong = mistakeIn(asked, body, credentials);
    if (wrong === undefined) return pass(asked, body, answer);
    const refused = `<?xml version="1.0" encoding="UTF-8"?><Error><Code>SignatureDoesNotMatch</Code><Message>${wrong}</Message></Error>`;
    answer.writeHead(403, { 'content-type': 'application/xml' }).end(asked.method === 'HEAD' ? '' : refused);
  });

  function pass(asked: IncomingMessage, body: Buffer, answer: ServerResponse): void {
    const { method = '', url = '', headers } = asked;
    const authorization = headers.authorization!.replace(/Credential=[^/]+/, `Credential=${behind}`);
    const sent = request({
      host: '127.0.0.1',
      port,
      method,
      path: url,
      headers: { ...headers, authorization },
    });
    sent.on('response', (got) => {
      answer.writeHead(got.statusCode!, got.headers);
      got.pipe(answer);
    });
    sent.on('error', () => answer.destroy()).end(body);
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** What is wrong with the signature of a request; nothing when it is right. */
function mistakeIn(
  { method = '', url = '', headers }: IncomingMessage,
  body: Buffer,
  { key, secret, region }: Credentials,
): string | undefined {
  const [, credential = '', signed = '', signature = ''] =
    /^AWS4-HMAC-SHA256 Credential=(\S+), SignedHeaders=(\S+), Signature=([0-9a-f]{64})$/.exec(
      headers.authorization ?? '',
    ) ?? [];
  const time = String(headers['x-amz-date']);
  const scope = [time.slice(0, 8), region, 's3', 'aws4_request'].join('/');
  if (credential !== `${key}/${scope}`)
    return 'the credential is not that of a caller, a day and this region';

  const at = Date.parse(time.replace(/^(....)(..)(..T..)(..)(..)Z$/, '$1-$2-$3:$4:$5Z'));
  if (!(Math.abs(Date.now() - at) < MAX_SKEW_MS)) return 'the time is not now';

  const names = signed.split(';');
  const needed = Object.keys(headers).filter((name) => name === 'host' || name.startsWith('x-amz-'));
  if (needed.some((name) => !names.includes(name))) return 'a header is not signed';

  const content = String(headers['x-amz-content-sha256']);
  if (content !== 'UNSIGNED-PAYLOAD' && content !== sha256(body)) return 'the content is not what was signed';

  const { pathname, searchParams } = new URL(url, 'http://gate');
  const query = [...searchParams]
    .map(([name, value]) => `${encoded(name)}=${encoded(value)}`)
    .toSorted()
    .join('&');
  const lines = names.map((name) => `${name}:${String(headers[name]).trim().replace(/ +/g, ' ')}\n`);
  const canonical = [method, pathname, query, lines.join(''), signed, content].join('\n');
  const text = ['AWS4-HMAC-SHA256', time, scope, sha256(canonical)].join('\n');
  const signing = scope.split('/').reduce<string | Buffer>((made, part) => hmac(made, part), `AWS4${secret}`);
  const wanted = hmac(signing, text);
  return timingSafeEqual(wanted, Buffer.from(signature, 'hex')) ? undefined : 'the signature is another';
}

const sha256 = (content: string | Buffer) => createHash('sha256').update(content).digest('hex');
const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();
const encoded = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
