import { useQuery } from '@tanstack/react-query';
import { useApi } from './api-context.tsx';
import { answerOf } from './client.ts';

/** Who we are to the server, and what it has. */
export function useMe() {
  const { client } = useApi();
  return useQuery({
    queryKey: ['me'],
    queryFn: ({ signal }) => answerOf(client.GET('/v1/me', { signal })),
    staleTime: 60_000,
  });
}

/** Whether the caller may do what a scope allows. */
export function hasScope(scopes: readonly string[], scope: string): boolean {
  return scopes.includes('*') || scopes.includes(scope);
}
