import type { Static } from 'typebox';
import { Type } from '../../../timeline/type.ts';
import { textOf } from '../../loose.ts';
import { failEdit } from '../fail.ts';
import type { Operation } from '../operation.ts';

/** Schema of a `relink`. */
export const relinkSchema = Type.Object(
  {
    op: Type.Literal('relink'),
    from: Type.String({ minLength: 1, description: 'Where files were: a folder, or one file' }),
    to: Type.String({ minLength: 1, description: 'Where they are now' }),
  },
  {
    additionalProperties: false,
    description: 'Changes where media files are looked for; the files are not touched',
  },
);

/** Changes where files are looked for. */
export const relink: Operation<Static<typeof relinkSchema>> = {
  schema: relinkSchema,
  apply({ from, to }, { draft, meta }) {
    let count = 0;
    const moved = (path: unknown): string | undefined => {
      const there = textOf(path) && relinked(textOf(path)!, from, to);
      return there === path ? undefined : there;
    };
    for (const { array, material } of draft.materials.values()) {
      if (array !== 'videos' && array !== 'audios') continue;
      const path = moved(material.path);
      if (path === undefined) continue;
      material.path = path;
      count++;
    }
    for (const entry of meta?.entries ?? []) entry.file_Path = moved(entry.file_Path) ?? entry.file_Path;
    if (count === 0) failEdit('DR165', `no file of the draft is in "${from}"`);
    return `relinked ${count === 1 ? '1 file' : `${count} files`}`;
  },
};

/** The path below another folder, when it is below the one that is named; separators may differ. */
function relinked(path: string, from: string, to: string): string {
  const plain = (text: string): string => text.replaceAll('\\', '/').replace(/\/+$/, '');
  const folder = plain(from);
  const isWindows = /^[a-z]:/i.test(folder) || from.startsWith('\\\\');
  const [own, wanted] = isWindows ? [plain(path).toLowerCase(), folder.toLowerCase()] : [plain(path), folder];
  if (own !== wanted && !own.startsWith(`${wanted}/`)) return path;
  const separator = to.includes('\\') && !to.includes('/') ? '\\' : '/';
  return to.replace(/[\\/]+$/, '') + plain(path).slice(folder.length).replaceAll('/', separator);
}
