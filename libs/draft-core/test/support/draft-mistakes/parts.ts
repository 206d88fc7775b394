import type { LintDraftOptions } from '../../../src/index.ts';
import type { Loose } from '../draft-folder.ts';

/** One thing that is wrong with a draft. */
export interface DraftMistake {
  code: string;
  what: string;
  /** Changes the timeline and the file about the draft. */
  change?: (content: Loose, meta: Loose) => void;
  /** Changes files; name of a file to its new content, `undefined` removes it. */
  files?: Record<string, string | undefined>;
  /** Rules that cannot but speak up as well. */
  also?: string[];
  profile?: string;
  /** What the linter is told about the world beside the draft. */
  options?: LintDraftOptions;
  /** Whether the repair is certain. */
  fixable?: boolean;
}

export const GUID = '11111111-2222-4333-8444-555555555555';
let count = 0;

/** A material that a segment refers to. */
export function companion(content: Loose, segment: Loose, array: string, material: Loose): Loose {
  const entry = { id: `extra-${++count}`, ...material };
  content.materials[array] ??= [];
  content.materials[array].push(entry);
  segment.extra_material_refs.push(entry.id);
  return entry;
}

export const [main, overlay, music, titles] = [0, 1, 2, 3].map((index) => (content: Loose) => {
  const byName = ['main', 'overlay', 'music', 'titles'];
  return content.tracks.find((track: Loose) => track.name === byName[index]);
}) as [Pick, Pick, Pick, Pick];
type Pick = (content: Loose) => Loose;

export const clip = (content: Loose, index = 0): Loose => main(content).segments[index];
export const poster = (content: Loose): Loose => overlay(content).segments[0];
export const sound = (content: Loose): Loose => music(content).segments[0];
export const title = (content: Loose): Loose => titles(content).segments[0];
export const file = (content: Loose, segment: Loose): Loose =>
  [...content.materials.videos, ...content.materials.audios].find(
    ({ id }: Loose) => id === segment.material_id,
  );
export const text = (content: Loose): Loose =>
  content.materials.texts.find(({ id }: Loose) => id === title(content).material_id);
export const inText = (content: Loose, change: (inner: Loose) => void): void => {
  const inner = JSON.parse(text(content).content);
  change(inner);
  text(content).content = JSON.stringify(inner);
};
export const curve = (segment: Loose, property: string, points: [number, number][]): void => {
  segment.common_keyframes.push({
    id: `curve-${++count}`,
    property_type: property,
    material_id: '',
    keyframe_list: points.map(([time_offset, value]) => ({
      id: `point-${++count}`,
      time_offset,
      values: [value],
      curveType: 'Line',
    })),
  });
};
export const animate = (content: Loose, ...animations: Loose[]): Loose =>
  companion(content, clip(content), 'material_animations', { type: 'sticker_animation', animations });
export const fade = (content: Loose): Loose => content.materials.audio_fades[0];
export const mask = (content: Loose, change: Loose = {}, array = 'masks'): Loose =>
  companion(content, clip(content), array, {
    type: 'mask',
    resource_type: 'circle',
    config: { width: 0.5, height: 0.5, feather: 0, roundCorner: 0, centerX: 0, centerY: 0, rotation: 0 },
    ...change,
  });
export const transition = (content: Loose, duration: number, segment = clip(content)): Loose =>
  companion(content, segment, 'transitions', { type: 'transition', duration, is_overlap: true });

/** Makes the titles captions. */
export const captions = (content: Loose, change: () => void): void => {
  for (const one of content.materials.texts) one.type = 'subtitle';
  change();
};
export const say = (content: Loose, words: string): void =>
  inText(content, (inner) => {
    inner.text = words;
    inner.styles = [{ ...inner.styles[0], range: [0, words.length] }];
  });

/** A filter of the catalog. */
export const warm = { name: 'warm', resource_id: '1110', effect_id: '1110' };
export const filter = (content: Loose, change: Loose): Loose =>
  companion(content, clip(content), 'effects', { type: 'filter', ...warm, value: 1, ...change });
/** What is found in the media of the draft, with something else in those with a name. */
export const inFiles = (pattern: RegExp, change: Loose): ReadonlyMap<string, Loose> =>
  ({
    get: (path: string) => {
      const name = path.split('/').at(-1)!;
      return pattern.test(name) ? change : undefined;
    },
  }) as unknown as ReadonlyMap<string, Loose>;

/** Wraps the first title into a template, and gives the template. */
export const wrapTitle = (content: Loose, segment = title(content)): Loose => {
  const template = {
    id: `template-${++count}`,
    type: 'text_template',
    name: 'T',
    text_info_resources: [
      { id: `layer-${++count}`, text_material_id: segment.material_id, extra_material_refs: [] },
    ],
  };
  content.materials.text_templates.push(template);
  segment.material_id = template.id;
  return template;
};
