import { type CatalogKind, numberedName } from '@cozecut/catalog';
import { UserError } from '@cozecut/problems';
import type { SearchCatalogInput, ToolHandler } from '../tools.gen.ts';

type Domain = Exclude<SearchCatalogInput['domain'], 'all'>;

const KINDS: Readonly<Record<Domain, readonly CatalogKind[]>> = {
  effect: ['video-scene-effect', 'video-character-effect'],
  filter: ['filter'],
  transition: ['transition'],
  video_in: ['video-intro'],
  video_out: ['video-outro'],
  video_loop: ['video-group'],
  text_in: ['text-intro'],
  text_out: ['text-outro'],
  text_loop: ['text-loop'],
  text_effect: ['text-effect'],
  font: ['font'],
  sticker: ['sticker'],
  mask: ['mask', 'common-mask'],
  audio_effect: ['audio-scene-effect', 'audio-tone-effect', 'audio-speech-to-song'],
  mix_mode: ['mix-mode'],
  bubble: ['bubble'],
};
const DOMAINS = new Map(
  Object.entries(KINDS).flatMap(([domain, kinds]) => kinds.map((kind) => [kind, domain] as const)),
);

/** Resources of the editors by name. */
export const searchCatalog: ToolHandler<'search_catalog'> = (input, { catalog }) => {
  const { q, domain, app, vip, limit } = input;
  if (catalog === undefined)
    throw new UserError('CATALOG_MISSING', 'this deployment has no catalog of resources', {
      hint: 'name resources by the ids that a draft of the editor has',
    });
  const found = catalog.search({
    app,
    ...(q === '' ? {} : { text: q }),
    ...(domain === 'all' ? {} : { kinds: KINDS[domain] }),
    ...(vip === 'all' ? {} : { vip: vip === 'yes' }),
  });
  const entries = found.slice(0, limit).map((entry) => {
    const isOne = catalog.lookup(entry.app, entry.kind, { name: entry.name }).status === 'found';
    return {
      name: isOne ? entry.name : numberedName(entry),
      id: entry.resourceId,
      ...(entry.effectId === entry.resourceId ? {} : { effect_id: entry.effectId }),
      domain: DOMAINS.get(entry.kind)!,
      app: entry.app,
      ...(entry.vip === undefined ? {} : { vip: entry.vip }),
      ...(entry.defaultDurationUs === undefined ? {} : { duration_us: entry.defaultDurationUs }),
    };
  });
  return { entries, total: found.length };
};

/** Stickers by a word of their title. */
export const searchSticker: ToolHandler<'search_sticker'> = async ({ keyword, app, limit }, context) => {
  const wanted = { q: keyword, domain: 'sticker', app, vip: 'all', limit } as const;
  const { entries, total } = await searchCatalog(wanted, context);
  return {
    data: entries.map(({ id, name, vip }) => ({
      sticker_id: id,
      title: name,
      ...(vip === undefined ? {} : { vip }),
    })),
    total,
  };
};
