import { formatPointer } from '@cozecut/problems';
import { clipPlace, clipPointer, type NormalClip, type NormalTimeline } from '../timeline/model.ts';
import type { Report } from '../timeline/report.ts';

/**
 * The one place where features that need the resource catalog are turned into materials. There is no catalog yet:
 * each use is named in a warning, and nothing of it is written.
 */
export function reportCatalogFeatures({ tracks, transitions }: NormalTimeline, report: Report): void {
  const leaveOut = (feature: string, place: string, pointer: string): void => {
    report('DR161', 'warning', pointer, `${place}: ${feature} is left out, it needs the resource catalog`);
  };
  for (const track of tracks) {
    for (const clip of track.clips) {
      for (const [feature, ...path] of featuresOf(clip))
        leaveOut(feature, clipPlace(clip), clipPointer(clip, ...path));
    }
  }
  for (const { index, afterId } of transitions) {
    leaveOut(
      `the transition after "${afterId}"`,
      `transitions[${index}]`,
      formatPointer(['transitions', index]),
    );
  }
}

type Use = [feature: string, ...path: (string | number)[]];

function featuresOf(clip: NormalClip): Use[] {
  switch (clip.kind) {
    case 'sticker':
    case 'effect':
    case 'filter':
      return [[`the ${clip.kind} clip`]];
    case 'audio':
      return (clip.input.effects ?? []).map((_, index): Use => ['an audio effect', 'effects', index]);
    case 'text':
      return textFeatures(clip.input);
    case 'video':
      return videoFeatures(clip.input);
  }
}

function videoFeatures(input: Extract<NormalClip, { kind: 'video' }>['input']): Use[] {
  const uses: Use[] = [];
  if (input.mask !== undefined) uses.push(['the mask', 'mask']);
  if (input.chroma !== undefined) uses.push(['the chroma key', 'chroma']);
  if (input.mixMode !== undefined) uses.push(['the mix mode', 'mixMode']);
  if (input.matting === true) uses.push(['the matting', 'matting']);
  for (const index of (input.effects ?? []).keys()) uses.push(['an effect', 'effects', index]);
  for (const index of (input.filters ?? []).keys()) uses.push(['a filter', 'filters', index]);
  return [...uses, ...animations(input.animations)];
}

function textFeatures(input: Extract<NormalClip, { kind: 'text' }>['input']): Use[] {
  const uses: Use[] = [];
  if (input.style?.font !== undefined) uses.push(['the font', 'style', 'font']);
  for (const [index, { style }] of (input.ranges ?? []).entries()) {
    if (style.font !== undefined) uses.push(['the font of a range', 'ranges', index, 'style', 'font']);
  }
  if (input.bubble !== undefined) uses.push(['the bubble', 'bubble']);
  if (input.decoration !== undefined) uses.push(['the decoration', 'decoration']);
  return [...uses, ...animations(input.animations)];
}

function animations(slots: object | undefined): Use[] {
  return Object.entries(slots ?? {})
    .filter(([, animation]) => animation !== undefined)
    .map(([slot]): Use => [`the ${slot} animation`, 'animations', slot]);
}
