import { type DraftList, fitColumns } from '@cozecut/draft-core';

/** A list of clips for people, one line each. */
export function describeList({ tracks, durationUs }: DraftList): string[] {
  return [
    ...tracks.flatMap(({ index, name, type, clips }) => [
      `${name ?? index} (${type}${name === undefined ? '' : `, ${index}`})`,
      ...clips.map((clip) => {
        const times = [clip.startUs, clip.durationUs].map((us) =>
          (us === undefined ? '?' : seconds(us)).padStart(11),
        );
        const title = fitColumns((clip.name ?? '').replaceAll(/\s+/g, ' '), 32);
        return `  #${String(clip.index).padEnd(4)}${times.join('')}  ${title}  ${clip.id}`;
      }),
    ]),
    seconds(durationUs),
  ];
}

function seconds(us: number): string {
  return `${Number((us / 1e6).toFixed(6))} s`;
}
