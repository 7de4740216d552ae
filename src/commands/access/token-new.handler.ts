import { newToken } from '../../core/app/access/tokens.ts';
import { Refusal } from '../../core/rules/refusal.ts';
import { actorDeps } from '../changing.ts';
import { object } from '../framework/print/result.ts';
import type { Handler } from '../framework/run/context.ts';
import type { accessTokenNew } from './token-new.ts';
import { tokenBlocks, tokenItem } from './token-row.ts';

const DAY_MS = 86_400_000;
const DEFAULT_DAYS = 90;
const MOST_DAYS = 800;

export const run: Handler<typeof accessTokenNew> = async (ctx, { flags }) => {
  const { services, t } = ctx;
  const livesMs = flags.expires ?? DEFAULT_DAYS * DAY_MS;
  if (livesMs > MOST_DAYS * DAY_MS) {
    const value = `${Math.ceil(livesMs / DAY_MS)}d`;
    throw new Refusal('BAD_VALUE', {
      flag: '--expires',
      value,
      expected: { code: 'AT_MOST_DAYS', days: MOST_DAYS },
    });
  }
  const { role, name, client, pii } = flags;
  const { kept, token } = await newToken(await actorDeps(ctx, 'write'), services.secrets, {
    role,
    name,
    client,
    seesClear: pii,
    livesMs,
  });
  return object({
    schema: 'oss.token/1',
    data: { ...tokenItem(kept, services.clock.now()), token },
    id: token,
    show: tokenBlocks,
    notes: [t.access.shownOnce],
    hints: [{ command: 'access token list' }],
  });
};
