import { isUserError } from '@cozecut/problems';
import { readManifest } from '../manifest.ts';
import { type CheckResult, failed, type Patient } from './check.ts';
import { checkCoze } from './coze.ts';
import { checkPublicAddress, checkSecrets } from './deployment.ts';
import { checkDrafts, checkFfprobe, checkNode, checkPort, checkSettings, checkStore } from './machine.ts';

/**
 * Looks at everything that a plugin needs here, one thing after the other.
 *
 * @param onResult - Told of each result when it is there.
 */
export async function examine(
  patient: Patient,
  onResult: (result: CheckResult) => void,
): Promise<CheckResult[]> {
  const results: CheckResult[] = [];
  const add = (...found: CheckResult[]) => {
    for (const result of found) {
      results.push(result);
      onResult(result);
    }
  };
  add(checkNode(patient), checkSettings(patient));
  const plugin = read(patient);
  if ('state' in plugin) add(plugin);
  else {
    const whole = { ...patient, plugin };
    add({ id: 'manifest', state: 'ok', message: `${plugin.file} (${plugin.name} ${plugin.version})` });
    add(await checkStore(whole));
    add(await checkPort(whole));
    add(...checkSecrets(whole));
    add(...(await checkCoze(whole)));
    add(await checkPublicAddress(whole));
  }
  add(...(await checkDrafts(patient)));
  add(await checkFfprobe(patient));
  return results;
}

function read({ choice, env, folder }: Patient) {
  try {
    return readManifest(choice, env, folder);
  } catch (error) {
    if (!isUserError(error)) throw error;
    const named = choice.manifest === undefined ? '' : ` --manifest ${choice.manifest}`;
    return failed('manifest', error, `cozecut manifest check${named}`);
  }
}
