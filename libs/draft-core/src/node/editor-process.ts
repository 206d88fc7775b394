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
 * DR152: nothing is written into the store of an app that is running. The app of this system counts, which need not be
 * the one that the profile is for.
 *
 * @throws UserError EDITOR_RUNNING
 */
export async function assertEditorClosed(profile: Profile, listProcesses: ListProcesses): Promise<void> {
  const processes = await listProcesses();
  const isRunning = (os: Profile['os']) => isEditorRunning(profile.app, os, async () => processes);
  if (!(await isRunning('windows')) && !(await isRunning('mac'))) return;
  const name = profile.app === 'jianying' ? 'JianYing' : 'CapCut';
  const message = `${name} is running; it would overwrite its list of drafts`;
  const hint = 'close the app first';
  throw new UserError('EDITOR_RUNNING', message, {
    hint,
    problems: [{ code: 'DR152', severity: 'error', message, hint }],
  });
}

/**
 * {@link ListProcesses} of this machine, by the tool of the system.
 *
 * @throws UserError PROCESSES_UNKNOWN when the tool cannot be run.
 */
export async function listProcesses(): Promise<string[]> {
  if (process.platform === 'win32') {
    const lines = await linesOf('tasklist', ['/fo', 'csv', '/nh']);
    return lines.map((line) => /^"([^"]*)"/.exec(line)?.[1] ?? '');
  }
  const names = await linesOf('ps', ['-A', '-o', 'comm=']);
  if (process.platform === 'darwin') return names;
  // Linux cuts names after 15 characters; the command line has them whole.
  const commands = await linesOf('ps', ['-A', '-o', 'args=']);
  return [...names, ...commands.map((command) => command.split(' ')[0]!)];
}

async function linesOf(tool: string, args: string[]): Promise<string[]> {
  try {
    // Most drafts are written without this question.
    const { execFile } = await import('node:child_process');
    const { stdout } = await promisify(execFile)(tool, args, {
      maxBuffer: 64 * 1024 * 1024,
      windowsHide: true,
    });
    return stdout.split('\n').map((line) => line.trim());
  } catch (cause) {
    throw new UserError('PROCESSES_UNKNOWN', `cannot tell whether the app is running: ${tool} failed`, {
      hint: 'make sure that the app is closed, then force the call',
      cause,
    });
  }
}
