import type { NetworkElement, TmDesk } from '../ports/peers.ts';
import type { Clock, Ids, Processes } from '../ports/runtime.ts';
import type { Store } from '../ports/store.ts';
import type { Policy } from '../rules/policy.ts';

/** What every use case is given. */
export type AppDeps = {
  readonly store: Store;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly processes: Processes;
  readonly policy: Policy;
  /** `role:name` of who asks. */
  readonly actor: string;
};

/** What those use cases are given that talk to peers. */
export type SagaDeps = AppDeps & {
  readonly ne: NetworkElement;
  readonly tm: TmDesk;
  readonly crashPoint: CrashPoint;
};

/** A named place where a test may kill the process; does nothing unless a test armed it. */
export type CrashPoint = (name: string) => void;
