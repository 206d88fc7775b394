/** The same content for both programs: a timeline for ours, a spec for the peer. */
export interface Content {
  timeline: object;
  spec: object;
}

const canvas = { width: 1080, height: 1920, fps: 30 };
const COLOR = '#FFD700';
// Small enough to fit: a warning for each caption would be measured as well.
const SIZE = 5;

/** A text track of captions, one a second, each with size, colour and place. */
export function captions(count: number): Content {
  return texts(count, (text, index) => ({ text: `字幕 caption ${text}`, startS: index, durationS: 1 }));
}

/** A text track of clips that each move and fade by three keyframes of two properties. */
export function movingTexts(count: number): Content {
  const { timeline, spec } = texts(count, (text, index) => ({
    text: `title ${text}`,
    startS: index * 2,
    durationS: 2,
  }));
  const points: readonly (readonly [timeS: number, value: number])[] = [
    [0, 0],
    [1, 1],
    [2, 0.5],
  ];
  const keyframes = { positionX: ms(points), opacity: ms(points) };
  for (const clip of timeline.tracks[0]!.clips) Object.assign(clip, { keyframes });
  const operations = spec.tracks[0]!.items.flatMap((item, index) => {
    Object.assign(item, { ref: `clip-${index}` });
    return ['position_x', 'alpha'].flatMap((property) =>
      points.map(([time, value]) => ({ op: 'keyframe', target: `clip-${index}`, property, time, value })),
    );
  });
  return { timeline, spec: { ...spec, operations } };
}

interface Text {
  text: string;
  startS: number;
  durationS: number;
}

function texts(count: number, make: (name: string, index: number) => Text) {
  const all = Array.from({ length: count }, (_, index) => make(String(index), index));
  const clips: object[] = all.map(({ text, startS, durationS }) => ({
    text,
    start: startS * 1000,
    duration: durationS * 1000,
    style: { size: SIZE, color: COLOR },
    transform: { y: -0.6 },
  }));
  const items: object[] = all.map(({ text, startS, durationS }) => ({
    text,
    start: startS,
    duration: durationS,
    fontSize: SIZE,
    color: COLOR,
    y: -0.6,
  }));
  const timeline = { schema: 'draft-timeline/1', name: 'Bench', timeUnit: 'ms', canvas };
  return {
    timeline: { ...timeline, tracks: [{ type: 'text', clips }] },
    spec: { name: 'Bench', ...canvas, ratio: '9:16', tracks: [{ type: 'text', items }] },
  };
}

function ms(points: readonly (readonly [timeS: number, value: number])[]) {
  return points.map(([timeS, value]) => [timeS * 1000, value]);
}
