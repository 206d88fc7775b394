import { createHash } from 'node:crypto';
import { readFile, readlink } from 'node:fs/promises';
import { hostname } from 'node:os';

const NAME = /^([0-9a-f]{16})-(\d+)-/;

/**
 * What tells processes apart that share a folder: a process id means something only on one machine, since it was
 * started, and in one container.
 */
export async function machineId(): Promise<string> {
  const [boot, container] = await Promise.all([
    readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => ''),
    readlink('/proc/self/ns/pid').catch(() => ''),
  ]);
  return createHash('sha256')
    .update([hostname(), boot.trim(), container].join('\0'))
    .digest('hex')
    .slice(0, 16);
}

/** Name of a folder that belongs to this process. */
export function ownedName(machine: string, uuid: string): string {
  return `${machine}-${process.pid}-${uuid}`;
}

/** Whether the process that a folder belongs to still runs; nothing when that cannot be said from here. */
export function isOwnerAlive(name: string, machine: string): boolean | undefined {
  const [, ownMachine, pid] = NAME.exec(name) ?? [];
  if (ownMachine !== machine) return undefined;
  try {
    process.kill(Number(pid), 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
