import { describe, test } from 'vitest';
import { prove } from './judge.ts';
import { FAULT_NAMES } from './operations.ts';

/** Every fault at every request, at a network that honours keys or at one that does not. */
export const proveMatrix = (honoursKeys: boolean): void => {
  describe(`every fault at every request, of an NE that honours keys: ${honoursKeys}`, () => {
    test.concurrent.each(FAULT_NAMES)('%s', (fault) => prove(fault, { honoursKeys, ending: 'cancelled' }));
  });
  describe(`an order that goes on to its completion, of an NE that honours keys: ${honoursKeys}`, () => {
    // A crash on top of it leaves two answers for one key, which is for a person to settle before anything is completed.
    test.concurrent('duplicate', () =>
      prove('duplicate', {
        honoursKeys,
        ending: 'completed',
        isLived: ({ moment, operation: { after } }) => moment !== 'after a crash' && after === 'place',
      }));
  });
};
