import { spawn } from 'node:child_process';

/** Opens an address in the browser of this machine. */
export function openPage(url: string): void {
  const opener = { darwin: 'open', win32: 'explorer' }[process.platform as string] ?? 'xdg-open';
  // A machine without a desktop has no such program, and the address is on the screen.
  spawn(opener, [url], { stdio: 'ignore', detached: true })
    .on('error', () => {})
    .unref();
}
