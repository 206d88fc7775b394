import { textOf } from '../loose.ts';
import { compileFragment } from './compile-fragment.ts';
import { failEdit } from './fail.ts';
import { registerMedia } from './graft.ts';
import type { EditContext } from './operation.ts';
import type { Material } from './parts.ts';

/** A length that every file has. */
const SHORT_US = 1;

/** Keys that say which file it is; everything else of a material says how it is used. */
const FILE_KEYS = ['path', 'duration', 'width', 'height', 'material_name', 'name', 'local_material_id'];
/** Files that the app has made from the former one. */
const MADE_FROM_FILE = [
  'media_path',
  'reverse_path',
  'reverse_intensifies_path',
  'intensifies_path',
  'intensifies_audio_path',
  'cartoon_path',
];

/** A file that is new to the draft. */
export interface NewMedia {
  material: Material;
  name: string;
  hasAudio: boolean;
}

/** The material that a file gets in a new clip; the file and its entry are in the draft then. */
export function newMedia(context: EditContext, media: string, type: 'video' | 'audio'): NewMedia {
  const file = context.ports.media?.get(media);
  if (file === undefined) failEdit('DR120', `media "${media}" is not known`);
  const clips = [{ media, start: 0, duration: SHORT_US }];
  // The clip only stands for the file, so that nothing is told about it.
  const fragment = compileFragment(
    { ...context, tell: () => {} },
    { timeUnit: 'us', tracks: [{ type, clips }] },
  );
  const [material] = fragment.content.materials[type === 'audio' ? 'audios' : 'videos'] as Material[];
  const localId = registerMedia(context, fragment).get(textOf(material!.local_material_id) ?? '');
  if (localId !== undefined) material!.local_material_id = localId;
  return { material: material!, name: file!.name, hasAudio: file!.facts.hasAudio };
}

/** Makes a material play another file; how it is used stays. */
export function putMedia(material: Material, { material: made, hasAudio }: NewMedia): void {
  for (const key of FILE_KEYS) if (Object.hasOwn(made, key)) material[key] = made[key];
  // The type of a sound says where it came from, not what it is.
  if (Object.hasOwn(made, 'width')) material.type = made.type;
  for (const key of MADE_FROM_FILE) if (textOf(material[key]) !== undefined) material[key] = '';
  if (typeof material.has_audio === 'boolean') material.has_audio = hasAudio;
}
