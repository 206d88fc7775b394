import type { Profile } from '../profiles/profile.ts';
import type { Report } from '../timeline/report.ts';
import type { DraftContent, DraftMeta, JsonObject } from './compiled-draft.ts';

/** Arrays for masks; each app reads one of them. */
const MASK_ARRAYS = ['masks', 'common_mask'];
/** Keys of a platform block that tell one computer from another. */
const DEVICE_KEYS = ['device_id', 'hard_disk_id', 'mac_address'];

/** What {@link checkCompiled} looks at. */
export interface CompiledParts {
  content: DraftContent;
  meta: DraftMeta;
  /** Materials as they were made, with arrays that the content has no room for. */
  materials: { [array: string]: JsonObject[] };
  profile: Profile;
}

/** DR140, DR141, DR144, DR146, DR157: what an app needs beyond a timeline that is right. */
export function checkCompiled(parts: CompiledParts, report: Report): void {
  checkArrays(parts, report);
  checkLinks(parts, report);
  checkMarkers(parts.content, report);
}

function checkArrays({ content, materials, profile }: CompiledParts, report: Report): void {
  for (const [array, used] of Object.entries(materials)) {
    if (used.length === 0) continue;
    const isOtherMask = MASK_ARRAYS.includes(array) && array !== profile.masks.array;
    if (array in content.materials && !isOtherMask) continue;
    report('DR157', 'error', `/materials/${array}`, `materials.${array} is ignored by ${profile.id}`);
  }
}

function checkLinks({ content, meta }: CompiledParts, report: Report): void {
  const entries = meta.draft_materials.find(({ type }) => type === 0)?.value ?? [];
  const pathById = new Map(entries.map(({ id, file_Path }) => [id, file_Path]));
  const paths = new Set(pathById.values());
  for (const array of ['videos', 'audios']) {
    for (const [index, material] of (content.materials[array] ?? []).entries()) {
      const pointer = `/materials/${array}/${index}`;
      if (!paths.has(material.path)) {
        report('DR140', 'error', `${pointer}/path`, `${material.path} is not in the media list of the draft`);
      } else if (pathById.get(material.local_material_id) !== material.path) {
        const message = `materials.${array}[${index}] is not linked to the media list`;
        report('DR141', 'error', `${pointer}/local_material_id`, message);
      }
    }
  }
}

function checkMarkers(content: DraftContent, report: Report): void {
  for (const key of ['version', 'new_version']) {
    if (!content[key]) report('DR144', 'error', `/${key}`, `${key} is missing; the app may refuse the draft`);
  }
  for (const key of ['platform', 'last_modified_platform']) {
    const block = (content[key] ?? {}) as JsonObject;
    if (!block.app_id || !block.app_source || !block.app_version || !block.os) {
      report(
        'DR144',
        'error',
        `/${key}`,
        `${key} is incomplete; text backgrounds and masks would do nothing`,
      );
    }
    for (const device of DEVICE_KEYS.filter((one) => one in block)) {
      report('DR146', 'error', `/${key}/${device}`, `${key}.${device} tells whose computer made the draft`);
    }
  }
}
