import type { Engine } from './engine/engine.ts';
import type { GrantStore } from './types.ts';

/** What owners have allowed to programs, in a database. */
export function createGrantStore({ db, write }: Engine, { now }: { now(): number }): GrantStore {
  return {
    async put(hash, { kind, family, clientId, owner, scopes, request, isUsed, expiresAt }) {
      const time = now();
      const row = {
        hash,
        kind,
        family,
        client_id: clientId,
        owner,
        scopes: JSON.stringify(scopes),
        request: request === undefined ? null : JSON.stringify(request),
        used_at: isUsed ? time : null,
        created_at: time,
        expires_at: expiresAt,
      };
      await write((tx) => tx.insertInto('oauth_grants').values(row).execute());
    },

    async get(hash) {
      const row = await db.selectFrom('oauth_grants').selectAll().where('hash', '=', hash).executeTakeFirst();
      if (row === undefined) return undefined;
      return {
        kind: row.kind,
        family: row.family,
        clientId: row.client_id,
        owner: row.owner,
        scopes: JSON.parse(row.scopes),
        isUsed: row.used_at !== null,
        expiresAt: row.expires_at,
        ...(row.request === null ? {} : { request: JSON.parse(row.request) }),
      };
    },

    use: (hash) =>
      write(async (tx) => {
        const { numUpdatedRows } = await tx
          .updateTable('oauth_grants')
          .set({ used_at: now() })
          .where('hash', '=', hash)
          .where('used_at', 'is', null)
          .executeTakeFirst();
        return numUpdatedRows === 1n;
      }),

    async remove(hash) {
      await write((tx) => tx.deleteFrom('oauth_grants').where('hash', '=', hash).execute());
    },

    async removeFamily(family) {
      await write((tx) => tx.deleteFrom('oauth_grants').where('family', '=', family).execute());
    },
  };
}
