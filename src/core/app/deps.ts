import type { AuditEntry, Via } from '../ports/audit.ts';
import type { NetworkElement, TmDesk } from '../ports/peers.ts';
import type { Clock, Ids, Processes } from '../ports/runtime.ts';
import { sharedClock } from '../ports/shared-clock.ts';
import type { Store } from '../ports/store.ts';
import type { Policy } from '../rules/policy.ts';
import { Refusal } from '../rules/refusal.ts';
import { actorText, parseActor, ROLES } from '../values/actor.ts';

/** What every use case is given. */
export type AppDeps = {
  readonly store: Store;
  /** Shared by all who write to the store (`sharedClock`). */
  readonly clock: Clock;
  readonly ids: Ids;
  readonly processes: Processes;
  readonly policy: Policy;
  /** `role:name` of the caller. */
  readonly actor: string;
  /** Where the call came from, for the audit; absent: the console of this machine. */
  readonly via?: Via;
  /** Inside a rehearsal: keeps what the audit must know of, for a commit after the rehearsal was rolled back. */
  readonly apart?: (entry: AuditEntry) => void;
};

/** What is the same for every caller; `as` makes of it what a use case gets for the actor who calls now. */
export type Operation = Omit<AppDeps, 'actor' | 'via' | 'apart'> & {
  /** `actor`: `role:name`; `via`: where the call came from. Throws Refusal BAD_VALUE for anything else: it would stand in the log for ever. */
  readonly as: (actor: string, via?: Via) => AppDeps;
};

/** What a face keeps for as long as it serves people. `clock`: of this process. */
export const operation = (own: Omit<AppDeps, 'actor' | 'via' | 'apart'>): Operation => {
  const parts = { ...own, clock: sharedClock(own.clock, own.store) };
  return { ...parts, as: as(parts) };
};

const as =
  (parts: Omit<AppDeps, 'actor' | 'via' | 'apart'>): Operation['as'] =>
  (actor, via) => {
    const known = parseActor(actor);
    if (known === null)
      throw new Refusal('BAD_VALUE', {
        flag: 'actor',
        value: actor,
        expected: { code: 'ACTOR', roles: ROLES },
      });
    return { ...parts, actor: actorText(known), ...(via === undefined ? {} : { via }) };
  };

/** What those use cases are given that talk to peers. */
export type SagaDeps = AppDeps & {
  readonly ne: NetworkElement;
  readonly tm: TmDesk;
  readonly crashPoint: CrashPoint;
};

/** A named place where a test may kill the process; does nothing unless a test armed it. */
export type CrashPoint = (name: string) => void;
