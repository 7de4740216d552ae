import type { Services } from '../../adapters/compose.ts';
import { Refusal } from '../../core/rules/refusal.ts';
import type { CommandContext } from '../framework/run/context.ts';
import { EXIT } from '../framework/run/exit-codes.ts';
import { machineRefusal, wordingOf } from '../framework/run/failure.ts';

/** What a check may look at. `clock` words a moment in the operator's zone. */
export type Surgery = Pick<CommandContext, 't' | 'program' | 'configuration'> & {
  readonly services: Services;
  readonly clock: (at: string | number | null) => string;
};

/** An item of `oss.checks/1`. */
export type Check = {
  readonly name: CheckName;
  readonly state: 'ok' | 'warn' | 'bad';
  readonly detail: string;
  /** What to do; null: nothing. */
  readonly next: string | null;
};

export type CheckName =
  | 'configuration'
  | 'access'
  | 'database'
  | 'binding'
  | 'disk'
  | 'clock'
  | 'ne'
  | 'tm'
  | 'breakers'
  | 'worker'
  | 'work'
  | 'server'
  | 'comparison'
  | 'areas'
  | 'leftovers';

export const ok = (name: CheckName, detail: string): Check => ({ name, state: 'ok', detail, next: null });

export const warn = (name: CheckName, detail: string, next: string | null = null): Check => ({
  name,
  state: 'warn',
  detail,
  next,
});

export const bad = (name: CheckName, detail: string, next: string | null = null): Check => ({
  name,
  state: 'bad',
  detail,
  next,
});

/** A refusal as a bad check, in its own words. Anything else is thrown on: it is a bug. */
export const badOf = (
  { t, program }: Pick<CommandContext, 't' | 'program'>,
  name: CheckName,
  error: unknown,
): Check => {
  const refusal = error instanceof Refusal ? error : machineRefusal(error);
  if (refusal === null) throw error;
  const { what, why, next } = wordingOf(t, refusal);
  return bad(
    name,
    why === undefined ? what : `${what}: ${why}`,
    next === undefined ? null : next.replaceAll('$oss', program),
  );
};

const PEER_CHECKS: readonly CheckName[] = ['ne', 'tm', 'breakers'];

/** 78 before 75: with a broken installation the peers do not matter. */
export const exitOfChecks = (checks: readonly Check[]): number => {
  const failed = checks.filter(({ state }) => state === 'bad');
  if (failed.length === 0) return EXIT.done;
  return failed.every(({ name }) => PEER_CHECKS.includes(name)) ? EXIT.tryLater : EXIT.configuration;
};
