import type { LedgerContents } from '../../src/adapters/simulators/ledger.ts';
import type { Cell } from './operations.ts';

/** 2 and 7, to the very effect: a peer that was told to do one thing twice does that twice, and nothing else. */
export const repeatedBeyond = (
  orders: readonly { readonly cell: Cell; readonly orderId: string }[],
  ledger: LedgerContents,
): readonly string[] => {
  const struck = (name: string): ReadonlySet<string> =>
    new Set(orders.flatMap(({ cell, orderId }) => (cell.operation.name === name ? [orderId] : [])));
  const expected = (key: string, name: string, of: string): number =>
    struck(name).has(/^ORD-\d+/.exec(key)?.[0] ?? '') && key.includes(of) ? 2 : 1;
  const creates = new Map<string, number>();
  for (const { key, effect } of ledger.effects) {
    if (effect === 'create') creates.set(key, (creates.get(key) ?? 0) + 1);
  }
  return [
    ...[...creates].flatMap(([key, count]) =>
      count === expected(key, 'create', 'internet.hsi') ? [] : [`${key} was created ${count} times`],
    ),
    ...ledger.calls.flatMap(({ callKey, count }) =>
      count === expected(callKey, 'call', '/call#') ? [] : [`the phone rang ${count} times for ${callKey}`],
    ),
  ];
};
