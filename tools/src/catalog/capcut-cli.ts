import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { CATALOG_APPS, type CatalogEntry, type CatalogKind, foldName } from '@cozecut/catalog';

/** The kind behind each list of the package. */
const KINDS: Readonly<Record<string, CatalogKind>> = {
  // The package does not tell kinds of audio effects apart; all of its rows are scene effects.
  audio_effects: 'audio-scene-effect',
  character_effects: 'video-character-effect',
  filters: 'filter',
  fonts: 'font',
  image_combos: 'video-group',
  image_intros: 'video-intro',
  image_outros: 'video-outro',
  masks: 'mask',
  scene_effects: 'video-scene-effect',
  text_intros: 'text-intro',
  text_loop_anims: 'text-loop',
  text_outros: 'text-outro',
  transitions: 'transition',
};

interface Row {
  member: string;
  name?: string;
  title?: string;
  resource_id: string;
  effect_id: string;
  is_vip?: boolean;
  duration?: number;
  default_duration?: number;
  is_overlap?: boolean;
  resource_type?: string;
  default_aspect_ratio?: number;
}

/** What the package carries: the rows of its lists, and its license. */
export function readCapcutCli(): { entries: CatalogEntry[]; license: string } {
  const folder = dirname(createRequire(import.meta.url).resolve('capcut-cli/package.json'));
  const read = (name: string) => readFileSync(join(folder, name), 'utf8');
  const lists = JSON.parse(read('dist/enums.json')) as Record<string, Record<string, Row[]>>;
  const entries = CATALOG_APPS.flatMap((app) => {
    const ofApp = Object.entries(lists[app] ?? {});
    // Where no row at all needs a membership, it was not recorded.
    const hasVip = ofApp.some(([, rows]) => rows.some((row) => row.is_vip));
    return ofApp.flatMap(([list, rows]) => {
      const kind = KINDS[list];
      if (kind === undefined) throw new Error(`capcut-cli has a list "${list}" that has no kind yet`);
      return rows.map((row): CatalogEntry => ({ app, kind, ...readRow(row, hasVip), origin: 'built-in' }));
    });
  });
  return { entries, license: read('LICENSE') };
}

function readRow(row: Row, hasVip: boolean): Omit<CatalogEntry, 'app' | 'kind' | 'origin'> {
  const name = (row.name ?? row.title)!;
  // The names of the members of an enum: another spelling where punctuation was left out.
  const member = row.member.replace(/^_/, '').replaceAll('_', ' ');
  // 0 stands for "not recorded" there.
  const durationUs = row.default_duration ?? row.duration ?? 0;
  return {
    name,
    resourceId: row.resource_id,
    effectId: row.effect_id,
    ...(hasVip && row.is_vip !== undefined ? { vip: row.is_vip } : {}),
    ...(durationUs === 0 ? {} : { defaultDurationUs: durationUs }),
    ...(row.is_overlap === undefined ? {} : { isOverlap: row.is_overlap }),
    ...(row.resource_type === undefined ? {} : { resourceType: row.resource_type }),
    ...(row.default_aspect_ratio === undefined ? {} : { defaultAspectRatio: row.default_aspect_ratio }),
    ...(foldName(member) === foldName(name) ? {} : { altNames: [member] }),
  };
}
