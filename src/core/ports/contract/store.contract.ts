import { describe } from 'vitest';
import { eventsContract } from './events.contract.ts';
import type { OpenStore } from './samples.contract.ts';
import { tablesContract } from './tables.contract.ts';
import { transactionsContract } from './transactions.contract.ts';
import { vaultContract } from './vault.contract.ts';
import { viewsContract } from './views.contract.ts';
import { workContract } from './work.contract.ts';

/**
 * What every adapter of `Store` must do, as one suite: each documented behaviour of each port. `open` gives an empty
 * store of its own each time it is called.
 */
export const storeContract = (name: string, open: OpenStore): void => {
  describe(`${name} keeps the store's contract`, () => {
    transactionsContract(open);
    eventsContract(open);
    workContract(open);
    viewsContract(open);
    vaultContract(open);
    tablesContract(open);
  });
};
