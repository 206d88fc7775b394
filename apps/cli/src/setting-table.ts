import { SETTINGS } from '@cozecut/manifest/loader';
import table from './setting-table.json' with { type: 'json' };

/** What a text of a variable has to be. */
export type SettingKind =
  | 'file'
  | 'path'
  | 'files'
  | 'url'
  | 'secret'
  | 'key'
  | 'boolean'
  | 'count'
  | 'list'
  | 'origins'
  | 'id'
  | 'mode'
  | 'json'
  | 'text';

/** A variable that the program reads and that stands for no key of a manifest. */
export interface NamedSetting {
  name: string;
  /** Names that are older than the name. */
  aliases?: string[];
  kind: SettingKind;
  /** Markdown. */
  meaning: string;
  /** What counts without it; Markdown. */
  default?: string;
}

/** Every variable that stands for no key of a manifest; the reference and `.env.example` are made from the same file. */
export const NAMED_SETTINGS = table as readonly NamedSetting[];

const BOOLEAN = /^(?:true|yes|on|1|false|no|off|0)$/i;

/** What fits, for the kinds that not every text fits. */
const FORMS: Readonly<Partial<Record<SettingKind, { form: RegExp; wanted: string }>>> = {
  files: { form: /^(?!(?!s3:)[a-z][a-z0-9+.-]*:\/\/)/i, wanted: 'a folder or an s3:// address' },
  url: { form: /^https?:\/\/[^\s/]+/, wanted: 'an address that starts with http:// or https://' },
  key: { form: /^.{32,}$/s, wanted: 'a text of at least 32 characters' },
  boolean: { form: BOOLEAN, wanted: 'true or false' },
  count: { form: /^[1-9]\d{0,6}$/, wanted: 'a whole number > 0' },
  id: { form: /^\d+$/, wanted: 'an id: digits' },
  mode: { form: /^(?:remote|local)$/, wanted: 'remote or local' },
  // With a slash behind, or without a scheme, it would be the origin of no page.
  origins: {
    form: /^https?:\/\/[^\s/,]+(?:\s*,\s*https?:\/\/[^\s/,]+)*$/,
    wanted: 'origins such as https://page.example.com, comma-separated',
  },
  json: { form: /^json$/i, wanted: 'json' },
};

/** What a text of a kind should have been; nothing when it does. */
export function wantedOf(kind: SettingKind, text: string): string | undefined {
  const { form, wanted } = FORMS[kind] ?? {};
  return form === undefined || form.test(text) ? undefined : wanted;
}

/** Whether the value is shown to nobody. */
export function isSecret(kind: SettingKind): boolean {
  return kind === 'secret' || kind === 'key';
}

/** A setting as lists show it. */
export interface SettingRow {
  names: readonly string[];
  /** Key of the manifest that it stands above. */
  key?: string;
  kind: SettingKind;
  default?: string;
}

/** Every setting that there is: the named ones, then those above the manifest. */
export function allSettings(): SettingRow[] {
  return [
    ...NAMED_SETTINGS.map(({ name, aliases = [], kind, default: fallback }) => ({
      names: [name, ...aliases],
      kind,
      ...(fallback === undefined ? {} : { default: fallback }),
    })),
    ...SETTINGS.map(({ key, variables }): SettingRow => ({ names: variables, key, kind: 'text' })),
  ];
}
