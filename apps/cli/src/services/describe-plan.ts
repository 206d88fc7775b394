import { type DrawOptions, drawPlan, fitColumns, type PlanRow, type TimelinePlan } from '@cozecut/draft-core';

/** Options of {@link describePlan}. */
export interface DescribeOptions extends DrawOptions {
  /** Whether every clip is listed as well. */
  clips: boolean;
}

/** A plan for people: one line about the whole, the drawing, and on request a line a clip. */
export function describePlan(plan: TimelinePlan, { clips, ...options }: DescribeOptions): string {
  const number = plan.rows.reduce((sum, row) => sum + row.clips.length, 0);
  const head = `${plan.name}  ${secondsText(plan.durationUs)} s, ${count(plan.rows.length, 'track')}, ${count(number, 'clip')}`;
  const fitting = (line: string): string => fitColumns(line, options.width).trimEnd();
  const list = clips ? plan.rows.flatMap((row) => ['', titleOf(row), ...linesOf(row)].map(fitting)) : [];
  return [fitting(head), drawPlan(plan, options), ...list].join('\n');
}

function titleOf({ type, name, muted }: PlanRow): string {
  return [type, ...(name === '' ? [] : [name]), ...(muted ? ['(muted)'] : [])].join(' ');
}

function linesOf({ clips, transitions }: PlanRow): string[] {
  const joins = new Map(transitions.map((one) => [one.atUs, one]));
  return clips.map(({ startUs, durationUs, title, keyframesUs }) => {
    const endUs = startUs + durationUs;
    const join = joins.get(endUs);
    const notes = [
      ...(keyframesUs.length === 0 ? [] : [count(keyframesUs.length, 'keyframe')]),
      ...(join === undefined ? [] : [`transition ${join.title}`.trim()]),
    ];
    const times = `${secondsText(startUs).padStart(11)} ${secondsText(endUs).padStart(11)}  `;
    return times + (notes.length === 0 ? title : `${title}  (${notes.join(', ')})`);
  });
}

const count = (number: number, thing: string): string => `${number} ${thing}${number === 1 ? '' : 's'}`;

/** Seconds with three digits, as long as nothing is lost by it. */
function secondsText(us: number): string {
  return (us / 1_000_000).toFixed(us % 1000 === 0 ? 3 : 6);
}
