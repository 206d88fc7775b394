// biome-ignore lint/suspicious/noExplicitAny: drafts come from outside and have no types
type Loose = Record<string, any>;

/**
 * Changes a draft of the reference library in exactly the ways in which ours differ on purpose, in place:
 * ranges in UTF-16 units, no dangling references, one material for a file, crop and name, no blur on a colour fill,
 * static values equal to the first keyframe, loops after the animation at the start. `local_material_id` is dropped, its link has a test of its own.
 */
export function withIntendedDifferences(draft: Loose): Loose {
  for (const text of draft.materials.texts) text.content = JSON.stringify(inUtf16(JSON.parse(text.content)));
  for (const canvas of draft.materials.canvases) if (canvas.type === 'canvas_color') canvas.blur = 0;
  const renamed = new Map([...merge(draft.materials, 'videos'), ...merge(draft.materials, 'audios')]);
  const known = new Set(
    Object.values(draft.materials as Record<string, Loose[]>).flatMap((entries) =>
      entries.map(({ id }) => id),
    ),
  );
  for (const segment of draft.tracks.flatMap((track: Loose) => track.segments) as Loose[]) {
    segment.material_id = renamed.get(segment.material_id) ?? segment.material_id;
    segment.extra_material_refs = segment.extra_material_refs?.filter((ref: string) => known.has(ref));
    for (const list of segment.common_keyframes) setStatic(segment, list);
    placeLoops(segment, draft.materials.material_animations);
  }
  return draft;
}

/** Drops the link to the media list, which the reference leaves empty. */
export function withoutLinks(draft: Loose): Loose {
  for (const material of [...draft.materials.videos, ...draft.materials.audios])
    delete material.local_material_id;
  return draft;
}

function inUtf16({ styles, text }: Loose): Loose {
  const units = (codePoints: number): number => [...text].slice(0, codePoints).join('').length;
  return { styles: styles.map((style: Loose) => ({ ...style, range: style.range.map(units) })), text };
}

function merge(materials: Loose, array: 'videos' | 'audios'): Map<string, string> {
  const renamed = new Map<string, string>();
  const firstByContent = new Map<string, string>();
  materials[array] = materials[array].filter((material: Loose) => {
    const { id, material_id, music_id, local_material_id, ...rest } = material;
    const first = firstByContent.get(JSON.stringify(rest));
    if (first !== undefined) renamed.set(id, first);
    else firstByContent.set(JSON.stringify(rest), id);
    return first === undefined;
  });
  return renamed;
}

/** A loop begins where the animation at the start has ended. */
function placeLoops(segment: Loose, materials: Loose[]): void {
  const own = materials.filter(({ id }) => segment.extra_material_refs?.includes(id));
  for (const { animations } of own) {
    const lengthOf = (type: string): number =>
      animations.find((one: Loose) => one.type === type)?.duration ?? 0;
    const loop = animations.find((one: Loose) => one.type === 'loop');
    if (loop === undefined) continue;
    loop.start = lengthOf('in');
    loop.duration = segment.target_timerange.duration - lengthOf('in') - lengthOf('out');
  }
}

function setStatic(segment: Loose, { property_type, keyframe_list }: Loose): void {
  const [value] = keyframe_list[0].values;
  const { clip } = segment;
  switch (property_type) {
    case 'KFTypeVolume':
      segment.volume = value;
      break;
    case 'KFTypePositionX':
      clip.transform.x = value;
      break;
    case 'KFTypePositionY':
      clip.transform.y = value;
      break;
    case 'KFTypeRotation':
      clip.rotation = value;
      break;
    case 'KFTypeAlpha':
      clip.alpha = value;
      break;
    case 'KFTypeScaleX':
      clip.scale.x = value;
      if (segment.uniform_scale.on) clip.scale.y = value;
      break;
    case 'KFTypeScaleY':
      clip.scale.y = value;
      break;
  }
}
