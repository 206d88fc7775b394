import type { OAuthApp } from './auth/oauth-state.ts';
import type { ClockMode, EmulatorClock } from './clock.ts';
import type { DialectName } from './dialect.ts';
import type { Fault } from './faults/types.ts';
import type { PluginServices } from './plugin/types.ts';
import type { LiveBot, Scenario } from './scenario/types.ts';
import type { EmulatorSettings } from './settings.ts';

/** Options of {@link startEmulator}; every setting can be given beside them and wins over the scenario. */
export interface EmulatorOptions extends Partial<EmulatorSettings> {
  /** What the bots do; see `POST /__emu/scenario` to change it later. */
  scenario?: Scenario;
  /** What bots answer, in place of the turns of the scenario. */
  bot?: LiveBot;
  /** What goes wrong; faults of the scenario count when absent. */
  faults?: readonly Fault[];
  /** The bearer token that is accepted; default `emulator-token`. */
  token?: string;
  /** More tokens: `user` separates what they see, `scopes` are permissions such as `chat`. */
  tokens?: readonly { token: string; user?: string; scopes?: readonly string[] }[];
  /** OAuth apps that exist. */
  oauthApps?: readonly OAuthApp[];
  /** Bots that exist; every id is a published bot when absent. */
  bots?: readonly { id: string; name?: string; published?: boolean }[];
  /** Which service is played; default `coze-cn`. */
  dialect?: DialectName;
  /** Port on 127.0.0.1; default 0 = any free one. */
  port?: number;
  /** Equal seeds and equal requests give equal bytes; default 1. */
  seed?: number;
  /** How time passes; default `auto`, on which waits take no time. A clock of one's own is possible. */
  clock?: ClockMode | EmulatorClock;
  /** The same as `clock: 'real'`. */
  realTime?: boolean;
  /** Registers plugins; without it the two plugin routes refuse. */
  plugins?: PluginServices;
}
