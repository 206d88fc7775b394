import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { BugError } from '@cozecut/problems';
import type { Selectable } from 'kysely';
import type { Engine } from './engine/engine.ts';
import type { Tables } from './schema/tables.ts';
import type { ApiToken, TokenStore } from './types.ts';

/** `czc_ID_SECRET`: the start says what it is to whoever finds one, the id is looked up, the secret is 256 bits. */
const TEXT = /^czc_([0-9a-f]{16})_([\w-]{43})$/;
/** 64 bits of id, 256 of secret. */
const ENTROPY_BYTES = 40;
/** The last use is kept to the minute: a token may be used a thousand times a second. */
const USED_STEP_MS = 60_000;
/** Compared when there is no such id, so that both answers take as long. */
const NOBODY = '0'.repeat(64);

/** API tokens in a database. */
export function createTokenStore({ db, write }: Engine, { now }: { now(): number }): TokenStore {
  return {
    async create({ owner, name, scopes, expiresAt, entropy = randomBytes(ENTROPY_BYTES) }) {
      const { id, secret, text } = tokenParts(entropy);
      const row = {
        id,
        owner,
        name,
        scopes: JSON.stringify(scopes),
        hash: hashOf(secret),
        created_at: now(),
        expires_at: expiresAt ?? null,
        last_used_at: null,
        revoked_at: null,
      };
      await write((tx) =>
        tx
          .insertInto('tokens')
          .values(row)
          .onConflict((conflict) => conflict.column('id').doNothing())
          .execute(),
      );
      return { text, token: fromRow(row) };
    },

    async verify(text) {
      const [, id = '', secret = ''] = TEXT.exec(text) ?? [];
      const row = await db.selectFrom('tokens').selectAll().where('id', '=', id).executeTakeFirst();
      const isRight = timingSafeEqual(
        Buffer.from(hashOf(secret), 'hex'),
        Buffer.from(row?.hash ?? NOBODY, 'hex'),
      );
      const time = now();
      if (!isRight || row === undefined || row.revoked_at !== null) return undefined;
      if (row.expires_at !== null && row.expires_at <= time) return undefined;
      if (row.last_used_at === null || row.last_used_at + USED_STEP_MS <= time) {
        await write((tx) =>
          tx.updateTable('tokens').set({ last_used_at: time }).where('id', '=', id).execute(),
        );
        row.last_used_at = time;
      }
      return fromRow(row);
    },

    async list(owner) {
      const rows = await db
        .selectFrom('tokens')
        .selectAll()
        .$if(owner !== undefined, (query) => query.where('owner', '=', owner!))
        .orderBy('seq', 'desc')
        .execute();
      return rows.map(fromRow);
    },

    revoke: (id, owner) =>
      write(async (tx) => {
        const { numUpdatedRows } = await tx
          .updateTable('tokens')
          .set(({ fn, val }) => ({ revoked_at: fn.coalesce('revoked_at', val(now())) }))
          .where('id', '=', id)
          .$if(owner !== undefined, (query) => query.where('owner', '=', owner!))
          .executeTakeFirst();
        return numUpdatedRows === 1n;
      }),
  };
}

/** The token that some bytes make; see `TokenStore.create`. */
export function tokenParts(entropy: Uint8Array): { id: string; secret: string; text: string } {
  if (entropy.length !== ENTROPY_BYTES) throw new BugError(`a token is made of ${ENTROPY_BYTES} bytes`);
  const id = Buffer.from(entropy.subarray(0, 8)).toString('hex');
  const secret = Buffer.from(entropy.subarray(8)).toString('base64url');
  return { id, secret, text: `czc_${id}_${secret}` };
}

const hashOf = (secret: string) => createHash('sha256').update(secret).digest('hex');

function fromRow(row: Omit<Selectable<Tables['tokens']>, 'seq'>): ApiToken {
  return {
    id: row.id,
    owner: row.owner,
    name: row.name,
    scopes: JSON.parse(row.scopes),
    createdAt: row.created_at,
    expiresAt: row.expires_at ?? undefined,
    lastUsedAt: row.last_used_at ?? undefined,
    revokedAt: row.revoked_at ?? undefined,
  };
}
