import { readColor } from '../color.ts';
import type { Fields, Sink } from '../fields.ts';
import type { Findings } from '../findings.ts';
import { solidPicture } from '../solid-picture.ts';
import { isRecord, numeric } from '../values.ts';
import { nodeFields, readRange, type Seconds, schemaOf } from './nodes.ts';

/** What a clip plays. */
export interface Reference {
  /** `undefined` when it is nothing that can be played. */
  media: string | undefined;
  /** Name to show. */
  name: string | undefined;
  /** The part of the material that the reference knows of; its start may be the timecode of a camera. */
  available: Seconds | undefined;
  /** Whether the media is made up and has no times of its own. */
  isStandIn: boolean;
  /** Whether the media is lost. */
  isMissing?: true;
}

/** The active reference of a clip of either version. */
export function readReference(clip: Fields, findings: Sink): Reference {
  const node = activeNode(clip);
  const path = [...clip.path, ...(node?.keys ?? ['media_reference'])];
  const fields = nodeFields(node?.value, path, findings);
  const name = fields.text('name');
  const available = readRange(fields, 'available_range');
  const nothing = { media: undefined, name, available, isStandIn: false };
  switch (schemaOf(node?.value)) {
    case 'ExternalReference': {
      const url = fields.text('target_url');
      fields.finish();
      if (url !== undefined) return { ...nothing, media: pathOf(url) };
      fields.error('DR165', `${fields.place}.target_url is missing: nothing to play`, {}, 'target_url');
      return nothing;
    }
    case 'GeneratorReference':
      return { ...nothing, ...generated(fields) };
    case 'ImageSequenceReference':
      fields.ignoreAll();
      fields.warn('DR161', `${fields.place}: a sequence of pictures is dropped, pack it into a video first`);
      return nothing;
    default:
      fields.ignoreAll();
      return { ...nothing, isMissing: true };
  }
}

/** A picture in the place of a clip whose media nobody has; a warning says so. */
export function standIn(
  clip: Fields,
  { name }: Reference,
  findings: Findings,
): Pick<Reference, 'media' | 'name' | 'isStandIn'> {
  const shown = name ?? clip.text('name') ?? 'a clip';
  const message = `${clip.place}: ${JSON.stringify(shown)} has no media; a black picture stands in for it`;
  findings.report('DR120', 'warning', clip.pointer(), message, { hint: 'link the clip to its file' });
  return { media: solidPicture('#000000'), name: `missing: ${shown}`, isStandIn: true };
}

function activeNode(clip: Fields): { value: unknown; keys: (string | number)[] } | undefined {
  const single = clip.raw('media_reference');
  const many = clip.raw('media_references');
  const key = clip.text('active_media_reference_key') ?? 'DEFAULT_MEDIA';
  if (!isRecord(many)) return single === undefined ? undefined : { value: single, keys: ['media_reference'] };
  return Object.hasOwn(many, key) ? { value: many[key], keys: ['media_references', key] } : undefined;
}

/** A `file:` address as a path; other addresses and plain paths stay, percent signs that encode something are read. */
function pathOf(url: string): string {
  if (/^(?:https?|data):/i.test(url)) return url;
  const path = url
    .replace(/^file:\/\/(?:localhost)?(?=\/)/i, '')
    .replace(/^file:(?!\/\/)/i, '')
    .replace(/^file:\/\//i, '//');
  // A drive stands behind a slash in an address.
  return percentDecoded(path).replace(/^\/(?=[A-Za-z]:[\\/])/, '');
}

function percentDecoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** Colours and black are pictures; nobody knows what other generators make. */
function generated(fields: Fields): Partial<Reference> {
  const kind = fields.text('generator_kind') ?? '';
  const parameters = fields.object('parameters');
  const color = readRgb(parameters.raw('color') ?? parameters.raw('Color'));
  const isBlack = /black/i.test(kind);
  const isColor = /colou?r|solid|matte/i.test(kind) && color !== undefined;
  fields.ignoreAll();
  if (isBlack || isColor) {
    return {
      media: solidPicture(isBlack ? '#000000' : color!),
      name: fields.text('name') ?? kind,
      isStandIn: true,
    };
  }
  fields.warn(
    'DR161',
    `${fields.place}: the generator ${JSON.stringify(kind)} is dropped, nobody knows what it makes`,
  );
  return {};
}

function readRgb(value: unknown): string | undefined {
  if (typeof value === 'string') return readColor(value)?.slice(0, 7);
  const parts = Array.isArray(value) ? value : isRecord(value) ? [value.r, value.g, value.b] : [];
  const rgb = parts.slice(0, 3).map(numeric);
  if (rgb.length < 3 || rgb.some((part) => !(part >= 0))) return undefined;
  const scale = rgb.every((part) => part <= 1) ? 255 : 1;
  return `#${rgb
    .map((part) =>
      Math.min(255, Math.round(part * scale))
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`;
}
