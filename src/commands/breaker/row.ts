import type { Cause } from '../../core/codes/cause.ts';
import type { BreakerRow } from '../../core/peers/breaker-row.ts';
import { iso } from '../../core/time/iso.ts';
import type { Cell } from '../../faces/cli/terminal/blocks.ts';
import { inWords } from '../../texts/coded.ts';
import { englishCause } from '../../texts/english-cause.ts';
import type { View } from '../framework/print/view.ts';

/** An item of `oss.breakers/1`, and what `oss.breaker/1` adds its schema to. */
export type BreakerItem = {
  readonly name: string;
  readonly state: BreakerRow['state'];
  readonly openUntil: string | null;
  readonly failures: number;
  /** In English words. */
  readonly lastError: string | null;
  readonly lastErrorCode: Cause | null;
  readonly lastFailureAt: string | null;
  readonly forced: BreakerRow['forced'];
};

const moment = (at: number | null): string | null => (at === null ? null : iso(at));

export const breakerItem = (row: BreakerRow): BreakerItem => ({
  name: row.name,
  state: row.state,
  openUntil: row.state === 'open' ? moment(row.openUntil) : null,
  failures: row.failures,
  lastError: englishCause(row.lastError),
  lastErrorCode: row.lastError,
  lastFailureAt: moment(row.lastFailureAt),
  forced: row.forced,
});

/** Why it is open: what the person said who opened it, or what failed last. '' for neither. */
export const becauseText = ({ forced, lastErrorCode }: BreakerItem, { causes }: View['t']): string =>
  forced?.reason ?? (lastErrorCode === null ? '' : inWords(causes, lastErrorCode));

/** How a breaker is, in words. */
export const stateCell = ({ state, openUntil, forced }: BreakerItem, { t, now, time }: View): Cell => {
  const { states } = t.breaker;
  if (state === 'closed') return { text: states.closed, tone: 'good' };
  if (state === 'half-open') return { text: states.halfOpen, tone: 'warn' };
  const isOver = openUntil !== null && Date.parse(openUntil) <= now;
  if (isOver) return { text: states.due, tone: 'warn' };
  return { text: t.breaker.open(time(openUntil), forced?.actor ?? null), tone: 'bad' };
};
