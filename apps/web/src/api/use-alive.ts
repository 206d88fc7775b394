import { useQuery } from '@tanstack/react-query';
import { useApi } from './api-context.tsx';
import { failureOf } from './failure.ts';

const EVERY_MS = 5_000;

/** Whether the server answers, asked again and again; its version when it does. */
export function useAlive() {
  const api = useApi();
  return useQuery({
    queryKey: ['alive'],
    queryFn: async ({ signal }) => {
      const response = await api.fetch('livez', { signal });
      if (!response.ok) throw failureOf(response.status, undefined);
      return (await response.json()) as { version: string };
    },
    refetchInterval: EVERY_MS,
    retry: false,
  });
}
