import type { Fault } from '@cozecut/coze-emulator';
import type { Dice } from './dice.ts';

const SUBMIT = '/v3/chat/submit_tool_outputs';

type Make = (on: string, dice: Dice) => Fault;

/** Faults that any stream, and any answer, can meet. */
const ANYWHERE: readonly Make[] = [
  (on, { int }) => ({ id: 'F01', on, afterBytes: int(2500) }),
  (on, { int }) => ({ id: 'F02', on, afterBytes: int(2500) }),
  () => ({ id: 'F03' }),
  (on, { int }) => ({ id: 'F04', on, chunkBytes: 1 + int(100) }),
  () => ({ id: 'F05' }),
  () => ({ id: 'F06', variant: 'event-after-data' }),
  () => ({ id: 'F07' }),
  (on, { int }) => ({ id: 'F08', on, silenceMs: 100_000 + int(150_000), afterFrames: 1 + int(3) }),
  (on) => ({ id: 'F09', on }),
  (on, { pick }) => ({ id: 'F10', on, variant: pick(['plain', 'seconds', '4009', '4020', '4008']) }),
  (on, { pick }) => ({ id: 'F11', on, variant: pick(['500', '502', '503', '5000']) }),
  (on) => ({ id: 'F12', on }),
  (on, { pick }) => ({ id: 'F13', on, variant: pick(['start', 'middle']) }),
  (_, { pick }) => ({ id: 'F29', variant: pick(['gzip', 'no-charset']) }),
  (on, { pick }) => ({ id: 'F31', on, variant: pick(['stream-done', 'plain-error', 'token', 'no-submit']) }),
  (on, { pick }) => ({ id: 'F33', on, variant: pick(['reset', 'garbage']) }),
];

/** @param hasPlainCalls - Some faults cannot bend an action that wants facts of the person, too. */
const ofChats = (hasPlainCalls: boolean): readonly Make[] => [
  () => ({ id: 'F14' }),
  (_, { pick }) => ({ id: 'F15', variant: pick(['history', 'chat', 'call', 'state']) }),
  (_, { pick }) => ({ id: 'F16', variant: pick(['lost', 'again']) }),
  (on, { chance }) => ({ id: 'F17', on, variant: !hasPlainCalls || chance(0.5) ? 'again' : 'same-ids' }),
  (on, { pick }) => ({
    id: 'F18',
    on,
    variant: pick([
      'empty',
      'blank-id',
      'no-function',
      'unknown-type',
      ...(hasPlainCalls ? (['null'] as const) : []),
    ]),
  }),
  (on, { pick }) => ({ id: 'F19', on, variant: pick(['null', 'truncated', 'array', 'nan', 'proto']) }),
  (on) => ({ id: 'F20', on }),
  () => ({ id: 'F21' }),
  (_, { pick }) => ({ id: 'F22', variant: pick(['http413', 'code4000']) }),
  (on, { int }) => ({ id: 'F23', on, afterFrames: 1 + int(4) }),
  (_, { pick }) => ({ id: 'F24', variant: pick(['canceled', 'cancelled']) }),
  (on) => ({ id: 'F25', on }),
  (on) => ({ id: 'F26', on }),
  () => ({ id: 'F32' }),
  (_, { chance }) =>
    chance(0.5) ? { id: 'F34', bytes: 20_000 } : { id: 'F34', variant: 'many', events: 200 },
];

const OF_RUNS: readonly Make[] = [
  (_, { int }) => ({ id: 'F27', afterFrames: 1 + int(3) }),
  (on, { pick }) => ({ id: 'F28', on, type: pick([1, 6, 99]), data: pick(['empty', 'json', 'garbage']) }),
];

const CHAT_ROUTES = ['/v3/chat', SUBMIT, SUBMIT, '/v3/chat/retrieve', '/v3/chat/message/list'];

/** None to three faults of a chat. */
export function chatFaults(dice: Dice, hasPlainCalls: boolean): Fault[] {
  return randomFaults(dice, [...ANYWHERE, ...ofChats(hasPlainCalls)], CHAT_ROUTES);
}

/** None to three faults of the run of a workflow. */
export function runFaults(dice: Dice, mode: 'stream' | 'sync'): Fault[] {
  const routes =
    mode === 'stream'
      ? ['/v1/workflow/stream_run', '/v1/workflow/stream_resume', '/v1/workflow/stream_resume']
      : ['/v1/workflow/run', '/v1/workflows/resume', '/v1/workflows/resume'];
  return randomFaults(dice, [...ANYWHERE, ...OF_RUNS, ...OF_RUNS], routes);
}

function randomFaults(dice: Dice, makes: readonly Make[], routes: readonly string[]): Fault[] {
  const { int, chance, pick } = dice;
  const count = chance(0.35) ? 0 : 1 + int(3);
  return Array.from({ length: count }, () => {
    const fault = pick(makes)(pick(routes), dice);
    return chance(0.75) ? { ...fault, nth: 1 + int(3) } : fault;
  });
}
