import type { Frame } from '../wire/frame.ts';
import type { World } from '../world.ts';

/** Waits, and yields a heartbeat each time when the silence gets too long. */
export async function* pause(world: World, ms: number, heartbeat: () => Frame): AsyncGenerator<Frame> {
  const { heartbeatMs } = world.settings;
  let leftMs = ms;
  for (; heartbeatMs > 0 && leftMs >= heartbeatMs; leftMs -= heartbeatMs) {
    await world.clock.sleep(heartbeatMs);
    yield heartbeat();
  }
  if (leftMs > 0) await world.clock.sleep(leftMs);
}

/** The same world in which the pauses of a script take no time: what nobody watches is done when it is looked at. */
export function withoutPauses(world: World): World {
  return { ...world, settings: { ...world.settings, interEventMs: 0, thinkMs: 0 } };
}

/** The heartbeat of chats and chatflows: a comment line. */
export function chatHeartbeat(): Frame {
  return { event: 'comment', data: 'ping', isComment: true };
}
