import { revokeToken } from '../../core/app/access/tokens.ts';
import { actorDeps } from '../changing.ts';
import { object } from '../framework/print/result.ts';
import type { Handler } from '../framework/run/context.ts';
import type { accessTokenRevoke } from './token-revoke.ts';
import { tokenBlocks, tokenItem } from './token-row.ts';

export const run: Handler<typeof accessTokenRevoke> = async (ctx, { args }) => {
  const { services, t } = ctx;
  const { status, token } = await revokeToken(await actorDeps(ctx, 'write'), args.id);
  return object({
    schema: 'oss.token/1',
    data: tokenItem(token, services.clock.now()),
    id: token.tokenId,
    show: tokenBlocks,
    notes: status === 'already' ? [t.access.already] : [],
  });
};
