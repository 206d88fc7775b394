import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { UserError } from '@cozecut/problems';
import type { Profile } from '../profiles/profile.ts';

/** Gives the executables of the running processes: paths or base names. */
export type ListProcesses = () => Promise<readonly string[]>;

const NAMES: Readonly<Record<Profile['app'], Readonly<Record<Profile['os'], readonly string[]>>>> = {
  jianying: {
    windows: ['JianyingPro.exe', 'JianyingPro'],
    mac: ['VideoFusion-macOS', 'JianyingPro'],
  },
  capcut: { windows: ['CapCut.exe', 'CapCut'], mac: ['CapCut'] },
};

/** Whether an app is running. Its background processes, which have longer names, do not count. */
export async function isEditorRunning(
  app: Profile['app'],
  os: Profile['os'],
  listProcesses: ListProcesses,
): Promise<boolean> {
  // Names of files are those of the system: Windows does not tell upper from lower case.
  const key = (name: string): string => (os === 'windows' ? name.toLowerCase() : name);
  const names = new Set(NAMES[app][os].map(key));
  return (await listProcesses()).some((path) => names.has(key(path.slice(path.search(/[^/\\]*$/)))));
}

/**
 * DR152: nothing is written into the store of an app that is running.
 *
 * @throws UserError EDITOR_RUNNING
 */
export async function assertEditorClosed(profile: Profile, listProcesses: ListProcesses): Promise<void> {
  if (!(await isEditorRunning(profile.app, profile.os, listProcesses))) return;
  const name = profile.app === 'jianying' ? 'JianYing' : 'CapCut';
  const message = `${name} is running; it would overwrite its list of drafts`;
  const hint = 'close the app first';
  throw new UserError('EDITOR_RUNNING', message, {
    hint,
    problems: [{ code: 'DR152', severity: 'error', message, hint }],
  });
}

const run = promisify(execFile);

/**
 * {@link ListProcesses} of this machine, by the tool of the system.
 *
 * @throws UserError PROCESSES_UNKNOWN when the tool cannot be run.
 */
export async function listProcesses(): Promise<string[]> {
  const isWindows = process.platform === 'win32';
  const [tool, args] = isWindows ? ['tasklist', ['/fo', 'csv', '/nh']] : ['ps', ['-A', '-o', 'comm=']];
  try {
    const { stdout } = await run(tool, args, { maxBuffer: 64 * 1024 * 1024, windowsHide: true });
    const lines = stdout.split(/\r?\n/);
    return isWindows
      ? lines.map((line) => /^"([^"]*)"/.exec(line)?.[1] ?? '')
      : lines.map((line) => line.trim());
  } catch (cause) {
    throw new UserError('PROCESSES_UNKNOWN', `cannot tell whether the app is running: ${tool} failed`, {
      hint: 'make sure that the app is closed, then force the call',
      cause,
    });
  }
}
