import { type DraftList, fitColumns } from '@cozecut/draft-core';

/** A list of clips for people, one line each. */
export function describeList({ tracks, durationUs }: DraftList): string[] {
  return [
    ...tracks.flatMap(({ index, name, type, clips }) => [
      `${oneLine(name ?? String(index))} (${oneLine(type)}${name === undefined ? '' : `, ${index}`})`,
      ...clips.map((clip) => {
        const times = [clip.startUs, clip.durationUs].map((us) =>
          (us === undefined ? '?' : seconds(us)).padStart(11),
        );
        const title = fitColumns(oneLine(clip.name ?? ''), 32);
        return `  #${String(clip.index).padEnd(4)}${times.join('')}  ${title}  ${oneLine(clip.id)}`;
      }),
    ]),
    seconds(durationUs),
  ];
}

function seconds(us: number): string {
  return `${Number((us / 1e6).toFixed(6))} s`;
}

/** A name of a stranger on one line, without the control characters that would steer the terminal. */
function oneLine(text: string): string {
  return text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
}
