import { isUserError } from '@cozecut/problems';
import { readManifest } from '../manifest.ts';
import { type CheckResult, failed, type Patient } from './check.ts';
import { checkPublicAddress, checkSecrets } from './deployment.ts';
import { checkFfprobe, checkNode, checkPort, checkSettings, checkStore } from './machine.ts';

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
  add(checkNode(patient));
  add(checkSettings(patient));
  const plugin = read(patient);
  if ('state' in plugin) add(plugin);
  else {
    const whole = { ...patient, plugin };
    add({ id: 'manifest', state: 'ok', message: `${plugin.file} (${plugin.name} ${plugin.version})` });
    add(await checkStore(whole));
    add(await checkPort(whole));
    add(...checkSecrets(whole));
    // What takes its time to load is loaded when its turn has come: the first results are there at once.
    const { checkCoze } = await import('./coze.ts');
    add(...(await checkCoze(whole)));
    add(await checkPublicAddress(whole));
  }
  const { checkDrafts } = await import('./drafts.ts');
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
