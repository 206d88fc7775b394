import { createOAuthState } from './auth/oauth-state.ts';
import type { EmulatorClock } from './clock.ts';
import { dialectOf } from './dialect.ts';
import type { EmulatorOptions } from './options.ts';
import { DEFAULT_SCENARIO, type Scenario } from './scenario/types.ts';
import { type EmulatorSettings, mergeSettings } from './settings.ts';
import { createWorld, type World } from './world.ts';

/** The token that is accepted unless another one is given. */
export const DEFAULT_TOKEN = 'emulator-token';
/** Who the tokens of the options stand for unless they say otherwise. */
export const OWNER = 'owner';

/** A world as the options want it. */
export function newWorld(options: EmulatorOptions, clock: EmulatorClock): World {
  const scenario = options.scenario ?? DEFAULT_SCENARIO;
  const world = createWorld({
    seed: options.seed ?? 1,
    settings: settingsFor(options, scenario),
    bots: options.bots,
    dialect: dialectOf(options.dialect),
    clock,
    oauth: createOAuthState(options.oauthApps),
    bot: options.bot,
    scenario,
  });
  const main = { token: options.token ?? DEFAULT_TOKEN };
  for (const { token, user = OWNER, scopes } of [main, ...(options.tokens ?? [])] as NonNullable<
    EmulatorOptions['tokens']
  >) {
    world.tokens.add({ token, user, scopes, expiresAtMs: undefined });
  }
  return world;
}

/** The settings that hold while a scenario plays. */
export function settingsFor(options: EmulatorOptions, scenario: Scenario): EmulatorSettings {
  return mergeSettings(scenario.settings ?? {}, options);
}
