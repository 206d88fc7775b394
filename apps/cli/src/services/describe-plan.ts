import { type DrawOptions, drawPlan, fitColumns, type PlanRow, type TimelinePlan } from '@cozecut/draft-core';
import type { Texts } from '../text.ts';
import { fill } from './fill.ts';

/** Options of {@link describePlan}. */
export interface DescribeOptions extends DrawOptions {
  /** Whether every clip is listed as well. */
  clips: boolean;
  texts: Texts;
}

/** A plan for people: one line about the whole, the drawing, and on request a line a clip. */
export function describePlan(plan: TimelinePlan, { clips, texts, ...options }: DescribeOptions): string {
  const number = plan.rows.reduce((sum, row) => sum + row.clips.length, 0);
  const facts = fill(texts.planFacts, {
    seconds: secondsText(plan.durationUs),
    tracks: count(plan.rows.length, texts.planTracks),
    clips: count(number, texts.planClips),
  });
  const head = `${plan.name}  ${facts}`;
  const fitting = (line: string): string => fitColumns(line, options.width).trimEnd();
  const list = clips
    ? plan.rows.flatMap((row) => ['', titleOf(row), ...linesOf(row, texts)].map(fitting))
    : [];
  const words = { time: texts.planTime, empty: texts.planEmpty };
  return [fitting(head), drawPlan(plan, { ...options, words }), ...list].join('\n');
}

function titleOf({ type, name, muted }: PlanRow): string {
  return [type, ...(name === '' ? [] : [name]), ...(muted ? ['(muted)'] : [])].join(' ');
}

function linesOf({ clips, transitions }: PlanRow, texts: Texts): string[] {
  const joins = new Map(transitions.map((one) => [one.atUs, one]));
  return clips.map(({ startUs, durationUs, title, keyframesUs }) => {
    const endUs = startUs + durationUs;
    const join = joins.get(endUs);
    const notes = [
      ...(keyframesUs.length === 0 ? [] : [count(keyframesUs.length, texts.planKeyframes)]),
      ...(join === undefined ? [] : [`${texts.planTransition} ${join.title}`.trim()]),
    ];
    const times = `${secondsText(startUs).padStart(11)} ${secondsText(endUs).padStart(11)}  `;
    return times + (notes.length === 0 ? title : `${title}  (${notes.join(', ')})`);
  });
}

/** @param words - What one is called, and what many are, with a bar between. */
function count(number: number, words: string): string {
  const [one = '', many = one] = words.split('|');
  return fill(number === 1 ? one : many, { number });
}

/** Seconds with three digits, as long as nothing is lost by it. */
function secondsText(us: number): string {
  return (us / 1_000_000).toFixed(us % 1000 === 0 ? 3 : 6);
}
