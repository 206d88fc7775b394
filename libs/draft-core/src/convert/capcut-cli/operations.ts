import { closest } from '@cozecut/problems';
import type { CurveProperty } from '../../timeline/model.ts';
import type { Clip, ClipOf, RangeStyle, Track, TrackType } from '../../timeline/schema.ts';
import { readColor } from '../color.ts';
import { Fields } from '../fields.ts';
import { readValue } from '../keyframe-value.ts';
import { addSrtTracks } from '../subtitles/srt-tracks.ts';
import { defined, numeric, percent } from '../values.ts';
import { type KnownItem, type SpecState, timeUs } from './item.ts';
import { readTextStyle, STYLE_KEYS } from './text-style.ts';

const operations: Readonly<Record<string, (fields: Fields, state: SpecState) => void>> = {
  transition: addTransition,
  filter: addFilter,
  effect: addEffect,
  keyframe: addKeyframe,
  'audio-fade': setFade,
  'text-style': setTextStyle,
  'text-ranges': setTextRanges,
  template: dropTemplate,
  captions: addCaptions,
};

/** Carries out one operation of a spec. */
export function applyOperation(fields: Fields, state: SpecState): void {
  const name = fields.text('op') ?? '';
  const apply = Object.hasOwn(operations, name) ? operations[name] : undefined;
  if (apply === undefined) {
    const [best] = closest(name, Object.keys(operations));
    fields.error(
      'DR165',
      `${fields.place}: there is no operation ${JSON.stringify(name)}`,
      {
        hint:
          best === undefined
            ? `operations: ${Object.keys(operations).join(', ')}`
            : `did you mean "${best}"?`,
      },
      'op',
    );
    return;
  }
  apply(fields, state);
  // Names of either app are looked up.
  fields.ignore('jianying', 'namespace');
  fields.finish();
}

function targetOf(fields: Fields, { refs }: SpecState, ...types: TrackType[]): KnownItem | undefined {
  const ref = fields.text('target');
  const known = ref === undefined ? undefined : refs.get(ref);
  if (known === undefined) {
    const what = ref === undefined ? 'is missing' : `"${ref}" not found`;
    fields.error(
      'DR165',
      `${fields.place}.target ${what}`,
      { hint: `refs: ${[...refs.keys()].join(', ') || 'none'}` },
      'target',
    );
  } else if (types.length > 0 && !types.includes(known.track.type)) {
    fields.error(
      'DR010',
      `${fields.place}: "${ref}" is a ${known.track.type} clip, expected ${types.join(' or ')}`,
      {},
      'target',
    );
    return undefined;
  }
  return known;
}

function slugOf(fields: Fields): string | undefined {
  const slug = fields.text('slug');
  if (slug === undefined) fields.error('DR165', `${fields.place}.slug is missing`, {}, 'slug');
  return slug;
}

function addTransition(fields: Fields, state: SpecState): void {
  const target = targetOf(fields, state, 'video');
  const name = slugOf(fields);
  const duration = timeUs(fields, 'duration', state);
  if (target === undefined || name === undefined) return;
  state.builder.addTransition(target.track, target.clip, defined({ name, duration }), fields.path);
}

function addFilter(fields: Fields, state: SpecState): void {
  const name = slugOf(fields);
  const intensity = fields.number('intensity');
  const span = spanOf(fields, state);
  const track = trackNamed('filter', fields, state);
  if (name === undefined || span === undefined) return;
  const filter = defined({ name, intensity: intensity === undefined ? undefined : percent(intensity) });
  state.builder.addClip(track, { filter, ...span }, fields.path);
}

function addEffect(fields: Fields, state: SpecState): void {
  const name = slugOf(fields);
  const raw = fields.raw('params');
  const entries = Object.entries((raw ?? {}) as object).flatMap(([key, value]): [string, number][] =>
    value === null ? [] : [[key, numeric(value)]],
  );
  const bad = entries.find(([, value]) => !Number.isFinite(value));
  if (bad !== undefined) fields.complain('must hold numbers', raw, 'params');
  const span = spanOf(fields, state);
  const track = trackNamed('effect', fields, state);
  if (name === undefined || span === undefined || bad !== undefined) return;
  const params = entries.length > 0 ? Object.fromEntries(entries) : undefined;
  state.builder.addClip(track, { effect: defined({ name, params }), ...span }, fields.path);
}

function spanOf(fields: Fields, state: SpecState): { start: number; duration: number } | undefined {
  const start = timeUs(fields, 'start', state) ?? 0;
  const duration = timeUs(fields, 'duration', state);
  if (duration === undefined) fields.error('DR162', `${fields.place}.duration is missing`, {}, 'duration');
  else if (duration <= 0) fields.error('DR003', `${fields.place}.duration must be positive`, {}, 'duration');
  else return { start, duration };
  return undefined;
}

/** The track of a name, which is made when it is new. */
function trackNamed(type: TrackType, fields: Fields, { builder }: SpecState): Track {
  const name = fields.text('trackName') ?? type;
  const known = builder.tracks.find((track) => track.type === type && track.name === name);
  return known ?? builder.addTrack(type, { name }, fields.path);
}

const properties: Readonly<Record<string, CurveProperty>> = {
  scale: 'scale',
  uniform_scale: 'scale',
  uniformScale: 'scale',
  x: 'positionX',
  y: 'positionY',
  position_x: 'positionX',
  position_y: 'positionY',
  scale_x: 'scaleX',
  scale_y: 'scaleY',
  scaleX: 'scaleX',
  scaleY: 'scaleY',
  rotation: 'rotation',
  opacity: 'opacity',
  alpha: 'opacity',
  volume: 'volume',
  saturation: 'saturation',
  contrast: 'contrast',
  brightness: 'brightness',
};

function addKeyframe(fields: Fields, state: SpecState): void {
  const target = targetOf(fields, state);
  const word = fields.text('property') ?? '';
  const property = Object.hasOwn(properties, word) ? properties[word] : undefined;
  const atUs = timeUs(fields, 'time', state) ?? 0;
  const value = readValue(fields.raw('value'));
  const easing = fields.text('easing');
  if (property === undefined) {
    fields.error(
      'DR064',
      `${fields.place}: there is no property ${JSON.stringify(word)}`,
      { hint: Object.keys(properties).join(', ') },
      'property',
    );
  }
  if (value === undefined)
    fields.complain('must be a number such as 1.5, "50%" or "45deg"', fields.raw('value'), 'value');
  if (target === undefined || property === undefined || value === undefined) return;
  const holder = target.clip as Clip & { keyframes?: Record<string, [number, number, string?][]> };
  holder.keyframes ??= {};
  holder.keyframes[property] ??= [];
  holder.keyframes[property].push(easing === undefined ? [atUs, value] : [atUs, value, easing]);
}

function setFade(fields: Fields, state: SpecState): void {
  const target = targetOf(fields, state, 'video', 'audio');
  const fade = defined({ in: timeUs(fields, 'fadeIn', state), out: timeUs(fields, 'fadeOut', state) });
  if (target === undefined) return;
  const clip = target.clip as ClipOf<'audio'>;
  if (clip.fade === undefined) clip.fade = fade;
  else
    fields.error(
      'DR091',
      `${fields.place}: "${clip.id}" has a fade already`,
      { hint: 'one fade for a clip' },
      'target',
    );
}

function setTextStyle(fields: Fields, state: SpecState): void {
  const target = targetOf(fields, state, 'text');
  for (const key of STYLE_KEYS) {
    if (!fields.has(key)) continue;
    fields.error(
      'DR162',
      `${fields.place}.${key} must stand inside of style`,
      { hint: `write "style": {"${key}": …}` },
      key,
    );
  }
  const style = readTextStyle(fields.object('style'));
  if (target === undefined) return;
  const clip = target.clip as ClipOf<'text'>;
  clip.style = { ...clip.style, ...style };
}

function setTextRanges(fields: Fields, state: SpecState): void {
  const target = targetOf(fields, state, 'text');
  const ranges = fields.list('ranges').map((value, index) => {
    const range = new Fields(value, [...fields.path, 'ranges', index], state.findings);
    const written = range.text('font_color');
    const color = written === undefined ? undefined : readColor(written);
    if (written !== undefined && color === undefined)
      range.complain('must be a colour such as #FF5500', written, 'font_color');
    const style = defined<RangeStyle>({
      color,
      opacity: range.number('font_alpha'),
      size: range.number('font_size'),
      bold: range.flag('bold'),
      italic: range.flag('italic'),
      underline: range.flag('underline'),
    });
    const [start, end] = [range.number('start') ?? 0, range.number('end') ?? 0];
    range.finish();
    return { start, end, style };
  });
  if (target === undefined) return;
  const clip = target.clip as ClipOf<'text'>;
  clip.ranges = [...(clip.ranges ?? []), ...ranges];
}

function dropTemplate(fields: Fields): void {
  const path = fields.text('path');
  fields.ignore('start', 'duration', 'text', 'ref');
  fields.warn(
    'DR161',
    `${fields.place}: the template ${JSON.stringify(path)} is dropped, a timeline holds no other draft`,
  );
}

function addCaptions(fields: Fields, state: SpecState): void {
  const { builder, options, refs, findings } = state;
  const path = fields.text('path');
  const offsetUs = timeUs(fields, 'timeOffset', state) ?? 0;
  const styleRef = fields.text('styleRef');
  const name = fields.text('trackName') ?? 'captions';
  const model = styleRef === undefined ? undefined : (refs.get(styleRef)?.clip as ClipOf<'text'> | undefined);
  if (styleRef !== undefined && model?.text === undefined) {
    fields.error('DR165', `${fields.place}.styleRef: no text "${styleRef}"`, {}, 'styleRef');
  }
  const text = path === undefined ? undefined : options.texts?.get(path);
  if (text === undefined) {
    const what = path === undefined ? 'is missing' : `${JSON.stringify(path)} was not read`;
    fields.error(
      'DR120',
      `${fields.place}.path ${what}`,
      { hint: 'put the file beside the spec, or its text into the spec: "texts": {"a.srt": "…"}' },
      'path',
    );
    return;
  }
  addSrtTracks(
    {
      text,
      pointer: fields.pointer('path'),
      place: `${fields.place}.path`,
      offsetUs,
      tracks: defined({ name, style: model?.style, transform: model?.transform }),
      path: fields.path,
    },
    builder,
    options,
    findings,
  );
}
