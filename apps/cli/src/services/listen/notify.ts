import type { Environment } from '../../settings.ts';

/** Shows a notification of the desktop; nothing happens where there is none. Never fails and is not waited for. */
export function notify(env: Environment, title: string, message: string): void {
  if (!hasDesktop(env)) return;
  void import('node-notifier')
    .then(({ default: notifier }) => notifier.notify({ title, message }, () => {}))
    .catch(() => {});
}

function hasDesktop(env: Environment): boolean {
  if (process.platform === 'darwin' || process.platform === 'win32') return true;
  return Boolean(env.DISPLAY || env.WAYLAND_DISPLAY);
}
