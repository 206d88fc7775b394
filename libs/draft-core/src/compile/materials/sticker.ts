import type { Resource } from '../../resources/resources.ts';
import type { JsonObject } from '../compiled-draft.ts';

/** Entry of `stickers`. */
export function stickerMaterial(id: string, { resourceId }: Resource): JsonObject {
  return { id, resource_id: resourceId, sticker_id: resourceId, source_platform: 1, type: 'sticker' };
}
