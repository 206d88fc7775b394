import { type QueryKey, useQueryClient } from '@tanstack/react-query';
import { useCallback, useRef } from 'react';

/**
 * Gives what asks anew for what is shown, when something has happened. While an answer is under way it is waited for, and
 * then asked once more: events that come faster than answers would put off each of them.
 */
export function useRenewal(): (key: QueryKey) => void {
  const queries = useQueryClient();
  /** What is asked for, and whether something has happened since. */
  const asked = useRef(new Map<string, boolean>());
  return useCallback(
    (key) => {
      const renewals = asked.current;
      const id = JSON.stringify(key);
      const renew = async () => {
        do {
          renewals.set(id, false);
          await queries.invalidateQueries({ queryKey: key });
        } while (renewals.get(id) === true);
        renewals.delete(id);
      };
      if (renewals.has(id)) renewals.set(id, true);
      else void renew();
    },
    [queries],
  );
}
