import { showValue } from '@cozecut/problems';
import { textOf } from '../text-of.ts';
import type { World } from '../world.ts';
import { OAuthRefusal } from './oauth-refusal.ts';

const DEVICE_LIFE_S = 300;
const INTERVAL_S = 5;

/** Begins a device authorization. @throws OAuthRefusal invalid_client */
export function beginDevice(world: World, clientId: unknown): object {
  if (!world.oauth.apps.some(({ id }) => id === clientId)) {
    throw new OAuthRefusal('invalid_client', `there is no app ${showValue(clientId)}`);
  }
  const { devicePolls } = world.settings;
  const number = world.oauth.devices.size + 1;
  const deviceCode = `device_${world.seed}_${number}`;
  const userCode = `EMU-${String(world.seed * 1000 + number).padStart(6, '0')}`;
  world.oauth.devices.set(deviceCode, {
    clientId: textOf(clientId),
    userCode,
    decision: 'pending',
    pollsLeft: devicePolls === 'manual' ? Number.POSITIVE_INFINITY : devicePolls,
    expiresAtMs: world.clock.nowMs() + DEVICE_LIFE_S * 1000,
    polledAtMs: undefined,
    intervalMs: INTERVAL_S * 1000,
  });
  const page = `https://${world.dialect.webHost}/oauth/device`;
  return {
    device_code: deviceCode,
    user_code: userCode,
    verification_uri: page,
    verification_url: `${page}?user_code=${userCode}`,
    interval: INTERVAL_S,
    expires_in: DEVICE_LIFE_S,
  };
}

/**
 * One poll of a device.
 *
 * @returns The client id when the user agreed.
 * @throws OAuthRefusal authorization_pending, slow_down, access_deny, expired_token, invalid_request
 */
export function pollDevice(world: World, deviceCode: unknown): string {
  const device = world.oauth.devices.get(textOf(deviceCode));
  if (!device) throw new OAuthRefusal('invalid_request', 'device_code is not known');
  const nowMs = world.clock.nowMs();
  if (nowMs >= device.expiresAtMs) throw new OAuthRefusal('expired_token', 'the device code has expired');
  const sinceMs = nowMs - (device.polledAtMs ?? Number.NEGATIVE_INFINITY);
  device.polledAtMs = nowMs;
  if (world.clock.isShared && sinceMs < device.intervalMs) {
    device.intervalMs += INTERVAL_S * 1000;
    throw new OAuthRefusal('slow_down', `poll every ${device.intervalMs / 1000} s`);
  }
  if (device.decision === 'denied') throw new OAuthRefusal('access_deny', 'the user refused');
  if (device.decision === 'pending' && device.pollsLeft-- > 0) {
    throw new OAuthRefusal('authorization_pending', 'the user has not agreed yet');
  }
  world.oauth.devices.delete(textOf(deviceCode));
  return device.clientId;
}

/** The user agrees or refuses. Returns whether there is such a code. */
export function decideDevice(world: World, userCode: string, isAllowed: boolean): boolean {
  const device = [...world.oauth.devices.values()].find((candidate) => candidate.userCode === userCode);
  if (!device) return false;
  device.decision = isAllowed ? 'allowed' : 'denied';
  return true;
}
