import { Refusal } from '../../src/core/rules/refusal.ts';

/** The refusal that this threw. Throws when it went through. */
export const refused = (act: () => unknown): Refusal => {
  try {
    act();
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  throw new Error('nothing was refused');
};
