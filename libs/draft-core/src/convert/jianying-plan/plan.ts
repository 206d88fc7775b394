import type { Clip, TimelineTransition, TrackType } from '../../timeline/schema.ts';
import type { ReadTimeline } from '../complete.ts';
import type { ConvertOptions } from '../converter.ts';
import { DISSOLVE } from '../dissolve.ts';
import { Fields } from '../fields.ts';
import type { Findings } from '../findings.ts';
import { inOrder, TimelineBuilder, touches } from '../timeline-builder.ts';
import { defined } from '../values.ts';
import { readMediaSegment } from './media.ts';
import { strictSink, timeUs } from './plan-fields.ts';
import { readResource } from './resources.ts';
import { readTextSegment } from './text.ts';

/** What the segments of a plan share. */
export interface PlanState {
  builder: TimelineBuilder;
  options: ConvertOptions;
  findings: Findings;
  /** Whether it is a plan of the headless renderer, which writes some values in another way. */
  isHeadless: boolean;
}

const types: readonly string[] = ['video', 'audio', 'text', 'sticker', 'filter', 'effect'];
const schema = /^(jianying-cli-plan|jy14-headless-plan)\/v(.*)$/;

/** Whether a value names itself a plan. */
export function looksLikePlan(value: unknown): boolean {
  const { schema: name } = (value ?? {}) as { schema?: unknown };
  return typeof name === 'string' && schema.test(name);
}

/** Makes a timeline of a plan. */
export function buildPlan(value: unknown, options: ConvertOptions, findings: Findings): ReadTimeline {
  const fields = new Fields(value, [], strictSink(findings));
  const [, kind, version] = schema.exec(fields.text('schema') ?? '') ?? [];
  if (version !== '1') {
    fields.error(
      'DR162',
      `schema: expected jianying-cli-plan/v1 or jy14-headless-plan/v1 (got ${JSON.stringify(fields.raw('schema'))})`,
      {},
      'schema',
    );
  }
  const builder = new TimelineBuilder();
  const state: PlanState = { builder, options, findings, isHeadless: kind === 'jy14-headless-plan' };
  const size = fields.object('canvas');
  const canvas = {
    width: size.number('width') ?? options.canvas?.width ?? 1920,
    height: size.number('height') ?? options.canvas?.height ?? 1080,
    fps: size.number('fps') ?? options.fps ?? 30,
  };
  const name = fields.text('name') ?? 'plan';
  if (fields.flag('allow_vip') === true) {
    findings.report(
      'DR161',
      'warning',
      '/allow_vip',
      'allow_vip dropped: whether such resources are accepted is said when the draft is made',
    );
  }
  for (const [index, raw] of fields.list('tracks').entries()) addTrack(raw, index, state);
  fields.finish();
  return builder.finish({ name, canvas }, 'us');
}

function addTrack(raw: unknown, index: number, state: PlanState): void {
  const { builder, findings } = state;
  const fields = new Fields(raw, ['tracks', index], strictSink(findings));
  const type = fields.text('type');
  const segments = fields.list('segments');
  const more = defined({ name: fields.text('name'), muted: fields.flag('muted') || undefined });
  fields.finish();
  if (type === undefined || !types.includes(type)) {
    fields.error(
      'DR010',
      `${fields.place}.type must be one of ${types.join(', ')} (got ${JSON.stringify(type)})`,
      {},
      'type',
    );
    return;
  }
  const track = builder.addTrack(type as TrackType, more, fields.path);
  const asked: { clip: Clip; transition: Omit<TimelineTransition, 'after'>; segment: Fields }[] = [];
  for (const [at, value] of segments.entries()) {
    const segment = new Fields(value, ['tracks', index, 'segments', at], strictSink(findings));
    const clip = readSegment(segment, type as TrackType, state);
    const transition = readTransition(segment, type, findings);
    segment.finish();
    if (clip === undefined) continue;
    builder.addClip(track, clip, segment.path);
    if (transition !== undefined) asked.push({ clip, transition, segment });
  }
  const clips = inOrder(track);
  for (const { clip, transition, segment } of asked) {
    const next = clips[clips.indexOf(clip) + 1];
    if (next !== undefined && touches(clip, next))
      builder.addTransition(track, clip, transition, segment.path);
    else {
      const message = `${segment.place}.transition_out: ${JSON.stringify(transition.name)} leads nowhere, no clip follows directly`;
      segment.error('DR074', message, { hint: 'remove it' }, 'transition_out');
    }
  }
}

function readSegment(segment: Fields, type: TrackType, state: PlanState): Clip | undefined {
  const start = timeUs(segment, 'start_us') ?? 0;
  const duration = timeUs(segment, 'duration_us');
  if (!segment.has('duration_us'))
    segment.error('DR162', `${segment.place}.duration_us is missing`, {}, 'duration_us');
  else if (duration !== undefined && duration <= 0) {
    segment.error(
      'DR003',
      `${segment.place}.duration_us must be positive (got ${duration})`,
      {},
      'duration_us',
    );
  }
  // A wrong time is no reason to be silent about the rest.
  const span = { start, duration: duration === undefined || duration <= 0 ? 1 : duration };
  if (type === 'video' || type === 'audio') return readMediaSegment(segment, type, span, state);
  if (type === 'text') return readTextSegment(segment, span, state);
  return readResource(segment, type, span, state);
}

function readTransition(
  segment: Fields,
  type: string,
  findings: Findings,
): Omit<TimelineTransition, 'after'> | undefined {
  if (type !== 'video' || !segment.has('transition_out')) return undefined;
  const fields = segment.object('transition_out');
  if (fields.has('edge_policy')) findings.drop([...fields.path, 'edge_policy']);
  const name = fields.text('name');
  if (name === undefined) fields.error('DR165', `${fields.place}.name is missing`, {}, 'name');
  const duration = timeUs(fields, 'duration_us');
  // The renderer has its own word for what both apps call by another.
  const isDissolve = name?.toLowerCase() === 'dissolve';
  return name === undefined ? undefined : defined({ name: isDissolve ? DISSOLVE : name, duration });
}
