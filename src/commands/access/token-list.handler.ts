import { listTokens } from '../../core/app/access/tokens.ts';
import { actorDeps } from '../changing.ts';
import { list } from '../framework/print/result.ts';
import type { Handler } from '../framework/run/context.ts';
import type { accessTokenList } from './token-list.ts';
import { stateCell, type TokenItem, tokenItem } from './token-row.ts';

export const run: Handler<typeof accessTokenList> = async (ctx) => {
  const { services, t } = ctx;
  const tokens = await listTokens(await actorDeps(ctx, 'read'));
  const now = services.clock.now();
  const { columns } = t.access;
  return list<TokenItem>({
    schema: 'oss.tokens/1',
    items: tokens.map((token) => tokenItem(token, now)),
    id: ({ tokenId }) => tokenId,
    empty: t.access.none,
    columns: [
      { title: columns.id, drop: 0, cell: ({ tokenId }) => tokenId },
      { title: columns.actor, drop: 0, cell: ({ actor }) => actor },
      { title: columns.client, drop: 3, cell: ({ client }) => client },
      { title: columns.state, drop: 0, cell: stateCell },
      { title: columns.clear, drop: 4, cell: ({ seesClear }, view) => (seesClear ? view.t.access.yes : '') },
      { title: columns.expires, drop: 1, cell: ({ expiresAt }, view) => view.time(expiresAt) },
      { title: columns.used, drop: 2, cell: ({ lastUsedAt }, view) => view.time(lastUsedAt) },
    ],
  });
};
