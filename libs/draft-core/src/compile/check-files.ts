import { formatPointer, showPath } from '@cozecut/problems';
import type { MediaFile } from '../media-facts.ts';
import { mediaPaths } from '../media-sources.ts';
import type { Report } from '../timeline/report.ts';
import { UNUSUAL_HINT, whyUnusual } from '../unusual-video.ts';

/** Extensions that stand for the same content. */
const SAME: readonly (readonly string[])[] = [
  ['jpg', 'jpeg', 'jpe', 'jfif'],
  ['mp4', 'm4v', 'm4a', 'm4b', 'mov', 'qt'],
  ['mkv', 'mka', 'webm'],
  ['ogg', 'oga', 'ogv', 'opus'],
  ['ts', 'mts', 'm2ts'],
  ['wav', 'wave'],
  ['aac', 'adts'],
  ['tif', 'tiff'],
  ...['png', 'gif', 'webp', 'bmp', 'avif', 'mp3', 'flac', 'avi', 'flv', 'wmv', 'wma', 'heic'].map((one) => [
    one,
  ]),
];

/** DR127 to DR129: what files are called and hold that means something else to another system, reader or app. */
export function checkFiles(timeline: unknown, media: ReadonlyMap<string, MediaFile>, report: Report): void {
  const byFoldedName = new Map<string, { source: string; sha256: string }>();
  for (const [source, path] of mediaPaths(timeline)) {
    const file = media.get(source);
    if (file === undefined) continue;
    const place = showPath(path, 'timeline');
    const pointer = formatPointer(path);
    const key = folded(source);
    const other = byFoldedName.get(key);
    if (other !== undefined && other.sha256 !== file.sha256) {
      const message = `${place}: "${source}" and "${other.source}" are two files here and one on Windows and macOS`;
      report('DR127', 'warning', pointer, message, { hint: 'rename one' });
    }
    byFoldedName.set(key, other ?? { source, sha256: file.sha256 });
    const why = file.facts.kind === 'video' ? whyUnusual(file.streams ?? []) : undefined;
    if (why !== undefined)
      report('DR129', 'warning', pointer, `${place}: "${source}": ${why}`, { hint: UNUSUAL_HINT });
    const claimed = contradicting(file);
    if (claimed === undefined) continue;
    report(
      'DR128',
      'warning',
      pointer,
      `${place}: "${source}" is called .${claimed}, its content is ${file.extension}`,
      {
        hint: 'the copy in the draft gets the right extension',
      },
    );
  }
}

// Case folding as far as the language has it: "ß" and "ss", "ſ" and "s" become the same.
function folded(name: string): string {
  return name.normalize('NFC').toUpperCase().toLowerCase().normalize('NFC');
}

/** The extension of a name, when it stands for another kind of content. */
function contradicting({ name, extension }: MediaFile): string | undefined {
  const claimed = /\.([a-z\d]{1,4})$/i.exec(name)?.[1]?.toLowerCase();
  const group = SAME.find((one) => claimed !== undefined && one.includes(claimed));
  return group === undefined || group.includes(extension.toLowerCase()) ? undefined : claimed;
}
