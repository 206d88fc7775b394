import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** One request, and whether the body of its answer is what was hoped for. */
export interface Shot {
  method: string;
  path: string;
  body?: unknown;
}

/** How much is sent. */
export type Amount = { count: number } | { seconds: number };

/** What a load of requests came to. */
export interface Load {
  /** Answers a second, from the first request to the last answer. */
  perSecond: number;
  p50Ms: number;
  p99Ms: number;
  /** Bodies in the order of the answers. */
  bodies: unknown[];
}

/**
 * Sends so many requests, or requests for so many seconds, over so many connections that stay open, each connection one after the other. It speaks the
 * little of HTTP that it needs: the generator shares its processors with the server, and must not be the slower one.
 *
 * @param shot - The request with a number, counted from 0; `lane` is the number of its connection.
 * @throws Error for an answer other than 200: a figure of something that did not work means nothing.
 */
export async function load(
  url: string,
  { amount, connections }: { amount: Amount; connections: number },
  shot: (index: number, lane: number) => Shot,
): Promise<Load> {
  const { hostname, port, host } = new URL(url);
  const sockets = await Promise.all(
    Array.from({ length: connections }, async () => {
      const socket = connect(Number(port), hostname).setNoDelay(true);
      await once(socket, 'connect');
      return socket;
    }),
  );
  const times: number[] = [];
  const bodies: unknown[] = [];
  let next = 0;
  const isWanted = () =>
    'count' in amount ? next < amount.count : performance.now() < started + amount.seconds * 1000;
  const lane = async (socket: Socket, number: number) => {
    const answers = readAnswers(socket);
    while (isWanted()) {
      const { method, path, body } = shot(next++, number);
      const text = body === undefined ? '' : JSON.stringify(body);
      const sent = performance.now();
      socket.write(
        `${method} ${path} HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`,
      );
      const { value } = await answers.next();
      times.push(performance.now() - sent);
      if (value?.status !== 200)
        throw new Error(`${path} answered ${value?.status}: ${value?.text.slice(0, 300)}`);
      bodies.push(JSON.parse(value.text));
    }
  };
  const started = performance.now();
  try {
    await Promise.all(sockets.map(lane));
  } finally {
    for (const socket of sockets) socket.destroy();
  }
  const perSecond = times.length / ((performance.now() - started) / 1000);
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))]!;
  return { perSecond, p50Ms: at(0.5), p99Ms: at(0.99), bodies };
}

/** Answers of a connection, each of which has a `Content-Length` or comes in chunks. */
async function* readAnswers(socket: Socket): AsyncGenerator<{ status: number; text: string }, undefined> {
  let waiting: Buffer = Buffer.alloc(0);
  for await (const piece of socket as AsyncIterable<Buffer>) {
    waiting = waiting.length === 0 ? piece : Buffer.concat([waiting, piece]);
    const end = waiting.indexOf('\r\n\r\n');
    if (end < 0) continue;
    const head = waiting.toString('latin1', 0, end);
    const [, status] = /^HTTP\/1\.1 (\d{3})/.exec(head) ?? [];
    const [, length] = /\r\ncontent-length: (\d+)/i.exec(head) ?? [];
    const body = waiting.subarray(end + 4);
    if (length === undefined) {
      if (!body.toString('latin1').endsWith('0\r\n\r\n')) continue;
      yield { status: Number(status), text: unchunked(body) };
    } else {
      if (body.length < Number(length)) continue;
      yield { status: Number(status), text: body.toString() };
    }
    waiting = Buffer.alloc(0);
  }
  return undefined;
}

function unchunked(body: Buffer): string {
  const parts: Buffer[] = [];
  for (let at = 0; ; ) {
    const end = body.indexOf('\r\n', at);
    const size = Number.parseInt(body.toString('latin1', at, end), 16);
    if (size === 0) return Buffer.concat(parts).toString();
    parts.push(body.subarray(end + 2, end + 2 + size));
    at = end + 4 + size;
  }
}
