import { BugError } from '@cozecut/problems';
import type { Engine } from './engine/engine.ts';
import type { RateLimits } from './types.ts';

/**
 * Limits by the generic cell rate algorithm: for each key one moment is kept, at which the whole burst would be allowed
 * again. A request moves it on by its share; one that would move it further than a burst ahead of now is refused.
 */
export function createRateLimits({ write }: Engine, { now }: { now(): number }): RateLimits {
  return {
    take: ({ key, burst, perMinute }, cost = 1) =>
      write(async (tx) => {
        if (!(cost <= burst)) throw new BugError(`a cost of ${cost} is never allowed by a burst of ${burst}`);
        const eachMs = 60_000 / perMinute;
        const time = now();
        const taken = await tx
          .insertInto('rate_limits')
          .values({ key, free_at: time + cost * eachMs })
          .onConflict((conflict) =>
            conflict
              .column('key')
              .doUpdateSet(({ eb, ref }) => {
                const from = eb
                  .case()
                  .when('rate_limits.free_at', '<', time)
                  .then(time)
                  .else(ref('rate_limits.free_at'))
                  .end();
                return { free_at: eb(from, '+', cost * eachMs) };
              })
              .where('rate_limits.free_at', '<=', time + (burst - cost) * eachMs),
          )
          .returning('free_at')
          .executeTakeFirst();
        const { free_at } =
          taken ??
          (await tx
            .selectFrom('rate_limits')
            .select('free_at')
            .where('key', '=', key)
            .executeTakeFirstOrThrow());
        const usedMs = Math.max(free_at - time, 0);
        return {
          allowed: taken !== undefined,
          remaining: Math.floor(Math.max(burst * eachMs - usedMs, 0) / eachMs),
          retryAfterMs: Math.ceil(Math.max(usedMs - (burst - 1) * eachMs, 0)),
          resetMs: Math.ceil(usedMs),
        };
      }),
  };
}
