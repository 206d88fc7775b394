import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { UserError } from '@cozecut/problems';
import type { Via } from './listen.ts';
import { launchdPlist, systemdUnit } from './service-file.ts';

/** What the service is to do. */
interface Listening {
  bots: readonly string[];
  workflow?: string | undefined;
  via: Via;
  manifest?: string | undefined;
  deployment?: string | undefined;
  root?: readonly string[] | undefined;
}

/**
 * The file of a service that listens as the arguments say; settings come from `.env` in `folder`.
 *
 * @param program - Absolute path of the program that was started.
 * @throws UserError USAGE for what ends by itself: a service would begin it again and again.
 */
export function serviceFile(kind: string, program: string, listening: Listening, folder: string): string {
  const { bots, workflow, via, manifest, deployment, root = [] } = listening;
  if (workflow !== undefined && via !== 'chat') {
    throw new UserError('USAGE', 'a service listens for what is said, and a workflow runs once', {
      hint: 'leave --workflow out, or talk with a chatflow: --via chat',
    });
  }
  const title = [...bots, ...(workflow === undefined ? [] : [workflow])].join(', ') || 'bot';
  const flag = (name: string, value: string | undefined) => (value === undefined ? [] : [`--${name}`, value]);
  const command = [
    process.execPath,
    program,
    'listen',
    ...bots.flatMap((name) => flag('bot', name)),
    ...flag('workflow', workflow),
    ...flag('via', via === 'stream' ? undefined : via),
    ...flag('manifest', manifest === undefined ? undefined : resolve(folder, manifest)),
    ...flag('deployment', deployment),
    ...root.flatMap((path) => flag('root', resolve(folder, path))),
    '--jsonl',
  ];
  const name = `cozecut-${title.replace(/[^\w-]+/g, '-')}`;
  if (kind === 'systemd') {
    return systemdUnit({ title, command, folder, pipe: `%t/${name}.in`, logFile: '' });
  }
  const home = homedir();
  const logFile = join(home, 'Library/Logs', `${name}.log`);
  return launchdPlist({ title, command, folder, pipe: join(home, `.${name}.in`), logFile });
}
