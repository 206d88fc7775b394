import type { DraftMarkers, MarkerGeneration, Profile } from '../profiles/profile.ts';
import type { Report } from '../timeline/report.ts';
import type { JsonObject } from './compiled-draft.ts';

/**
 * The markers of a draft: those asked for, else native ones when it has a mask of the new kind. Such masks are on
 * record only in drafts with native markers; whether an app reads them in a draft that says 5.9 is not known.
 */
export function chooseMarkers(
  profile: Profile,
  materials: { [array: string]: JsonObject[] },
  asked: MarkerGeneration | undefined,
  report: Report,
): DraftMarkers {
  const { markers, nativeMarkers, id } = profile;
  const hasNewMask = (materials.common_mask?.length ?? 0) > 0;
  if (nativeMarkers === undefined) {
    if (asked === 'native') {
      report('MARKERS_UNKNOWN', 'error', '/profile', `profile ${id} has no native markers`, {
        hint: 'leave the marker generation out',
      });
    }
    return markers;
  }
  if (asked === 'native' || (asked === undefined && hasNewMask)) return nativeMarkers;
  if (hasNewMask) {
    report('DR157', 'warning', '/profile', `masks may be ignored by ${id} in a draft with baseline markers`, {
      hint: 'use native markers, or leave the marker generation out',
    });
  }
  return markers;
}
