import { showJson } from '@cozecut/problems';
import type { DraftRule } from '../draft-rule.ts';
import { isObject, listOf, objectOf, textOf } from '../loose.ts';

const KNOWN_TRACKS = ['video', 'audio', 'text', 'sticker', 'effect', 'filter'];

/** DR014: an id means one thing. */
export const uniqueIds: DraftRule = {
  id: 'DR014',
  title: 'ids are unique',
  severity: 'error',
  draft({ view, report }) {
    const owners = new Map<string, string>();
    const take = (id: unknown, path: readonly (string | number)[], owner: string): void => {
      const text = textOf(id);
      if (text === undefined) return;
      const other = owners.get(text);
      if (other === undefined) owners.set(text, owner);
      else report({ path: [...path, 'id'], message: `id ${text} is used by ${other} and ${owner}` });
    };
    for (const { array, value, path } of view.materials) take(value.id, path, `an entry of \`${array}\``);
    for (const track of view.tracks) {
      take(track.value.id, track.path, track.place);
      for (const segment of track.segments) {
        take(segment.value.id, segment.path, segment.place);
        for (const [at, list] of listOf(segment.value.common_keyframes).entries()) {
          const path = [...segment.path, 'common_keyframes', at];
          const owner = `keyframes of ${segment.place}`;
          take(objectOf(list).id, path, owner);
          for (const [index, point] of listOf(objectOf(list).keyframe_list).entries())
            take(objectOf(point).id, [...path, 'keyframe_list', index], owner);
        }
      }
    }
  },
};

/** DR030: a segment shows something. */
export const missingMaterial: DraftRule = {
  id: 'DR030',
  title: 'clips have their material',
  severity: 'error',
  segment({ value, material, track, path, place }, { report }) {
    if (material !== undefined || !KNOWN_TRACKS.includes(track.type)) return;
    const id = textOf(value.material_id);
    const message = `${place} uses ${id === undefined ? 'no material' : `material ${id}, which is missing`}`;
    report({ path: [...path, 'material_id'], message, hint: 'remove the clip, or add the material' });
  },
};

/** DR038: a template of texts shows something. */
export const templateTexts: DraftRule = {
  id: 'DR038',
  title: 'templates of texts have their texts',
  severity: 'error',
  segment({ material, place }, { view, report }) {
    if (material?.array !== 'text_templates') return;
    const layers = listOf(material.value.text_info_resources).map(objectOf);
    if (layers.length === 0) {
      const message = `${place} shows a template without texts`;
      report({ path: material.path, message, hint: 'put the template there anew in the app' });
    }
    for (const [index, { text_material_id: id }] of layers.entries()) {
      if (typeof id === 'string' && view.byId.get(id)?.array === 'texts') continue;
      const message = `${place}: text ${index + 1} of the template is ${showJson(id ?? null)}, which is missing`;
      const path = [...material.path, 'text_info_resources', index, 'text_material_id'];
      report({ path, message, hint: 'put the template there anew in the app' });
    }
  },
};

/** DR039: what holds the words of a template belongs to it alone; else the app shows those of another one. */
export const ownTexts: DraftRule = {
  id: 'DR039',
  title: 'templates of texts share no part with words',
  severity: 'warning',
  draft({ view, report }) {
    const owners = new Map<string, string>();
    const take = (id: unknown, what: string, path: readonly (string | number)[], place: string): void => {
      const text = textOf(id);
      if (text === undefined) return;
      const other = owners.get(`${what} ${text}`);
      if (other === undefined) owners.set(`${what} ${text}`, place);
      else
        report({
          path: [...path],
          message: `${other} and ${place} share a part of their templates: ${text}`,
          hint: 'the app may show the words of one in the other; put one there anew in the app',
        });
    };
    for (const { material, place } of view.segments) {
      if (material?.array !== 'text_templates') continue;
      take(material.id, 'template', material.path, place);
      for (const [index, layer] of listOf(material.value.text_info_resources).map(objectOf).entries()) {
        const path = [...material.path, 'text_info_resources', index];
        take(layer.text_material_id, 'text', [...path, 'text_material_id'], place);
        take(layer.id, 'layer', [...path, 'id'], place);
      }
    }
  },
};

/** DR031: references lead somewhere. */
export const danglingRefs: DraftRule = {
  id: 'DR031',
  title: 'references of clips lead somewhere',
  severity: 'warning',
  fixable: true,
  segment({ value, path, place, material }, { view, report }) {
    const check = (refs: unknown, of: readonly (string | number)[]): void => {
      for (const [index, ref] of listOf(refs).entries()) {
        if (typeof ref === 'string' && view.byId.has(ref)) continue;
        const own = [...of, 'extra_material_refs', index];
        report({
          path: own,
          message: `${place} lists unknown reference ${JSON.stringify(ref)}`,
          fix: { title: 'drop it', timeline: (edit) => edit.removeAt(own) },
        });
      }
    };
    check(value.extra_material_refs, path);
    if (material?.array !== 'text_templates') return;
    for (const key of ['text_info_resources', 'non_text_info_resources'])
      for (const [index, layer] of listOf(material.value[key]).entries())
        check(objectOf(layer).extra_material_refs, [...material.path, key, index]);
  },
};

/** DR032: nothing is left over. */
export const unusedMaterials: DraftRule = {
  id: 'DR032',
  title: 'materials are used',
  severity: 'info',
  draft({ view: { content, materials, byId }, report }) {
    const used = new Map<string, Set<unknown>>();
    // Templates, groups and compound clips refer to materials in ways of their own: any mention counts.
    const own = new Map(materials.map((material) => [material.value as unknown, material.id]));
    const open: { value: unknown; owner: string | undefined }[] = [{ value: content, owner: undefined }];
    for (let item = open.pop(); item !== undefined; item = open.pop()) {
      const { value } = item;
      const owner = own.get(value) ?? item.owner;
      if (typeof value === 'string') {
        if (!byId.has(value)) continue;
        const by = used.get(value) ?? new Set();
        used.set(value, by.add(owner));
      } else if (Array.isArray(value)) for (const inner of value) open.push({ value: inner, owner });
      else if (isObject(value)) for (const inner of Object.values(value)) open.push({ value: inner, owner });
    }
    for (const { id, array, path } of materials) {
      const by = used.get(id ?? '');
      if (
        id === undefined ||
        array === 'drafts' ||
        (by !== undefined && [...by].some((owner) => owner !== id))
      )
        continue;
      report({ path, message: `entry ${id} of \`${array}\` is used by nothing` });
    }
  },
};
