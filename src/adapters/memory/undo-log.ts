/** What the running transaction has to take back when it fails. One transaction at a time. */
export type UndoLog = {
  /** Must be called before each change. Throws outside a writing transaction. */
  readonly record: (undo: () => void) => void;
  /** The same for a number that was drawn: it is given back only with an attempt that is made again at once. */
  readonly recordDraw: (undo: () => void) => void;
  readonly begin: (mode: 'read' | 'write') => void;
  /** Ends the transaction and keeps its changes. Returns whether there were any. */
  readonly keep: () => boolean;
  /** Ends the transaction and takes its changes back, the latest first. `again`: the same is done once more. */
  readonly rollBack: (options?: { readonly again: boolean }) => void;
};

export const undoLog = (): UndoLog => {
  let mode: 'none' | 'read' | 'write' = 'none';
  let undos: (() => void)[] = [];
  let draws: (() => void)[] = [];
  const assertWriting = (): void => {
    if (mode !== 'write') throw new Error('a change outside a write transaction');
  };
  return {
    recordDraw: (undo) => {
      assertWriting();
      draws.push(undo);
    },
    record: (undo) => {
      assertWriting();
      undos.push(undo);
    },
    begin: (asked) => {
      mode = asked;
    },
    keep: () => {
      const changed = undos.length > 0;
      mode = 'none';
      undos = [];
      draws = [];
      return changed;
    },
    rollBack: ({ again } = { again: false }) => {
      for (let i = undos.length - 1; i >= 0; i -= 1) undos[i]?.();
      if (again) for (const undo of draws) undo();
      mode = 'none';
      undos = [];
      draws = [];
    },
  };
};

/** A map whose changes the undo log takes back. After an undone removal the insertion order is another. */
export type UndoableMap<V> = {
  readonly get: (key: string) => V | undefined;
  readonly set: (key: string, value: V) => void;
  readonly remove: (key: string) => void;
  readonly clear: () => void;
  readonly keys: () => IterableIterator<string>;
  readonly values: () => IterableIterator<V>;
  readonly size: () => number;
};

export const undoableMap = <V extends object | string | number>(log: UndoLog): UndoableMap<V> => {
  let map = new Map<string, V>();
  const restore = (key: string, before: V | undefined): void => {
    if (before === undefined) map.delete(key);
    else map.set(key, before);
  };
  return {
    get: (key) => map.get(key),
    set: (key, value) => {
      const before = map.get(key);
      log.record(() => restore(key, before));
      map.set(key, value);
    },
    remove: (key) => {
      const before = map.get(key);
      log.record(() => restore(key, before));
      map.delete(key);
    },
    clear: () => {
      const before = map;
      log.record(() => {
        map = before;
      });
      map = new Map();
    },
    keys: () => map.keys(),
    values: () => map.values(),
    size: () => map.size,
  };
};

/** A list that only grows, and shrinks again when the transaction fails. */
export type UndoableList<V> = {
  readonly push: (value: V) => void;
  readonly all: () => readonly V[];
};

export const undoableList = <V>(log: UndoLog): UndoableList<V> => {
  const list: V[] = [];
  return {
    push: (value) => {
      log.record(() => list.pop());
      list.push(value);
    },
    all: () => list,
  };
};
