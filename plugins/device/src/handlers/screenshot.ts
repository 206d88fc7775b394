import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '@cozecut/problems';
import type { ToolHandler } from '../tools.gen.ts';

/** A picture of a screen, as a file that the app hands on. */
export const screenshot: ToolHandler<'screenshot'> = async ({ screen }, { cacheFolder, uuid }) => {
  const picture = await capture(screen);
  const folder = join(cacheFolder, 'screenshots');
  await mkdir(folder, { recursive: true });
  const file = join(folder, `${uuid()}.png`);
  await writeFile(file, picture, { mode: 0o600 });
  return { image: file };
};

async function capture(screen: string | undefined): Promise<Buffer> {
  try {
    const { default: take } = await import('screenshot-desktop');
    // Without a screen the library would wait for ever on some systems; this fails instead.
    const displays = await take.listDisplays();
    if (displays.length === 0) throw new Error('the system names no screen');
    const display = displays.find(({ id }) => String(id) === screen);
    if (screen !== undefined && display === undefined) {
      throw new UserError('INPUT_INVALID', `there is no screen ${JSON.stringify(screen)}`, {
        hint: `the screens are ${displays.map(({ id }) => id).join(', ')}`,
      });
    }
    return await take({ format: 'png', ...(display === undefined ? {} : { screen: display.id }) });
  } catch (cause) {
    if (cause instanceof UserError) throw cause;
    const why = cause instanceof Error ? cause.message.trim().split('\n')[0] : 'unknown reason';
    throw new UserError('NOT_AVAILABLE', `no screenshot can be taken here: ${why}`, {
      hint: 'needs a desktop; on Linux also xrandr and ImageMagick, on macOS the permission to record the screen',
      cause,
    });
  }
}
