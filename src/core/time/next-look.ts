/**
 * How long until the next look at what a look-up did not tell yet. At the latest it comes when one tells; what may be shown
 * any moment before that is looked for all the while, less and less often. All in ms.
 */
export const untilNextLook = ({
  left,
  since,
  atLeast,
}: {
  /** Until a look tells. */
  readonly left: number;
  /** For how long it may have been shown already; null: it is not shown before that. */
  readonly since: number | null;
  /** No two looks are nearer to each other. */
  readonly atLeast: number;
}): number => Math.max(0, since === null ? left : Math.min(left, Math.max(atLeast, since)));
