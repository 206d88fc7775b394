import type { ClipOf, Timeline } from '@cozecut/draft-core';
import type { ToolContext } from '@cozecut/plugin-host';
import { probeMedia } from './media.ts';
import type { AddVideosInput } from './tools.gen.ts';

type Looks = Pick<ClipOf<'video'>, 'transform' | 'crop'>;

/** What says how a picture lies in the canvas. */
type Covering = Pick<AddVideosInput['video_infos'][number], 'mode'>;

/**
 * Makes the function that enlarges pictures which are to fill the canvas. Only for those their files are looked into.
 *
 * @throws what `probeMedia` throws.
 */
export async function coverer<Info extends Covering>(
  infos: readonly Info[],
  sourceOf: (info: Info) => string,
  context: ToolContext,
): Promise<<Given extends Looks>(info: Info, looks: Given, canvas: Timeline['canvas']) => Given> {
  const sources = infos.filter(({ mode }) => mode === 'cover').map(sourceOf);
  const media = sources.length === 0 ? undefined : await probeMedia(sources, context);
  return (info, looks, canvas) => {
    const facts = info.mode === 'cover' ? media?.get(sourceOf(info))?.facts : undefined;
    if (facts === undefined) return looks;
    const { left = 0, top = 0, right = 1, bottom = 1 } = looks.crop ?? {};
    const [x, y] = [
      canvas.width / (facts.width * (right - left)),
      canvas.height / (facts.height * (bottom - top)),
    ];
    return { ...looks, transform: enlarged(looks.transform, Math.max(x, y) / Math.min(x, y)) };
  };
}

function enlarged(transform: Looks['transform'] = {}, by: number): NonNullable<Looks['transform']> {
  const { scale = 1, scaleX, scaleY, ...rest } = transform;
  if (scaleX === undefined && scaleY === undefined) return { ...rest, scale: scale * by };
  return { ...rest, scaleX: (scaleX ?? 1) * by, scaleY: (scaleY ?? 1) * by };
}
