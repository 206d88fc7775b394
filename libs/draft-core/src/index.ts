export type { MediaFacts, MediaFile } from './media-facts.ts';
export {
  type Clip,
  type ClipOf,
  type Timeline,
  type TimelineTransition,
  type TimeUnit,
  type Track,
  type TrackType,
  timelineSchema,
} from './timeline/schema.ts';
