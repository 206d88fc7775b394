import { readSetting, readSettings, type Settings, type SettingsSource } from '@cozecut/manifest/loader';
import { type Environment, findVariable } from '../settings.ts';

/** Flags that set what a manifest says, by the key they set. */
export type SettingFlags = NonNullable<SettingsSource['flags']>;

/** What stands above a manifest: flags, then the environment. */
export function settingsAbove(env: Environment, folder: string, flags: SettingFlags = {}): Settings {
  return readSettings({ ...sourceOf(env, folder), flags });
}

/** One setting of the environment, for what is done without a manifest. */
export function settingAbove<T>(key: string, env: Environment, folder: string): T | undefined {
  return readSetting(key, sourceOf(env, folder)) as T | undefined;
}

function sourceOf(env: Environment, folder: string): SettingsSource {
  return { variable: (names) => findVariable(env, names), folder };
}
