import type { FileHandle } from 'node:fs/promises';

/** Bytes that can be read anywhere: of a file, or of an address by ranges. */
export interface ByteSource {
  /** In bytes. */
  readonly size: number;
  /** Whether each read is a journey. */
  readonly isFar: boolean;
  /** Whether the bytes from `start` up to `end` have come, or will not; of what is not far they always have. */
  isThere?(start: number, end: number): boolean;
  /** The bytes from `start` up to `end`, fewer only at the end of the content. */
  read(start: number, end: number): Promise<Uint8Array>;
}

/** The content of an open file, which stays open. */
export async function fileBytes(file: FileHandle): Promise<ByteSource> {
  const { size } = await file.stat();
  return {
    size,
    isFar: false,
    async read(start, end) {
      const wanted = Math.max(0, Math.min(end, size) - start);
      const { buffer, bytesRead } = await file.read(Buffer.alloc(wanted), 0, wanted, start);
      return buffer.subarray(0, bytesRead);
    },
  };
}
