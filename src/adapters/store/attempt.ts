/** What one attempt at a transaction leaves to be done once it is known how it ended. */
export type Attempt = {
  readonly afterCommit: (effect: () => void) => void;
  readonly afterRollback: (effect: () => void) => void;
  /** Does what waited for COMMIT. */
  readonly committed: () => void;
  /** Does what waited for the attempt to come to nothing. */
  readonly undone: () => void;
};

export const attempt = (): Attempt => {
  let onCommit: (() => void)[] | null = null;
  let onRollback: (() => void)[] | null = null;
  return {
    afterCommit: (effect) => {
      onCommit ??= [];
      onCommit.push(effect);
    },
    afterRollback: (effect) => {
      onRollback ??= [];
      onRollback.push(effect);
    },
    committed: () => {
      for (const effect of onCommit ?? []) effect();
    },
    undone: () => {
      for (const effect of onRollback ?? []) effect();
    },
  };
};

let isRepeating = false;

/**
 * From now on every write of every store runs its work twice, as a server's database does that loses a connection: the first
 * attempt is rolled back. For tests.
 */
export const repeatWrites = (): void => {
  isRepeating = true;
};

export const areWritesRepeated = (): boolean => isRepeating;
