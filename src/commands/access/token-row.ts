import type { AccessToken } from '../../core/ports/access-tokens.ts';
import { ms } from '../../core/time/iso.ts';
import type { Block, Cell } from '../../faces/cli/terminal/blocks.ts';
import type { View } from '../framework/print/view.ts';

/** An item of `oss.tokens/1`, and what `oss.token/1` adds its schema to. */
export type TokenItem = Omit<AccessToken, 'digest'> & { readonly state: 'valid' | 'expired' | 'revoked' };

/** `now`: epoch ms. */
export const tokenItem = ({ digest: _, ...token }: AccessToken, now: number): TokenItem => ({
  ...token,
  state: token.revokedAt !== null ? 'revoked' : ms(token.expiresAt) <= now ? 'expired' : 'valid',
});

export const stateCell = ({ state }: TokenItem, { t }: View): Cell => ({
  text: t.access.states[state],
  tone: state === 'valid' ? 'good' : 'dim',
});

export const tokenBlocks = (item: TokenItem & { readonly token?: string }, view: View): readonly Block[] => {
  const { columns } = view.t.access;
  return [
    {
      kind: 'card',
      title: item.tokenId,
      sections: [
        {
          rows: [
            ...(item.token === undefined ? [] : [[columns.token, item.token] as const]),
            [columns.actor, item.actor],
            [columns.client, item.client],
            [columns.state, stateCell(item, view)],
            [columns.clear, item.seesClear ? view.t.access.yes : view.t.access.no],
            [columns.expires, view.time(item.expiresAt)],
          ],
        },
      ],
    },
  ];
};
