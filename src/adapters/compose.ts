import type { SagaDeps } from '../core/app/deps.ts';
import type { Policy } from '../core/policy.ts';
import type { Clock, Ids, Processes } from '../core/ports/runtime.ts';
import type { Store } from '../core/ports/store.ts';
import type { Settings } from './config/settings.ts';

/** Everything a command may reach. Each is built when it is first asked for, and closed once at the end. */
export type Services = {
  readonly settings: Settings;
  readonly policy: Policy;
  readonly actor: string;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly processes: Processes;
  /** `write`: creates a default database that does not exist and binds it to the configured peers. */
  readonly store: (mode: 'read' | 'write') => Promise<Store>;
  /** Store and peers for commands that run steps. */
  readonly saga: () => Promise<SagaDeps>;
  readonly close: () => Promise<void>;
};
