/** What the headers of an entry say. */
export interface ZipEntry {
  name: string;
  isPacked: boolean;
  /** Whether checksum and sizes stand behind the content, because they are not known before. */
  isDescribed: boolean;
  crc: number;
  /** Size of the content as it is in the zip. */
  packedBytes: number;
  bytes: number;
}

/** An entry, and where it begins. */
export interface PlacedEntry extends ZipEntry {
  offset: number;
}

/** What two and four bytes can say; a field that is full of ones stands for a longer one elsewhere. */
const [MAX_16, MAX_32] = [0xffff, 0xffffffff];
const [DESCRIBED, UTF8] = [1 << 3, 1 << 11];
const [STORED, DEFLATED] = [0, 8];
/** 1 January 1980: zip times are local and would differ by machine and moment. */
const DATE = (1 << 5) | 1;
/** Made by a program that knows permissions of UNIX. */
const MADE_BY = (3 << 8) | 45;
/** A plain file that its owner may write. */
const MODE = 0o100644;
const ZIP64 = 1;

/** What stands before the content of an entry. */
export function localHeader(entry: ZipEntry): Buffer {
  const isLong = entry.isDescribed && isLongEntry(entry);
  const said = entry.isDescribed ? { ...entry, crc: 0, packedBytes: 0, bytes: 0 } : entry;
  const extra = isLong ? zip64Extra([0, 0]) : Buffer.alloc(0);
  return build(
    [4, 0x04034b50],
    ...commonFields(entry, said, isLong),
    [2, Buffer.byteLength(entry.name)],
    [2, extra.length],
    Buffer.from(entry.name),
    extra,
  );
}

/** What stands behind the content of an entry that is described there. */
export function descriptor(entry: ZipEntry): Buffer {
  const width = isLongEntry(entry) ? 8 : 4;
  return build([4, 0x08074b50], [4, entry.crc], [width, entry.packedBytes], [width, entry.bytes]);
}

/** What stands at the end of a zip. @param start - Where it begins. */
export function directory(entries: readonly PlacedEntry[], start: number): Buffer {
  const headers = Buffer.concat(entries.map(directoryHeader));
  const count = entries.length;
  const end = start + headers.length;
  const isLong = count >= MAX_16 || start >= MAX_32 || headers.length >= MAX_32;
  const long = isLong
    ? [
        build([4, 0x06064b50], [8, 44], [2, MADE_BY], [2, 45], [4, 0], [4, 0]),
        build([8, count], [8, count], [8, headers.length], [8, start]),
        build([4, 0x07064b50], [4, 0], [8, end], [4, 1]),
      ]
    : [];
  const [counted, size, offset] = [
    Math.min(count, MAX_16),
    Math.min(headers.length, MAX_32),
    Math.min(start, MAX_32),
  ];
  const last = build(
    [4, 0x06054b50],
    [2, 0],
    [2, 0],
    [2, counted],
    [2, counted],
    [4, size],
    [4, offset],
    [2, 0],
  );
  return Buffer.concat([headers, ...long, last]);
}

function directoryHeader(entry: PlacedEntry): Buffer {
  const { name, bytes, packedBytes, offset } = entry;
  const isLong = isLongEntry(entry) || offset >= MAX_32;
  const extra = isLong ? zip64Extra([bytes, packedBytes, offset]) : Buffer.alloc(0);
  return build(
    [4, 0x02014b50],
    [2, MADE_BY],
    ...commonFields(entry, entry, isLong),
    [2, Buffer.byteLength(name)],
    [2, extra.length],
    // No comment, the first disk, no text.
    [2, 0],
    [2, 0],
    [2, 0],
    [4, MODE * 2 ** 16],
    [4, isLong ? MAX_32 : offset],
    Buffer.from(name),
    extra,
  );
}

function commonFields({ isPacked, isDescribed }: ZipEntry, said: ZipEntry, isLong: boolean): Field[] {
  return [
    [2, isLong ? 45 : 20],
    [2, UTF8 | (isDescribed ? DESCRIBED : 0)],
    [2, isPacked ? DEFLATED : STORED],
    [2, 0],
    [2, DATE],
    [4, said.crc],
    [4, isLong ? MAX_32 : said.packedBytes],
    [4, isLong ? MAX_32 : said.bytes],
  ];
}

function isLongEntry({ bytes, packedBytes }: ZipEntry): boolean {
  return bytes >= MAX_32 || packedBytes >= MAX_32;
}

function zip64Extra(values: readonly number[]): Buffer {
  return build([2, ZIP64], [2, values.length * 8], ...values.map((value): Field => [8, value]));
}

type Field = readonly [width: 2 | 4 | 8, value: number] | Buffer;

/** Numbers of so many bytes, the lowest first, and bytes as they are. */
function build(...fields: readonly Field[]): Buffer {
  const size = fields.reduce((sum, field) => sum + (Buffer.isBuffer(field) ? field.length : field[0]), 0);
  const buffer = Buffer.allocUnsafe(size);
  let at = 0;
  for (const field of fields) {
    if (Buffer.isBuffer(field)) at += field.copy(buffer, at);
    else if (field[0] === 8) at = buffer.writeBigUInt64LE(BigInt(field[1]), at);
    else at = buffer.writeUIntLE(field[1], at, field[0]);
  }
  return buffer;
}
