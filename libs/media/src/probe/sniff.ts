/** What the first bytes of a file say it is. */
export type Sniffed =
  | { as: 'gif' }
  | { as: 'picture'; extension: 'png' | 'jpg' | 'webp' | 'bmp' | 'avif' }
  | { as: 'stream' }
  | { as: 'font'; extension: 'ttf' | 'otf' | 'ttc' }
  /** Not media that can be used; `what` with its article, for messages. */
  | { as: 'other'; what: string };

/** Bytes that {@link sniff} wants to see. */
export const SNIFF_BYTES = 4096;

const STREAM: Sniffed = { as: 'stream' };
/** First boxes of an MP4 or QuickTime file; `ftyp` is looked at more closely. */
const FIRST_BOXES = ['moov', 'mdat', 'free', 'skip', 'wide', 'pnot', 'styp', 'sidx', 'moof'];
const FONTS: readonly (readonly [start: string, extension: 'ttf' | 'otf' | 'ttc'])[] = [
  ['\0\x01\0\0', 'ttf'],
  ['true\0', 'ttf'],
  ['OTTO', 'otf'],
  ['ttcf', 'ttc'],
];
const NOT_MEDIA: readonly (readonly [start: string, what: string])[] = [
  ['%PDF', 'a PDF document'],
  ['PK\x03\x04', 'a ZIP archive'],
  ['\x1f\x8b', 'a gzip archive'],
  ['Rar!', 'a RAR archive'],
  ['FLV\x01', 'an FLV video'],
  ['\x30\x26\xb2\x75', 'a WMV or WMA file'],
  ['wOFF', 'a web font (WOFF)'],
  ['wOF2', 'a web font (WOFF2)'],
  ['FORM', 'an AIFF file'],
  ['II*\0', 'a TIFF picture'],
  ['MM\0*', 'a TIFF picture'],
  ['\0\0\x01\0', 'an icon'],
  ['\0\0\x01\xba', 'an MPEG program stream'],
];

/**
 * Decides what a file is by its first bytes; names and types that came with it are not asked.
 *
 * @param head - The first {@link SNIFF_BYTES} of the file, or all of it.
 */
export function sniff(head: Uint8Array): Sniffed {
  const text = Buffer.from(head).toString('latin1');
  if (text.startsWith('GIF87a') || text.startsWith('GIF89a')) return { as: 'gif' };
  if (text.startsWith('\x89PNG\r\n\x1a\n')) return { as: 'picture', extension: 'png' };
  if (text.startsWith('\xff\xd8\xff')) return { as: 'picture', extension: 'jpg' };
  if (text.startsWith('BM') && text.startsWith('\0\0\0\0', 6)) return { as: 'picture', extension: 'bmp' };
  if (text.startsWith('RIFF') || text.startsWith('RF64')) return sniffRiff(text.slice(8, 12));
  if (text.startsWith('ftyp', 4)) return sniffFtyp(text, head);
  if (FIRST_BOXES.includes(text.slice(4, 8))) return STREAM;
  if (['\x1aE\xdf\xa3', 'OggS', 'fLaC', 'ID3'].some((start) => text.startsWith(start))) return STREAM;
  if (isAudioFrame(head) || isTransportStream(text)) return STREAM;
  const font = FONTS.find(([start]) => text.startsWith(start));
  if (font) return { as: 'font', extension: font[1] };
  const known = NOT_MEDIA.find(([start]) => text.startsWith(start));
  return { as: 'other', what: known ? known[1] : describe(head, text) };
}

function sniffRiff(form: string): Sniffed {
  if (form === 'WEBP') return { as: 'picture', extension: 'webp' };
  if (form === 'WAVE') return STREAM;
  return { as: 'other', what: form === 'AVI ' ? 'an AVI video' : `a RIFF file of type "${form}"` };
}

function sniffFtyp(text: string, head: Uint8Array): Sniffed {
  const brand = text.slice(8, 12);
  const length = new DataView(head.buffer, head.byteOffset).getUint32(0);
  if (brand === 'avif' || (brand === 'mif1' && text.slice(16, length).includes('avif'))) {
    return { as: 'picture', extension: 'avif' };
  }
  if (brand === 'avis') return { as: 'other', what: 'an animated AVIF' };
  if (/^(?:hei[cmsx]|hev[cmsx]|mif1|msf1)$/.test(brand)) return { as: 'other', what: 'a HEIC picture' };
  return STREAM;
}

/** MPEG audio and ADTS: eleven (twelve) set bits, then a version, layer and bit rate that exist. */
function isAudioFrame(head: Uint8Array): boolean {
  const [first = 0, second = 0, third = 0] = head;
  if (first !== 0xff || (second & 0xe0) !== 0xe0) return false;
  const isAdts = (second & 0xf6) === 0xf0;
  const isMpeg =
    (second & 0x18) !== 0x08 && (second & 0x06) !== 0 && third >> 4 !== 15 && (third & 0x0c) !== 0x0c;
  return isAdts || isMpeg;
}

/** Packets of 188 bytes, or of 192 with a time stamp before each (m2ts), all beginning with `G`. */
function isTransportStream(text: string): boolean {
  const isEvery = (size: number, offset: number) =>
    text.length > size && [0, 1, 2].every((n) => (text[offset + n * size] ?? 'G') === 'G');
  return isEvery(188, 0) || isEvery(192, 4);
}

function describe(head: Uint8Array, text: string): string {
  if (/^\s*(?:<!--.*?-->\s*)?<(?:!doctype html|html)/is.test(text)) return 'a web page (HTML)';
  if (/<svg[\s>]/i.test(text.slice(0, 1024)) && !text.includes('\0')) return 'an SVG drawing';
  if (/^#EXTM3U/.test(text)) return 'an HLS playlist';
  if (/^\s*[[{]/.test(text) && !text.includes('\0')) return 'JSON text';
  if (!text.includes('\0') && Buffer.from(head).toString('utf8').slice(0, -1).includes('\ufffd') === false)
    return 'text';
  const bytes = [...head.subarray(0, 8)].map((byte) => byte.toString(16).padStart(2, '0'));
  return `data of an unknown kind (${bytes.join(' ')})`;
}
