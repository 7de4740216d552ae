import { describe, test } from 'vitest';
import { prove } from './judge.ts';
import { FAULT_NAMES } from './operations.ts';

describe.each([true, false])(
  'every fault at every request, of an NE that honours keys: %s',
  (honoursKeys) => {
    test.concurrent.each(FAULT_NAMES)(
      '%s',
      (fault) => prove(fault, { honoursKeys, ending: 'cancelled' }),
      600_000,
    );
  },
);

describe.each([true, false])(
  'an order that goes on to its completion, of an NE that honours keys: %s',
  (honoursKeys) => {
    // A crash on top of it leaves two answers for one key, which is for a person to settle before anything is completed.
    test.concurrent(
      'duplicate',
      () =>
        prove('duplicate', {
          honoursKeys,
          ending: 'completed',
          isLived: ({ moment, operation: { after } }) => moment !== 'after a crash' && after === 'place',
        }),
      600_000,
    );
  },
);
