import { checkDraftName } from '../../compile/draft-name.ts';
import { US_PER_UNIT } from '../../timeline/time.ts';
import type { ReadTimeline } from '../complete.ts';
import type { ConvertOptions } from '../converter.ts';
import { Fields } from '../fields.ts';
import type { Findings } from '../findings.ts';
import { TimelineBuilder } from '../timeline-builder.ts';
import { defined } from '../values.ts';
import { addItem, type SpecState } from './item.ts';
import { applyOperation } from './operations.ts';
import { isUnitClear } from './unit.ts';

/** Makes a timeline of a spec. */
export function buildSpec(
  value: unknown,
  fallbackName: string,
  options: ConvertOptions,
  findings: Findings,
): ReadTimeline {
  const fields = new Fields(value, [], findings);
  const unit = options.timeUnit === undefined || options.timeUnit === 'auto' ? 's' : options.timeUnit;
  const builder = new TimelineBuilder();
  const state: SpecState = {
    builder,
    findings,
    options,
    refs: new Map(),
    samples: [],
    unitUs: US_PER_UNIT[unit],
  };
  const name = fields.text('name');
  // The name is that of a folder in the tool.
  if (name !== undefined) {
    for (const { code, severity, message, hint } of checkDraftName(name)) {
      findings.report(code, severity, '/name', message, hint === undefined ? {} : { hint });
    }
  }
  const ratio = fields.text('ratio');
  const canvas = defined({
    width: fields.number('width') ?? options.canvas?.width ?? 1920,
    height: fields.number('height') ?? options.canvas?.height ?? 1080,
    fps: fields.number('fps') ?? options.fps ?? 30,
    ratio,
  });
  fields.ignore('$schema', 'version');
  for (const [index, raw] of fields.list('tracks').entries()) {
    const track = new Fields(raw, ['tracks', index], findings);
    const type = track.text('type');
    if (type !== 'video' && type !== 'audio' && type !== 'text') {
      track.error(
        'DR010',
        `${track.place}.type must be video, audio or text (got ${JSON.stringify(type)})`,
        {},
        'type',
      );
      continue;
    }
    const row = builder.addTrack(type, defined({ name: track.text('name') }), track.path);
    for (const [at, item] of track.list('items').entries()) {
      addItem(new Fields(item, ['tracks', index, 'items', at], findings), row, state);
    }
    track.finish();
  }
  const isClear = isUnitClear(state.samples, options);
  for (const [index, raw] of fields.list('operations').entries()) {
    applyOperation(new Fields(raw, ['operations', index], findings), state);
  }
  fields.finish();
  return builder.finish({ name: name ?? fallbackName, canvas }, isClear ? unit : undefined);
}
