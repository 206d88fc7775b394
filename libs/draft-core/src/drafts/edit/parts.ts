/** The parts of a timeline document as an edit changes them. Everything that is not named here stays. */

/** A range of time in microseconds. */
export interface Range {
  start: number;
  duration: number;
}

/** An object of a draft that may be changed. */
export type Mutable = Record<string, unknown>;

/** A point of a curve. */
export interface Keyframe extends Mutable {
  id?: string;
  time_offset: number;
  values: number[];
  curveType?: string;
  left_control?: { x: number; y: number };
  right_control?: { x: number; y: number };
  /** Whether the value stands until the next point; only in timelines, drafts have no such thing. */
  hold?: boolean;
}

/** The curve of one property of a segment. */
export interface Curve extends Mutable {
  id?: string;
  keyframe_list: Keyframe[];
  property_type?: string;
}

/** A segment. */
export interface Segment extends Mutable {
  id: string;
  material_id: string;
  target_timerange: Range;
  source_timerange?: Range | null;
  speed?: number;
  volume?: number;
  render_index?: number;
  extra_material_refs?: string[];
  common_keyframes?: Curve[];
}

/** A track. */
export interface Track extends Mutable {
  id: string;
  type: string;
  name?: string;
  segments: Segment[];
}

/** An entry of an array of `materials`. */
export interface Material extends Mutable {
  id: string;
}
