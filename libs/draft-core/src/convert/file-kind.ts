/** What files that are no text begin with: bytes as Latin-1, from an offset on. */
const SIGNS: readonly [kind: string, sign: string, offset?: number][] = [
  ['a picture (PNG)', '\x89PNG'],
  ['a picture (JPEG)', '\xff\xd8\xff'],
  ['a picture (GIF)', 'GIF87a'],
  ['a picture (GIF)', 'GIF89a'],
  ['a picture (WebP)', 'WEBP', 8],
  ['a film', 'ftyp', 4],
  ['a film', '\x1a\x45\xdf\xa3'],
  ['a film', 'AVI ', 8],
  ['a sound file', 'WAVE', 8],
  ['a sound file', 'ID3\x02'],
  ['a sound file', 'ID3\x03'],
  ['a sound file', 'ID3\x04'],
  ['a sound file', 'OggS\0'],
  ['a sound file', 'fLaC\0'],
  ['a zip', 'PK\x03\x04'],
  ['an archive', '\x1f\x8b\x08'],
  ['an archive', '7z\xbc\xaf'],
  ['an archive', 'Rar!\x1a'],
  ['a PDF', '%PDF-'],
  ['an Office document', '\xd0\xcf\x11\xe0'],
  ['a database', 'SQLite format 3\0'],
];

/** What a file is that is no text, by its first bytes; nothing for one that may be text. */
export function kindOfFile(bytes: Uint8Array): string | undefined {
  const start = String.fromCharCode(...bytes.subarray(0, 16));
  return SIGNS.find(([, sign, offset = 0]) => start.startsWith(sign, offset))?.[0];
}
