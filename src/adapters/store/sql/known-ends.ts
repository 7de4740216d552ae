/** Orders whose end is remembered; past this the memory starts anew. */
const MOST = 10_000;

/**
 * Hashes of events that were read or written here: an event never changes, so a hash that is known need not be read
 * again. What a rollback took back may be written anew with another hash, so it forgets everything.
 */
export type KnownEnds = {
  /** Hash of that event of that order; undefined: not known. */
  readonly hashOf: (orderId: string, version: number) => string | undefined;
  readonly set: (orderId: string, version: number, hash: string) => void;
};

/** `rollbacks`: how often the connection has taken anything back. */
export const knownEnds = (rollbacks: () => number): KnownEnds => {
  const ends = new Map<string, { readonly version: number; readonly hash: string }>();
  let seen = rollbacks();
  const forget = (): void => {
    const now = rollbacks();
    if (now !== seen || ends.size >= MOST) ends.clear();
    seen = now;
  };
  return {
    hashOf: (orderId, version) => {
      forget();
      const end = ends.get(orderId);
      return end?.version === version ? end.hash : undefined;
    },
    set: (orderId, version, hash) => {
      forget();
      ends.set(orderId, { version, hash });
    },
  };
};
