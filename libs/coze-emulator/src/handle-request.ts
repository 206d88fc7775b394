import type { IncomingMessage, ServerResponse } from 'node:http';
import { OAuthRefusal } from './auth/oauth-refusal.ts';
import type { Exchange } from './exchange.ts';
import type { FaultEffect } from './faults/effect.ts';
import { OWNER } from './new-world.ts';
import type { EmulatorOptions } from './options.ts';
import { Refusal } from './refusal.ts';
import { parseBody, type RequestBody, readBody } from './request-body.ts';
import { ROUTES } from './routes/index.ts';
import type { Call } from './routes/route.ts';
import { findRoute } from './routes/router.ts';
import { forgetSubmit } from './routes/submit.ts';
import type { World } from './world.ts';

/** Reads the body and tells what came, also when it cannot be read. @throws Refusal 4000, 4302 */
export async function receive(
  req: IncomingMessage,
  world: World,
  tell: (shown: unknown) => void,
): Promise<RequestBody> {
  try {
    const bytes = await readBody(req, world.settings.maxUploadBytes);
    const body = await parseBody(bytes, req.headers['content-type']);
    tell(body.shown);
    return body;
  } catch (error) {
    tell(undefined);
    throw error;
  }
}

/** What is known of a request before its route. */
export interface RequestFacts {
  url: URL;
  method: string;
  token: string | undefined;
  body: RequestBody;
  logId: string;
  host: string;
}

/** Where a request is answered. */
export interface Setting {
  world: World;
  exchange: Exchange;
  effects: readonly FaultEffect[];
  options: EmulatorOptions;
  goDown(ms: number): void;
}

/** Answers one request: faults first, then its route. @throws Refusal, OAuthRefusal */
export async function run(setting: Setting, request: RequestFacts, res: ServerResponse): Promise<void> {
  const { world, exchange, effects, goDown } = setting;
  const { url, token, logId } = request;
  const query = url.searchParams;
  const context = { world, query, token };
  const broken = effects.find(({ connection }) => connection)?.connection;
  if (broken) {
    if (broken.how === 'refused') goDown(broken.downMs);
    if (broken.how === 'garbage') res.socket?.write('\u0015\u0003\u0001 this is not HTTP\r\n\r\n');
    return broken.how === 'garbage' ? void res.socket?.end() : exchange.lose();
  }
  const { firstByteMs } = world.settings;
  if (firstByteMs > 0) await world.clock.sleep(firstByteMs);
  const reply = effects.find((effect) => effect.reply)?.reply;
  if (reply) return exchange.canned(reply);
  const { handler, call } = route(setting, request);
  for (const { before } of effects) before?.(context);
  if (effects.some(({ forgetSubmit: forget }) => forget)) {
    const chat = world.chats.get(query.get('chat_id') ?? '');
    if (chat) forgetSubmit(chat);
    return exchange.lose();
  }
  const answer = await handler(call);
  if (effects.some(({ loseAnswer }) => loseAnswer)) {
    return exchange.lose(answer.kind === 'stream' ? answer.frames : undefined);
  }
  if (answer.kind === 'stream') return exchange.stream(answer, context);
  if (answer.kind === 'raw') {
    return exchange.json(answer.status, answer.body, answer.headers ? { headers: answer.headers } : {});
  }
  const { data, beside, chat, violation } = answer;
  exchange.json(200, { code: 0, msg: '', data, ...beside, detail: { logid: logId } }, { chat, violation });
}

/** Finds the route and checks who asks. @throws Refusal 404, 4100, 4101 */
function route({ world, effects, options }: Setting, request: RequestFacts) {
  const { url, method, token, body, host } = request;
  const { isStudio } = world.dialect;
  const found = findRoute(ROUTES, method, url.pathname, isStudio);
  const grant = token === undefined ? undefined : world.tokens.find(token);
  const isOpen = found?.entry.isOpen === true;
  // Who is not known is not told which routes there are.
  if (!isOpen && !grant) throw new Refusal(4100, 'authentication is invalid', 401);
  const isRefused = world.settings.strictMethods && found?.entry.route === 'POST /v3/chat/retrieve';
  if (!found || isRefused) throw new Refusal(404, `${method} ${url.pathname} does not exist`, 404);
  const { permission, handler } = found.entry;
  if (permission !== undefined && grant?.scopes && !grant.scopes.includes(permission)) {
    throw new Refusal(4101, `the token has no permission ${permission}`, 403);
  }
  const call: Call = {
    world,
    query: url.searchParams,
    params: found.params,
    body: body.json,
    uploads: body.uploads,
    user: grant?.user ?? OWNER,
    token,
    host,
    bendCalls: (calls) => effects.reduce((value, { bendCalls }) => bendCalls?.(value) ?? value, calls),
    plugins: options.plugins,
  };
  return { handler, call };
}

/** Answers a refusal; throws whatever is none. */
export function refuse(error: unknown, exchange: Exchange, world: World, logId: string): void {
  if (error instanceof OAuthRefusal) {
    exchange.json(error.status, error.body());
    return;
  }
  if (!(error instanceof Refusal)) throw error;
  const { status, code } = world.dialect.refuse(error, world.settings);
  const body = { code, msg: error.message, detail: { logid: logId } };
  exchange.json(status, body, { violation: error.violation });
}
