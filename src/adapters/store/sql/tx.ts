import type { Tx } from '../../../core/ports/store.ts';
import type { Attempt } from '../attempt.ts';
import { sqliteAudit } from './audit.ts';
import type { Origin } from './audit-chain.ts';
import { sqliteBatches } from './batches.ts';
import { sqliteCalendar } from './calendar.ts';
import { sqliteComparisons } from './comparisons.ts';
import { type EventsOptions, sqliteEvents } from './events.ts';
import type { Session } from './session.ts';
import { sqliteBreakers, sqliteKeyProofs, sqliteMeta, sqliteRequests, sqliteTechnicians } from './tables.ts';
import { sqliteTravel } from './travel.ts';
import { sqliteVault } from './vault.ts';
import { sqliteViews } from './views.ts';
import { sqliteWork } from './work.ts';

export type TxOptions = EventsOptions & {
  /** What the audit says of where this process runs. */
  readonly origin: () => Origin;
  readonly attempt: Attempt;
};

/** The ports of one transaction. Most use three of them, so each is made at its first use. */
export class SqliteTx implements Tx {
  readonly #session: Session;
  readonly #options: TxOptions;
  #made: { -readonly [P in keyof Tx]?: Tx[P] } = {};

  constructor(session: Session, options: TxOptions) {
    this.#session = session;
    this.#options = options;
  }

  get events(): Tx['events'] {
    this.#made.events ??= sqliteEvents(this.#session, this.#options);
    return this.#made.events;
  }

  get work(): Tx['work'] {
    this.#made.work ??= sqliteWork(this.#session);
    return this.#made.work;
  }

  get views(): Tx['views'] {
    this.#made.views ??= sqliteViews(this.#session);
    return this.#made.views;
  }

  get vault(): Tx['vault'] {
    this.#made.vault ??= sqliteVault(this.#session);
    return this.#made.vault;
  }

  get technicians(): Tx['technicians'] {
    this.#made.technicians ??= sqliteTechnicians(this.#session);
    return this.#made.technicians;
  }

  get calendar(): Tx['calendar'] {
    this.#made.calendar ??= sqliteCalendar(this.#session);
    return this.#made.calendar;
  }

  get travel(): Tx['travel'] {
    this.#made.travel ??= sqliteTravel(this.#session);
    return this.#made.travel;
  }

  get requests(): Tx['requests'] {
    this.#made.requests ??= sqliteRequests(this.#session);
    return this.#made.requests;
  }

  get audit(): Tx['audit'] {
    this.#made.audit ??= sqliteAudit(this.#session, this.#options.origin);
    return this.#made.audit;
  }

  get meta(): Tx['meta'] {
    this.#made.meta ??= sqliteMeta(this.#session);
    return this.#made.meta;
  }

  get breakers(): Tx['breakers'] {
    this.#made.breakers ??= sqliteBreakers(this.#session);
    return this.#made.breakers;
  }

  get keyProofs(): Tx['keyProofs'] {
    this.#made.keyProofs ??= sqliteKeyProofs(this.#session);
    return this.#made.keyProofs;
  }

  get batches(): Tx['batches'] {
    this.#made.batches ??= sqliteBatches(this.#session);
    return this.#made.batches;
  }

  get afterCommit(): Tx['afterCommit'] {
    return this.#options.attempt.afterCommit;
  }

  get afterRollback(): Tx['afterRollback'] {
    return this.#options.attempt.afterRollback;
  }

  get comparisons(): Tx['comparisons'] {
    this.#made.comparisons ??= sqliteComparisons(this.#session);
    return this.#made.comparisons;
  }
}
