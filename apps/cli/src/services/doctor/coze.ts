import { type CozeClient, isCozeError } from '@cozecut/coze-transport';
import { isUnresolved } from '@cozecut/manifest';
import { isUserError } from '@cozecut/problems';
import { askForBot } from '../coze/bot-published.ts';
import { botIdOf, placeOf } from '../coze/place.ts';
import { addressOf, type CozePlace, waysOf } from '../coze/ways.ts';
import { cozeClient } from '../coze.ts';
import { fill } from '../fill.ts';
import { type CheckResult, failed, type PatientWithPlugin } from './check.ts';

/** From here on the clock is told, and a sign-in with a key fails from the second on. */
const SKEW_WARN_MS = 30_000;
const SKEW_FAIL_MS = 300_000;

/** The token, the bots and the clock. Nothing is contacted where there is no token. */
export async function checkCoze(patient: PatientWithPlugin): Promise<CheckResult[]> {
  const { plugin, env, texts } = patient;
  const place = placeOf(plugin, undefined);
  let ways: ReturnType<typeof waysOf>;
  try {
    ways = waysOf(plugin, addressOf(place, env), env);
  } catch (error) {
    if (!isUserError(error)) throw error;
    return [failed('coze', error, 'cozecut auth login')];
  }
  if (!ways.some(({ isReady }) => isReady)) {
    const isWanted = [
      ...plugin.bots.map((bot) => bot.botId),
      ...plugin.workflows.map((one) => one.workflowId),
    ].some((id) => !isUnresolved(id));
    if (!isWanted) return [{ id: 'coze', state: 'skip', message: texts.doctorNoCoze }];
    return [failed('coze', ways[0]?.missing)];
  }
  const clock = new SkewWatch();
  const token = await checkToken(patient, place, clock);
  if (token.state === 'fail') return [token, ...clock.results(patient)];
  const bots: CheckResult[] = [];
  for (const bot of plugin.bots) bots.push(await checkBot(patient, bot, clock));
  return [token, ...bots, ...clock.results(patient)];
}

async function checkToken(
  { plugin, env, texts }: PatientWithPlugin,
  place: CozePlace,
  clock: SkewWatch,
): Promise<CheckResult> {
  const id = 'coze';
  try {
    const client = clientOf(plugin, place, env, clock);
    const { total, items } = await client.workspaces.list({ pageSize: 1 });
    const values = { address: client.baseUrl, count: Math.max(total, items.length) };
    return { id, state: 'ok', message: fill(texts.doctorCoze, values) };
  } catch (error) {
    if (isCozeError(error) && error.code === 'COZE_NOT_SUPPORTED') {
      return { id, state: 'skip', message: texts.doctorCozeNoList };
    }
    const isAuth = isCozeError(error) && error.retry === 'auth';
    return failed(id, error, isAuth ? 'cozecut auth status' : texts.doctorCozeNext);
  }
}

async function checkBot(
  { plugin, env, texts }: PatientWithPlugin,
  bot: PatientWithPlugin['plugin']['bots'][number],
  clock: SkewWatch,
): Promise<CheckResult> {
  const id = `bot ${bot.name}`;
  const botId = botIdOf(plugin, bot, env);
  if (isUnresolved(botId))
    return { id, state: 'skip', message: texts.doctorBotNoId, next: texts.doctorBotIdNext };
  try {
    const { name, isPublished } = await askForBot(clientOf(plugin, bot, env, clock), botId);
    if (isPublished !== false) return { id, state: 'ok', message: `${name} ${botId}` };
    const message = fill(texts.doctorBotUnpublished, { name, id: botId });
    return { id, state: 'fail', message, next: texts.doctorBotNext };
  } catch (error) {
    return failed(
      id,
      error,
      isCozeError(error) && error.retry === 'auth' ? 'cozecut auth status' : texts.doctorBotNext,
    );
  }
}

function clientOf(
  plugin: PatientWithPlugin['plugin'],
  place: CozePlace,
  env: PatientWithPlugin['env'],
  clock: SkewWatch,
): CozeClient {
  return cozeClient(plugin, place, env, { fetch: clock.fetch, retry: { maxAttempts: 2 } });
}

/** Compares the clock of this machine with that of the answers. */
class SkewWatch {
  private skewMs: number | undefined;

  readonly fetch: typeof fetch = async (...request) => {
    const response = await fetch(...request);
    const serverMs = Date.parse(response.headers.get('date') ?? '');
    if (Number.isFinite(serverMs)) this.skewMs = Date.now() - serverMs;
    return response;
  };

  results({ texts }: PatientWithPlugin): CheckResult[] {
    if (this.skewMs === undefined) return [];
    const size = Math.abs(this.skewMs);
    const seconds = Math.round(size / 1000);
    const state = size >= SKEW_FAIL_MS ? 'fail' : size >= SKEW_WARN_MS ? 'warn' : 'ok';
    if (state === 'ok') return [{ id: 'clock', state, message: texts.doctorClock }];
    const words = this.skewMs > 0 ? texts.doctorClockAhead : texts.doctorClockBehind;
    return [{ id: 'clock', state, message: fill(words, { seconds }), next: texts.doctorClockNext }];
  }
}
