import { parseExact } from '../exact-json.ts';
import type { TranscriptEntry } from './transcript.ts';

/** One place where a server answered otherwise than the transcript says. */
export interface ReplayDifference {
  /** Number of the request. */
  request: number;
  what: 'status' | 'body' | 'frames' | 'connection' | 'skipped';
  expected: unknown;
  actual: unknown;
}

/** Where a transcript is played. */
export interface ReplayOptions {
  /** Base address of the server. */
  url: string;
  /** Token in place of the one that the transcript leaves out. */
  token: string;
  /** Default: the global one. */
  fetch?: typeof fetch;
}

/**
 * Sends the requests of a transcript again, one after the other, and compares the answers. Against an emulator with
 * the same seed, scenario and faults nothing is different. Requests with files or with secrets are skipped.
 */
export async function replay(
  transcript: readonly TranscriptEntry[],
  options: ReplayOptions,
): Promise<ReplayDifference[]> {
  const found: ReplayDifference[] = [];
  for (const sent of transcript.filter(({ dir }) => dir === 'in')) {
    const answered = transcript.filter(({ dir, request }) => dir === 'out' && request === sent.request);
    found.push(...(await replayOne(sent, answered, options)));
  }
  return found;
}

async function replayOne(
  sent: TranscriptEntry,
  answered: readonly TranscriptEntry[],
  options: ReplayOptions,
): Promise<ReplayDifference[]> {
  const { request } = sent;
  const isFiles = sent.headers?.['content-type']?.startsWith('multipart/') === true;
  if (isFiles || sent.route.startsWith('/api/permission/')) {
    return [{ request, what: 'skipped', expected: sent.route, actual: undefined }];
  }
  const expected = expectedOf(answered);
  const actual = await send(sent, options);
  const compare = (what: 'status' | 'body' | 'frames' | 'connection'): ReplayDifference[] =>
    JSON.stringify(expected[what]) === JSON.stringify(actual[what])
      ? []
      : [{ request, what, expected: expected[what], actual: actual[what] }];
  return [
    ...compare('status'),
    ...(expected.connection === 'broken' ? [] : compare('body')),
    ...compare('frames'),
    ...compare('connection'),
  ];
}

interface Outcome {
  status: number | undefined;
  body: unknown;
  frames: { event: string; data: string }[] | undefined;
  connection: 'ended' | 'broken';
}

function expectedOf(answered: readonly TranscriptEntry[]): Outcome {
  const json = answered.find(({ status }) => status !== undefined);
  const isBroken = answered.some(({ closed }) => closed === 'fault');
  const connection = isBroken ? 'broken' : 'ended';
  if (json) return { status: json.status, body: bodyOf(json.body), frames: undefined, connection };
  const frames = answered
    .filter(({ frame, sent }) => frame && sent && frame.event !== 'comment')
    .map(({ frame }) => ({ event: frame!.event, data: frame!.data }));
  const isStream = frames.length > 0 || !isBroken;
  return {
    status: isStream ? 200 : undefined,
    body: undefined,
    frames: isStream ? frames : undefined,
    connection,
  };
}

async function send(sent: TranscriptEntry, options: ReplayOptions): Promise<Outcome> {
  const { 'content-length': _, connection: __, 'transfer-encoding': ___, ...headers } = sent.headers ?? {};
  if (headers.authorization) headers.authorization = `Bearer ${options.token}`;
  const body = sent.body === undefined ? null : JSON.stringify(sent.body);
  let text = '';
  let status: number | undefined;
  let isStream = false;
  let connection: Outcome['connection'] = 'ended';
  try {
    const response = await (options.fetch ?? fetch)(options.url + sent.route, {
      method: sent.method,
      headers,
      body,
      redirect: 'manual',
    });
    status = response.status;
    isStream = response.headers.get('content-type')?.startsWith('text/event-stream') === true;
    const decoder = new TextDecoder();
    if (response.body)
      for await (const chunk of response.body) text += decoder.decode(chunk, { stream: true });
  } catch {
    connection = 'broken';
  }
  if (!isStream)
    return { status, body: status === undefined ? undefined : bodyOf(text), frames: undefined, connection };
  return { status, body: undefined, frames: framesOf(text), connection };
}

/** JSON as a value, other text as it is. */
function bodyOf(body: unknown): unknown {
  if (typeof body !== 'string') return body;
  try {
    return parseExact(body);
  } catch {
    return body;
  }
}

/** Whole frames of a stream, in any of the spellings. */
function framesOf(text: string): { event: string; data: string }[] {
  const blocks = text
    .replace(/^\uFEFF/, '')
    .replace(/\r\n?/g, '\n')
    .split('\n\n')
    .slice(0, -1);
  return blocks.flatMap((block) => {
    const lines = block.split('\n');
    const value = (name: string) =>
      lines
        .filter((line) => line.startsWith(`${name}:`))
        .map((line) => line.slice(name.length + 1).replace(/^ /, ''));
    const event = value('event')[0];
    return event === undefined ? [] : [{ event, data: value('data').join('\n') }];
  });
}
