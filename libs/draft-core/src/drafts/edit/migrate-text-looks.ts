import type { CatalogEntry } from '@cozecut/catalog';
import { isUserError } from '@cozecut/problems';
import { DECORATION_PATH } from '../../compile/text-material.ts';
import { JsonDocument } from '../json/json-document.ts';
import { listOf, objectOf, textOf } from '../loose.ts';
import type { PlacedMaterial } from './edit-draft.ts';
import type { Material } from './parts.ts';

/** What the styles of texts say of resources, and what another app has instead. */
export interface TextLooksPorts {
  /** The font of the other app with the same name; tells of one that has none, and gives nothing then. */
  fontFor(id: string): CatalogEntry | undefined;
  /** The same for the decoration of a text. */
  decorationFor(id: string): CatalogEntry | undefined;
}

/** Keys of a text material that repeat the id of its font. */
const FONT_KEYS = ['font_id', 'font_resource_id'];

/** Gives the styles of texts the fonts and decorations of another app. */
export function migrateTextLooks(materials: readonly PlacedMaterial[], ports: TextLooksPorts): void {
  for (const { array, material } of materials) if (array === 'texts') migrateText(material, ports);
}

function migrateText(material: Material, { fontFor, decorationFor }: TextLooksPorts): void {
  const content = contentOf(material);
  if (content === undefined) return;
  const fonts = new Map<string, string>();
  const changed = content.edit((editor) => {
    const styles = listOf(objectOf(content.value(content.root)).styles).map(objectOf);
    for (const [index, { font, effectStyle }] of styles.entries()) {
      const fontId = textOf(objectOf(font).id);
      const ownFont = fontId === undefined ? undefined : fontFor(fontId);
      if (ownFont !== undefined) {
        editor.setAt(['styles', index, 'font', 'id'], ownFont.resourceId);
        fonts.set(fontId!, ownFont.resourceId);
      }
      const effectId = textOf(objectOf(effectStyle).id);
      const ownEffect = effectId === undefined ? undefined : decorationFor(effectId);
      if (ownEffect === undefined) continue;
      editor.setAt(['styles', index, 'effectStyle', 'id'], ownEffect.effectId);
      // The former one leads to the package of the former effect.
      editor.setAt(['styles', index, 'effectStyle', 'path'], DECORATION_PATH);
    }
  });
  if (changed !== content) material.content = changed.text;
  for (const key of FONT_KEYS) {
    const id = fonts.get(textOf(material[key]) ?? '');
    if (id !== undefined) material[key] = id;
  }
}

/** What cannot be read is for other rules to tell. */
function contentOf({ content }: Material): JsonDocument | undefined {
  try {
    return new JsonDocument(textOf(content) ?? '', 'content');
  } catch (error) {
    if (!isUserError(error)) throw error;
    return undefined;
  }
}
