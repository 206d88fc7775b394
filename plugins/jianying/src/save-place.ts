import type { PathStyle } from '@cozecut/draft-core';
import type { ToolContext } from '@cozecut/plugin-host';
import { UserError } from '@cozecut/problems';
import { parentFolder } from './place.ts';
import type { SaveDraftInput } from './tools.gen.ts';

/** Where a save goes. */
export interface SavePlace {
  /** Absolute path of the folder that gets the draft folder. */
  parent: string;
  /** The zip that the caller gets; nothing when none is asked for. */
  zip: ZipStyle | undefined;
}

/** How the files of a zip refer to media. */
export interface ZipStyle {
  /** Tells it from the other ones; empty for the one that works wherever it is unpacked. */
  key: string;
  /** Whether the draft can be unpacked anywhere. */
  isPortable: boolean;
  /** @param name - Name of the draft. */
  pathsOf(name: string): PathStyle;
}

/** A zip that works wherever it is unpacked. */
export const PORTABLE: ZipStyle = { key: '', isPortable: true, pathsOf: () => ({ kind: 'portable' }) };

type System = NonNullable<SaveDraftInput['client_os']>;

/**
 * Decides what becomes of the folders that a caller names. `draft_folder` is the draft folder of an editor: a caller
 * of this machine gets the draft written there, where the deployment allows it. For every other caller it is a place
 * on another machine, which nothing here is written to: the paths in the zip are made for it.
 *
 * @throws UserError INPUT_INVALID, OUTPUT_FORBIDDEN
 */
export async function savePlace(input: SaveDraftInput, context: ToolContext): Promise<SavePlace> {
  const { output_folder: output, draft_folder: folder, client_os: os } = input;
  const wanted = input.package ?? (context.mode === 'cloud' ? 'zip' : 'none');
  const zip = wanted === 'zip' ? portableFor(os) : undefined;
  if (folder === undefined) return { parent: await parentFolder(output, context), zip };
  if (output !== undefined)
    throw new UserError('INPUT_INVALID', 'give either output_folder or draft_folder, not both');
  const isWindows = isWindowsPath(folder);
  if (os !== undefined && (os === 'windows') !== isWindows)
    throw new UserError(
      'INPUT_INVALID',
      `draft_folder is no folder of ${os} (got ${JSON.stringify(folder)})`,
    );
  if (isOfThisMachine(isWindows, os, context)) return { parent: await parentFolder(folder, context), zip };
  if (wanted === 'none') {
    throw new UserError(
      'OUTPUT_FORBIDDEN',
      'draft_folder is on another machine, to which nothing is written',
      {
        hint: 'leave package out or set it to zip, and unpack what zip_url answers with there',
      },
    );
  }
  return { parent: context.drafts.root, zip: boundTo(folder, isWindows) };
}

function isOfThisMachine(isWindows: boolean, os: System | undefined, { localRoots }: ToolContext): boolean {
  const here = ({ win32: 'windows', darwin: 'macos' } as const)[process.platform as string] ?? 'linux';
  return localRoots.length > 0 && isWindows === (here === 'windows') && (os === undefined || os === here);
}

/** @throws UserError INPUT_INVALID when a folder is not named from the top of its machine. */
function isWindowsPath(folder: string): boolean {
  if (/^[a-z]:[\\/]|^\\\\/i.test(folder)) return true;
  if (folder.startsWith('/')) return false;
  throw new UserError('INPUT_INVALID', `draft_folder must be a whole path (got ${JSON.stringify(folder)})`, {
    hint: 'copy it from the settings of the editor, such as C:/Users/me/…/com.lveditor.draft',
  });
}

function portableFor(os: System | undefined): ZipStyle {
  if (os === undefined) return PORTABLE;
  const separator = os === 'windows' ? '\\' : '/';
  return { key: separator, isPortable: true, pathsOf: () => ({ kind: 'portable', separator }) };
}

function boundTo(folder: string, isWindows: boolean): ZipStyle {
  const root = folder.replace(isWindows ? /[\\/]+$/ : /\/+$/, '');
  return {
    key: root,
    isPortable: false,
    pathsOf: (name) => ({ kind: 'absolute', folder: `${root}/${name}` }),
  };
}
