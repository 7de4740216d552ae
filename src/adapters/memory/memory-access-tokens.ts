import type { AccessToken, AccessTokens } from '../../core/ports/access-tokens.ts';
import { byText } from './by-id.ts';
import { type UndoLog, undoableMap } from './undo-log.ts';

export const memoryAccessTokens = (log: UndoLog): AccessTokens => {
  const rows = undoableMap<AccessToken>(log);
  return {
    add: async (token) => {
      if (rows.get(token.tokenId) !== undefined)
        throw new Error(`the token ${token.tokenId} is there already`);
      rows.set(token.tokenId, { ...token, revokedAt: null, lastUsedAt: null });
    },
    get: async (tokenId) => rows.get(tokenId) ?? null,
    list: async () => [...rows.values()].sort((a, b) => byText(a.tokenId, b.tokenId)),
    revoke: async (tokenId, at) => {
      const token = rows.get(tokenId);
      if (token === undefined || token.revokedAt !== null) return false;
      rows.set(tokenId, { ...token, revokedAt: at });
      return true;
    },
    used: async (tokenId, at) => {
      const token = rows.get(tokenId);
      if (token !== undefined) rows.set(tokenId, { ...token, lastUsedAt: at });
    },
  };
};
