import { isUnresolved } from '@cozecut/manifest';
import { setting } from '../../settings.ts';
import { fill } from '../fill.ts';
import { isOnlyHere, isYes } from '../only-here.ts';
import { secretsOf } from '../secrets.ts';
import { type CheckResult, failed, type PatientWithPlugin } from './check.ts';

const DEADLINE_MS = 10_000;

/** Whether every secret that the server and its handlers need is where the deployment keeps it. */
export function checkSecrets({ plugin, env, texts }: PatientWithPlugin): CheckResult[] {
  const secret = secretsOf(plugin, env);
  const isAuthOn = isYes(setting(env, 'ENABLE_AUTH') ?? (isOnlyHere(plugin, env) ? 'no' : 'yes'));
  const ofServer = new Set(
    plugin.serverAuth.flatMap((entry) => (entry.type === 'jwt' ? [] : (entry.secret ?? []))),
  );
  const ofHandlers = plugin.tools
    .filter(({ enabled }) => enabled)
    .flatMap(({ handler }) => JSON.stringify(handler).match(/secret:[A-Za-z_][A-Za-z0-9_]*/g) ?? []);
  return [...new Set([...ofServer, ...ofHandlers])].sort().map((reference) => {
    try {
      secret(reference);
      return { id: reference, state: 'ok', message: texts.doctorSecret };
    } catch (error) {
      const isOptional = !isAuthOn && ofServer.has(reference) && !ofHandlers.includes(reference);
      return isOptional
        ? { id: reference, state: 'skip', message: texts.doctorSecretOptional }
        : failed(reference, error);
    }
  });
}

/** Whether the server answers at the address that others call. */
export async function checkPublicAddress({ plugin, texts }: PatientWithPlugin): Promise<CheckResult> {
  const id = 'public address';
  const { publicUrl } = plugin.deployment.server;
  if (publicUrl === undefined || isUnresolved(publicUrl)) {
    return { id, state: 'skip', message: texts.doctorNoPublic };
  }
  const url = `${publicUrl}/livez`;
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(DEADLINE_MS) });
    const body = (await response.json().catch(() => undefined)) as { success?: unknown } | undefined | null;
    if (response.ok && body?.success === true) return { id, state: 'ok', message: url };
    const message = fill(texts.doctorPublicOther, { url, status: response.status });
    return { id, state: 'fail', message, next: texts.doctorPublicNext };
  } catch (error) {
    const { cause, message } = error as { cause?: { code?: string; message?: string }; message: string };
    const why = cause?.message || message;
    const next = cause?.code === 'ENOTFOUND' ? texts.doctorPublicUnknown : 'cozecut serve';
    return { id, state: 'fail', message: fill(texts.doctorPublicGone, { url, why }), next };
  }
}
