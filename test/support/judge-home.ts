import { compose } from '../../src/adapters/compose.ts';
import { brokenInvariants } from './invariants.ts';
import { recordOf } from './run-record.ts';

/** Reads log, views and the built-in simulators' ledger of a home, and tells which promises were broken. */
export const brokenIn = async (
  env: NodeJS.ProcessEnv,
  acknowledged: readonly string[],
): Promise<readonly string[]> => {
  const services = compose({ env });
  try {
    const store = await services.store('read');
    const ledger = await services.ledger();
    const record = await recordOf(store, {
      acknowledged,
      policy: services.policy,
      now: services.clock.now(),
      ne: { services: ledger?.services ?? [], effects: ledger?.effects ?? [] },
      tm: { appointments: ledger?.appointments ?? [], calls: ledger?.calls ?? [] },
    });
    return brokenInvariants(record);
  } finally {
    await services.close();
  }
};
