import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { UserError } from '@cozecut/problems';
import { allowedPath } from '../allowed-path.ts';
import type { ToolHandler } from '../tools.gen.ts';

/** A character of UTF-8 has at most four bytes. */
const MAX_CHAR_BYTES = 4;

/** Part of a file. */
export const readFile: ToolHandler<'read_file'> = async (input, { localRoots }) => {
  const { path: named, offset = 0, max_bytes: maxBytes = 131_072 } = input;
  const { path, realPath } = await allowedPath(named, localRoots);
  // The path has no links any more; a pipe that somebody put there must not hold the call up.
  const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
  const handle = await open(realPath, flags).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'EACCES' || cause.code === 'EPERM') {
      throw new UserError('FILE_FORBIDDEN', `the system does not let ${JSON.stringify(named)} be read`, {
        cause,
      });
    }
    if (cause.code === 'ENXIO' || cause.code === 'ELOOP' || cause.code === 'EISDIR')
      throw noFile(named, cause);
    throw cause;
  });
  try {
    const info = await handle.stat();
    if (!info.isFile()) throw noFile(named);
    const bytes = await readBytes(handle, offset, Math.min(maxBytes, Math.max(0, info.size - offset)));
    const text = textOf(bytes, offset + bytes.length >= info.size);
    const used = text?.bytes ?? bytes.length;
    const end = offset + used;
    return {
      path,
      encoding: text === undefined ? ('base64' as const) : ('utf-8' as const),
      content: text?.text ?? bytes.toString('base64'),
      total_bytes: info.size,
      ...(end < info.size && used > 0 ? { next_offset: end } : {}),
    };
  } finally {
    await handle.close();
  }
};

async function readBytes(handle: FileHandle, offset: number, bytes: number): Promise<Buffer> {
  const buffer = Buffer.alloc(bytes);
  let filled = 0;
  while (filled < bytes) {
    const { bytesRead } = await handle.read(buffer, filled, bytes - filled, offset + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return buffer.subarray(0, filled);
}

/** The bytes as text, less a character that is cut at the end; `undefined` when they are none. */
function textOf(bytes: Buffer, isWhole: boolean): { text: string; bytes: number } | undefined {
  for (let cut = 0; cut < (isWhole ? 1 : MAX_CHAR_BYTES) && cut <= bytes.length; cut++) {
    const part = bytes.subarray(0, bytes.length - cut);
    try {
      const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(part);
      return text.includes('\0') ? undefined : { text, bytes: part.length };
    } catch {
      // Not a text up to here.
    }
  }
  return undefined;
}

function noFile(named: string, cause?: unknown): UserError {
  return new UserError('NOT_A_FILE', `${JSON.stringify(named)} is no file`, {
    hint: 'list_files shows what is in a folder',
    cause,
  });
}
