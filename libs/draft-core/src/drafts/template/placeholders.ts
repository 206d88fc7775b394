import { UserError } from '@cozecut/problems';
import { EditDraft, shownText } from '../edit/edit-draft.ts';
import type { Material } from '../edit/parts.ts';
import { Spellings } from '../edit/spellings.ts';
import type { JsonDocument } from '../json/json-document.ts';
import { textOf } from '../loose.ts';
import { countColor } from './colors.ts';

/** A place of a template that each draft fills. */
export interface Placeholder {
  name: string;
  kind: 'text' | 'media' | 'color';
  /** In how many places it stands. */
  uses: number;
}

/** Which colours of a template stand for what: `#RRGGBB` by name. */
export type ColorNames = Readonly<Record<string, string>>;

/** `{{name}}` in a text. */
export const PLACEHOLDER = /\{\{\s*([^{}\s](?:[^{}]*[^{}\s])?)\s*\}\}/g;

/**
 * The placeholders of a draft: `{{name}}` in texts and as names of files, and the colours that are named.
 *
 * @throws UserError INPUT_INVALID when a colour is none.
 */
export function listPlaceholders(timeline: JsonDocument, colors: ColorNames = {}): Placeholder[] {
  const draft = new EditDraft(timeline, new Spellings(), () => '', timeline.name);
  const found = new Map<string, Placeholder>();
  const take = (name: string, kind: Placeholder['kind'], uses: number): void => {
    const known = found.get(`${kind} ${name}`);
    if (known === undefined) found.set(`${kind} ${name}`, { name, kind, uses });
    else known.uses += uses;
  };
  for (const { array, material } of draft.materials.values()) {
    if (array === 'texts') for (const name of namesIn(shownText(material) ?? '')) take(name, 'text', 1);
    const media = mediaPlaceholder(array, material);
    if (media !== undefined) take(media, 'media', 1);
  }
  for (const [name, color] of Object.entries(colors)) {
    if (!/^#[0-9a-f]{6}$/i.test(color))
      throw new UserError(
        'INPUT_INVALID',
        `the colour ${name} must be #RRGGBB (got ${JSON.stringify(color)})`,
      );
    take(name, 'color', countColor(draft.content, color));
  }
  return [...found.values()];
}

/** Names of the placeholders in a text, each as often as it stands there. */
function namesIn(text: string): string[] {
  return [...text.matchAll(PLACEHOLDER)].map(([, name]) => name!);
}

/** The placeholder that a file stands for: its name is `{{name}}`, with or without an extension. */
export function mediaPlaceholder(array: string, material: Material): string | undefined {
  if (array !== 'videos' && array !== 'audios') return undefined;
  const name = textOf(material.material_name) ?? textOf(material.name) ?? '';
  return /^\{\{\s*([^{}]*[^{}\s])\s*\}\}(?:\.\w+)?$/.exec(name)?.[1];
}
