/** How long the leases of others are left alone after one cannot be sure of them any more: as long as a lease lasts. */
export const UNREST_MS = 60_000;

/** Whether what others hold, and seem to have let run out, may be taken over. */
export type Unrest = {
  /** From now on, or since some ms, it may not. */
  readonly begins: (agoMs?: number) => void;
  readonly isOver: () => boolean;
};

/** `own`: ms, by a clock that nobody sets. */
export const unrest = (own: () => number): Unrest => {
  let until = Number.NEGATIVE_INFINITY;
  return {
    begins: (agoMs = 0) => {
      until = Math.max(until, own() - agoMs + UNREST_MS);
    },
    isOver: () => own() >= until,
  };
};
