import { ownValue } from '../own-value.ts';
import { displayWidth, fitColumns } from '../text/display-width.ts';
import type { PlanClip, PlanRow, PlanTransition, TimelinePlan } from './plan.ts';
import { clockText, ticksOf } from './ticks.ts';

/** Options of {@link svgTimeline}. */
export interface SvgOptions {
  /** Width of the picture in pixels; default 960. */
  width?: number;
  /** Colours; `auto` (default) follows the viewer's setting. */
  theme?: 'light' | 'dark' | 'auto';
}

const ROW = 34;
const BAR = 26;
const LABEL = 132;
const TOP = 34;
const MARGIN = 12;
const FONT = 11;
/** Width of half a full-width character, as an estimate: the viewer chooses the font. */
const COLUMN = 6;
const TICK_PIXELS = 72;

const light = {
  back: '#ffffff',
  lane: '#f2f4f7',
  line: '#d4d9e1',
  text: '#1d2433',
  soft: '#5b6576',
  clip: '#ffffff',
  video: '#2f6fdb',
  audio: '#1c8a57',
  words: '#9a4fc4',
  sticker: '#b06a00',
  look: '#00808c',
  other: '#66707f',
};
const dark: typeof light = {
  back: '#14181f',
  lane: '#1d232d',
  line: '#343d4b',
  text: '#e7ebf2',
  soft: '#9aa5b6',
  clip: '#ffffff',
  video: '#2a62c4',
  audio: '#1a7a4e',
  words: '#8746ad',
  sticker: '#985c00',
  look: '#00717b',
  other: '#5b6472',
};

const classes: Readonly<Record<string, string>> = {
  video: 'video',
  audio: 'audio',
  text: 'words',
  sticker: 'sticker',
  effect: 'look',
  filter: 'look',
};

/**
 * Draws a plan as an SVG document: a row a track with its clips, keyframes as diamonds, transitions as bow ties over
 * the cut, markers as flags, and a ruler. The same plan and options give the same bytes.
 */
export function svgTimeline(plan: TimelinePlan, options: SvgOptions = {}): string {
  const { theme = 'auto' } = options;
  const width = Math.max(320, Math.round(options.width ?? 960));
  const height = TOP + Math.max(1, plan.rows.length) * ROW + MARGIN;
  const span = width - LABEL - MARGIN;
  const xOf = (us: number): number => LABEL + (plan.durationUs === 0 ? 0 : (us / plan.durationUs) * span);
  const title = `${plan.name}: ${count(plan.rows.length, 'track')}, ${clockText(plan.durationUs / 1e6)} s`;
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" font-family="system-ui, sans-serif" font-size="${FONT}">`,
    `<title>${escapeXml(title)}</title>`,
    `<style>${styleOf(theme)}</style>`,
    `<rect class="back" width="${width}" height="${height}"/>`,
    ...(plan.durationUs === 0 ? [] : rulerOf(plan.durationUs, span, height)),
    ...plan.rows.flatMap((row, index) => rowOf(row, TOP + index * ROW, span, xOf)),
    ...plan.markers.map(({ atUs, title }) => markerOf(xOf(atUs), title, height)),
    '</svg>',
  ].join('\n')}\n`;
}

function styleOf(theme: 'light' | 'dark' | 'auto'): string {
  if (theme === 'dark') return rulesOf(dark);
  if (theme === 'light') return rulesOf(light);
  return `${rulesOf(light)}@media (prefers-color-scheme: dark){${rulesOf(dark)}}`;
}

function rulesOf(colors: typeof light): string {
  const { back, lane, line, text, soft, clip, ...kinds } = colors;
  return [
    `.back{fill:${back}}.lane{fill:${lane}}.tick{stroke:${line}}.soft{fill:${soft}}.name{fill:${text}}`,
    `.words-on{fill:${clip}}.key{fill:${clip}}.cut{fill:${text};stroke:${back}}.mark{fill:${text};stroke:${text}}`,
    ...Object.entries(kinds).map(([kind, color]) => `.${kind}{fill:${color}}`),
  ].join('');
}

function rulerOf(durationUs: number, span: number, height: number): string[] {
  return ticksOf(durationUs, span / TICK_PIXELS).map(({ at, label }) => {
    const x = round(LABEL + at * span);
    const anchor = at > 0.97 ? ' text-anchor="end"' : '';
    return `<line class="tick" x1="${x}" y1="18" x2="${x}" y2="${height - MARGIN}"/><text class="soft" x="${x}" y="13"${anchor}>${label}</text>`;
  });
}

function rowOf(row: PlanRow, y: number, span: number, xOf: (us: number) => number): string[] {
  const label = row.name === '' ? row.type : `${row.type} ${row.name}`;
  const kind = ownValue(classes, row.type) ?? 'other';
  const joins = new Map(row.transitions.map((one) => [one.atUs, halfOf(one, xOf)]));
  return [
    `<g${row.muted ? ' opacity="0.5"' : ''}>`,
    `<title>${escapeXml(row.muted ? `${label} (muted)` : label)}</title>`,
    `<rect class="lane" x="${LABEL}" y="${y}" width="${round(span)}" height="${BAR}" rx="4"/>`,
    textOf('name', MARGIN, y + BAR / 2, label, LABEL - 2 * MARGIN),
    ...visible(row.clips, xOf).map((clip) => clipOf(clip, kind, y, xOf, joins.get(clip.startUs) ?? 0)),
    ...row.transitions.map((transition) => transitionOf(transition, y, xOf)),
    '</g>',
  ];
}

/** Clips that end in the same pixel as the one before are left out, so that a crowd does not make a huge picture. */
function visible(clips: readonly PlanClip[], xOf: (us: number) => number): PlanClip[] {
  let last = Number.NEGATIVE_INFINITY;
  return clips.filter(({ startUs, durationUs }) => {
    const end = Math.ceil(xOf(startUs + durationUs));
    if (end <= last) return false;
    last = end;
    return true;
  });
}

function clipOf(
  clip: PlanClip,
  kind: string,
  y: number,
  xOf: (us: number) => number,
  /** Pixels at its start that a transition covers. */
  covered: number,
): string {
  const x = xOf(clip.startUs);
  // The gap of one pixel keeps touching clips apart; a clip too short to see is still a line.
  const width = Math.max(1, xOf(clip.startUs + clip.durationUs) - x - 1);
  const times = `${clockText(clip.startUs / 1e6)}–${clockText((clip.startUs + clip.durationUs) / 1e6)} s`;
  return [
    `<g><title>${escapeXml(`${clip.title} ${times}`.trim())}</title>`,
    `<rect class="${kind}" x="${round(x)}" y="${y}" width="${round(width)}" height="${BAR}" rx="4"/>`,
    textOf('words-on', x + covered + 6, y + BAR / 2, clip.title, width - covered - 12),
    ...clip.keyframesUs.map((us) => diamond(xOf(us), y + BAR - 4)),
    '</g>',
  ].join('');
}

function transitionOf(transition: PlanTransition, y: number, xOf: (us: number) => number): string {
  const { atUs, title } = transition;
  const [x, half] = [xOf(atUs), halfOf(transition, xOf)];
  const [top, bottom] = [y + 5, y + BAR - 5];
  const path = `M${round(x - half)} ${top}L${round(x + half)} ${bottom}V${top}L${round(x - half)} ${bottom}Z`;
  return `<g><title>${escapeXml(`transition ${title}`.trim())}</title><path class="cut" d="${path}"/></g>`;
}

/** Half the width of a transition in pixels; short ones are drawn wide enough to see. */
function halfOf({ durationUs = 0 }: PlanTransition, xOf: (us: number) => number): number {
  return Math.max(5, (xOf(durationUs) - xOf(0)) / 2);
}

function markerOf(x: number, title: string, height: number): string {
  const at = round(x);
  return `<g><title>${escapeXml(title)}</title><line class="mark" x1="${at}" y1="18" x2="${at}" y2="${height - MARGIN}"/><path class="mark" d="M${at} 18h8l-3 4 3 4h-8Z"/></g>`;
}

function diamond(x: number, y: number): string {
  return `<path class="key" d="M${round(x)} ${y - 3}l3 3-3 3-3-3Z"/>`;
}

/** Text that fits into `pixels`, or none. */
function textOf(name: string, x: number, middle: number, text: string, pixels: number): string {
  const columns = Math.floor(pixels / COLUMN);
  if (columns < 2 || text === '') return '';
  const shown = displayWidth(text) <= columns ? text : fitColumns(text, columns).trimEnd();
  return `<text class="${name}" x="${round(x)}" y="${middle}" dominant-baseline="central">${escapeXml(shown)}</text>`;
}

const round = (value: number): number => Math.round(value * 10) / 10;
const count = (number: number, thing: string): string => `${number} ${thing}${number === 1 ? '' : 's'}`;

/** Escapes markup, and drops what XML 1.0 forbids even as a reference: control characters, halves of characters. */
function escapeXml(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\p{Cc}\uFFFE\uFFFF]/gu, ' ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
