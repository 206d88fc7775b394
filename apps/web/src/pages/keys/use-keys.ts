import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useApi } from '../../api/api-context.tsx';
import { answerOf, type Schemas } from '../../api/client.ts';

/** A key without its text. */
export type Key = Schemas['Token'];
/** A key that was just made. */
export type NewKey = Key & { token: string };

/** What a key is made with. */
export interface KeyWish {
  name: string;
  owner: string;
  scopes: string[];
  /** Days until it ends; without them it does not. */
  days: number | undefined;
}

const LIST = ['keys'];
const EVERY_MS = 5_000;
const DAY_S = 86_400;

/** Every key, and how they are made and taken back. The text of a new one is only in the answer. */
export function useKeys() {
  const { client } = useApi();
  const queries = useQueryClient();
  const onSettled = () => queries.invalidateQueries({ queryKey: LIST });
  const list = useQuery({
    queryKey: LIST,
    queryFn: async ({ signal }) => (await answerOf(client.GET('/v1/tokens', { signal }))).tokens,
    // Somebody else may take one back, or use it.
    refetchInterval: EVERY_MS,
  });
  const make = useMutation({
    // Not kept when the page is left: it holds a secret.
    gcTime: 0,
    mutationFn: ({ name, owner, scopes, days }: KeyWish): Promise<NewKey> =>
      answerOf(
        client.POST('/v1/tokens', {
          body: {
            name,
            scopes,
            ...(owner === '' ? {} : { owner }),
            ...(days === undefined ? {} : { expires_in: days * DAY_S }),
          },
        }),
      ),
    onSettled,
  });
  const revoke = useMutation({
    mutationFn: (id: string) => answerOf(client.DELETE('/v1/tokens/{id}', { params: { path: { id } } })),
    onSettled,
  });
  return { list, make, revoke };
}

/** Whether a key can be used. */
export function stateOf({ revoked_at: revoked, expires_at: expires }: Key): 'active' | 'expired' | 'revoked' {
  if (revoked !== undefined) return 'revoked';
  return expires !== undefined && Date.parse(expires) <= Date.now() ? 'expired' : 'active';
}
