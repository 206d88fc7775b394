import { type CatalogKind, textCount } from '@cozecut/catalog';
import type { ToolContext } from '@cozecut/plugin-host';
import { entriesOf, nameIn } from '../catalog-entries.ts';
import type { SearchCatalogInput, SearchCatalogOutput, ToolHandler } from '../tools.gen.ts';

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
  text_template: ['text-template'],
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
export const searchCatalog = (input: SearchCatalogInput, context: ToolContext): SearchCatalogOutput => {
  const { q, domain, app, vip, limit } = input;
  const found = entriesOf(
    {
      app,
      ...(q === '' ? {} : { text: q }),
      ...(domain === 'all' ? {} : { kinds: KINDS[domain] }),
      ...(vip === 'all' ? {} : { vip: vip === 'yes' }),
    },
    context,
  );
  const entries = found.slice(0, limit).map((entry) => ({
    name: nameIn(entry, context),
    id: entry.resourceId,
    ...(entry.effectId === entry.resourceId ? {} : { effect_id: entry.effectId }),
    domain: DOMAINS.get(entry.kind)!,
    app: entry.app,
    ...(entry.vip === undefined ? {} : { vip: entry.vip }),
    ...(entry.defaultDurationUs === undefined ? {} : { duration_us: entry.defaultDurationUs }),
    ...(entry.template === undefined ? {} : { texts: textCount(entry.template) }),
  }));
  return { entries, total: found.length };
};

/** The resources of one kind. */
export const listCatalog: ToolHandler<'list_catalog'> = searchCatalog;

/** Stickers by a word of their title. */
export const searchSticker: ToolHandler<'search_sticker'> = ({ keyword, app, limit }, context) => {
  const wanted = { q: keyword, domain: 'sticker', app, vip: 'all', limit } as const;
  const { entries, total } = searchCatalog(wanted, context);
  return {
    data: entries.map(({ id, name, vip }) => ({
      sticker_id: id,
      title: name,
      ...(vip === undefined ? {} : { vip }),
    })),
    total,
  };
};
