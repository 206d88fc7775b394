import { createInProcessEmulator, startEmulator, shippedScenario } from '@cozecut/coze-emulator';
import { readFileSync } from 'node:fs';
let st = 7; const rnd = () => { st = (st + 0x6d2b79f5) >>> 0; let m = Math.imul(st ^ (st >>> 15), st | 1); m ^= m + Math.imul(m ^ (m >>> 7), m | 61); return ((m ^ (m >>> 14)) >>> 0) / 2 ** 32; };
const pick = <T>(x: readonly T[]): T => x[Math.floor(rnd() * x.length)]!;
const keys = ['bot_id', 'user_id', 'stream', 'auto_save_history', 'additional_messages', 'meta_data', 'custom_variables', 'parameters', 'conversation_id', 'chat_id', 'tool_outputs', 'tool_call_id', 'output', 'workflow_id', 'event_id', 'interrupt_type', 'resume_data', 'app_id', 'ext', 'is_async', 'name', 'messages', 'role', 'content', 'content_type', 'type', 'order', 'limit', 'before_id', 'after_id', 'grant_type', 'duration_seconds', 'client_id', 'device_code', 'refresh_token', 'code', 'code_verifier', 'redirect_uri', 'ai_plugin', 'openapi', 'data', 'shortcut_command', 'extra_params', 'publish_status', 'bot_version', 'enable_card', 'message_id', 'file', '__proto__', 'toString', 'constructor', 'coze_account_id', 'user_code', 'scope'];
const val = (d: number): unknown => { const k = Math.floor(rnd() * 14); if (d > 3) return 1; switch (k) { case 0: return null; case 1: return { toString: false, valueOf: 1 }; case 2: return []; case 3: return {}; case 4: return ''; case 5: return '7400000000001000001'; case 6: return -1; case 7: return 1e400; case 8: return true; case 9: return [val(d + 1), val(d + 1)]; case 10: case 11: return obj(d + 1); case 12: return 'urn:ietf:params:oauth:grant-type:jwt-bearer'; default: return pick(['user', 'x'.repeat(3000), '\u0000', '[{"type":"text"}]', 'authorization_code', 'refresh_token', 'urn:ietf:params:oauth:grant-type:device_code', 'desc', '2', 'question', 'object_string', 'b1', 'toString', '__proto__', 'constructor', 'hasOwnProperty']); } };
const obj = (d: number): any => Object.fromEntries(Array.from({ length: Math.floor(rnd() * 7) }, () => [pick(keys), val(d)]));
const routes = [...readFileSync('libs/coze-emulator/src/routes/index.ts', 'utf8').matchAll(/route: [`']([^`']+)[`']/g)].map((m) => m[1]!.replace('${OAUTH}', '/api/permission/oauth2').replace('${MESSAGE}', '/v1/conversation/message'));
const seen = new Map<string, number>();
for (const dialect of ['coze-cn', 'studio'] as const) {
const emu = createInProcessEmulator({ dialect, scenario: { ...shippedScenario('b-one-tool'), workflows: { b1: { interrupt: { type: 2, data: 'q' }, next: { output: 'x' } } }, chatflows: { b1: { ask: ['x'], next: { answer: ['y'] } } } } } as any);
for (let n = 0; n < 12000; n++) {
  const r = pick(routes); const [m, p] = r.split(' ') as [string, string];
  const path = p.replace(/:\w+/g, () => encodeURIComponent(String(pick(['7400000000001000001', 'toString', '__proto__', '%00', 'b1']))));
  const q = new URLSearchParams(Array.from({ length: Math.floor(rnd() * 3) }, () => [pick(keys), pick(['7400000000001000001', '7400000000001000003', '', 'NaN', '-1', '1e9', 'toString', '__proto__', 'constructor', '\u0000'])])); 
  const body = rnd() < 0.1 ? pick(['', '{', 'null', '[]', '"x"', '1']) : JSON.stringify(rnd() < 0.5 ? { bot_id: 'b1', user_id: 'u', workflow_id: 'b1', parameters: {}, ...obj(0) } : obj(0));
  try {
    const res = await emu.fetch(`${emu.url}${path}?${q}`, { method: m, headers: { authorization: `Bearer ${emu.token}`, 'content-type': 'application/json' }, ...(m === 'GET' ? {} : { body }), signal: AbortSignal.timeout(3000) });
    const text = await res.text();
    const isBad = res.status >= 500 || /TypeError|Cannot |is not a function|"code":5000/.test(text);
    if (isBad) { const key = r + ' ' + text.replace(/logid":"[^"]*/, '').slice(0, 120); if (!seen.has(key)) console.log(dialect, r, String(q).slice(0, 80), body.slice(0, 200), '->', res.status, text.slice(0, 160)); seen.set(key, (seen.get(key) ?? 0) + 1); }
  } catch (e) { const key = r + String(e); if (!seen.has(key)) console.log('THROW', dialect, r, String(q).slice(0, 80), body.slice(0, 200), String(e), (e as any).stack?.split('\n')[1]); seen.set(key, 1); }
}
}
console.log('kinds', seen.size);
