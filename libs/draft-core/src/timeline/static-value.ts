import type { CurveProperty } from './model.ts';
import type { Clip } from './schema.ts';

const transformKeys = {
  positionX: 'x',
  positionY: 'y',
  rotation: 'rotation',
  scale: 'scale',
  scaleX: 'scaleX',
  scaleY: 'scaleY',
  opacity: 'opacity',
} as const;

/** The value that a clip states for a property apart from its keyframes. */
export function staticValue(clip: Clip, property: CurveProperty): number | undefined {
  if (property === 'volume') return 'volume' in clip ? clip.volume : undefined;
  if (!(property in transformKeys) || !('transform' in clip)) return undefined;
  return clip.transform?.[transformKeys[property as keyof typeof transformKeys]];
}
