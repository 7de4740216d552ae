import type { AccessToken, AccessTokens } from '../../../core/ports/access-tokens.ts';
import { query, type Values } from './query.ts';
import type { AccessTokenRow } from './schema.ts';
import type { Session } from './session.ts';

const addToken = query((db, p: Omit<AccessTokenRow, 'revoked_at' | 'last_used_at'> & Values) =>
  db.insertInto('access_tokens').values({
    token_id: p.token_id,
    digest: p.digest,
    actor: p.actor,
    client: p.client,
    sees_clear: p.sees_clear,
    created_at: p.created_at,
    created_by: p.created_by,
    expires_at: p.expires_at,
    revoked_at: null,
    last_used_at: null,
  }),
);
const getToken = query((db, p: { id: string }) =>
  db.selectFrom('access_tokens').selectAll().where('token_id', '=', p.id),
);
const allTokens = query((db, _: Values) => db.selectFrom('access_tokens').selectAll().orderBy('token_id'));
const revokeToken = query((db, p: { id: string; at: string }) =>
  db
    .updateTable('access_tokens')
    .set({ revoked_at: p.at })
    .where('token_id', '=', p.id)
    .where('revoked_at', 'is', null),
);
const usedToken = query((db, p: { id: string; at: string }) =>
  db.updateTable('access_tokens').set({ last_used_at: p.at }).where('token_id', '=', p.id),
);

const read = (row: AccessTokenRow): AccessToken => ({
  tokenId: row.token_id,
  digest: row.digest,
  actor: row.actor,
  client: row.client,
  seesClear: row.sees_clear === 1,
  createdAt: row.created_at,
  createdBy: row.created_by,
  expiresAt: row.expires_at,
  revokedAt: row.revoked_at,
  lastUsedAt: row.last_used_at,
});

export const sqlAccessTokens = (session: Session): AccessTokens => ({
  add: async (token) => {
    await session.run(addToken, {
      token_id: token.tokenId,
      digest: token.digest,
      actor: token.actor,
      client: token.client,
      sees_clear: token.seesClear ? 1 : 0,
      created_at: token.createdAt,
      created_by: token.createdBy,
      expires_at: token.expiresAt,
    });
  },
  get: async (id) => {
    const row = await session.one(getToken, { id });
    return row === undefined ? null : read(row);
  },
  list: async () => (await session.all(allTokens, {})).map(read),
  revoke: async (id, at) => (await session.run(revokeToken, { id, at })) === 1,
  used: async (id, at) => {
    await session.run(usedToken, { id, at });
  },
});
