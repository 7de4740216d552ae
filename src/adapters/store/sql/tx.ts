import type { Tx } from '../../../core/ports/store.ts';
import type { Attempt } from '../attempt.ts';
import { sqlAccessTokens } from './access-tokens.ts';
import { sqlAudit } from './audit.ts';
import type { Origin } from './audit-chain.ts';
import { sqlBatches } from './batches.ts';
import { sqlCalendar } from './calendar.ts';
import { sqlComparisons } from './comparisons.ts';
import { type EventsOptions, sqlEvents } from './events.ts';
import type { Session } from './session.ts';
import { sqlBreakers, sqlKeyProofs, sqlMeta, sqlRequests, sqlTechnicians } from './tables.ts';
import { sqlTravel } from './travel.ts';
import { sqlVault } from './vault.ts';
import { sqlViews } from './views.ts';
import { sqlWork } from './work.ts';

export type TxOptions = EventsOptions & {
  /** What the audit says of where this process runs. */
  readonly origin: () => Origin;
  readonly attempt: Attempt;
  /** By default nobody else writes while this one does. */
  readonly needs?: Tx['needs'];
  /** How work is taken where the database has a way of its own. */
  readonly takesWork?: (session: Session) => Pick<Tx['work'], 'claim' | 'claimOne' | 'reclaim'>;
};

const nothingMore = (): void => {};

/** The ports of one transaction. Most use three of them, so each is made at its first use. */
export class SqlTx implements Tx {
  readonly #session: Session;
  readonly #options: TxOptions;
  #made: { -readonly [P in keyof Tx]?: Tx[P] } = {};

  constructor(session: Session, options: TxOptions) {
    this.#session = session;
    this.#options = options;
  }

  get events(): Tx['events'] {
    this.#made.events ??= sqlEvents(this.#session, this.#options);
    return this.#made.events;
  }

  get work(): Tx['work'] {
    this.#made.work ??= { ...sqlWork(this.#session), ...this.#options.takesWork?.(this.#session) };
    return this.#made.work;
  }

  get views(): Tx['views'] {
    this.#made.views ??= sqlViews(this.#session);
    return this.#made.views;
  }

  get vault(): Tx['vault'] {
    this.#made.vault ??= sqlVault(this.#session);
    return this.#made.vault;
  }

  get technicians(): Tx['technicians'] {
    this.#made.technicians ??= sqlTechnicians(this.#session);
    return this.#made.technicians;
  }

  get calendar(): Tx['calendar'] {
    this.#made.calendar ??= sqlCalendar(this.#session);
    return this.#made.calendar;
  }

  get travel(): Tx['travel'] {
    this.#made.travel ??= sqlTravel(this.#session);
    return this.#made.travel;
  }

  get requests(): Tx['requests'] {
    this.#made.requests ??= sqlRequests(this.#session);
    return this.#made.requests;
  }

  get audit(): Tx['audit'] {
    this.#made.audit ??= sqlAudit(this.#session, this.#options.origin);
    return this.#made.audit;
  }

  get meta(): Tx['meta'] {
    this.#made.meta ??= sqlMeta(this.#session);
    return this.#made.meta;
  }

  get breakers(): Tx['breakers'] {
    this.#made.breakers ??= sqlBreakers(this.#session);
    return this.#made.breakers;
  }

  get keyProofs(): Tx['keyProofs'] {
    this.#made.keyProofs ??= sqlKeyProofs(this.#session);
    return this.#made.keyProofs;
  }

  get batches(): Tx['batches'] {
    this.#made.batches ??= sqlBatches(this.#session);
    return this.#made.batches;
  }

  get accessTokens(): Tx['accessTokens'] {
    this.#made.accessTokens ??= sqlAccessTokens(this.#session);
    return this.#made.accessTokens;
  }

  get needs(): Tx['needs'] {
    return this.#options.needs ?? nothingMore;
  }

  get afterCommit(): Tx['afterCommit'] {
    return this.#options.attempt.afterCommit;
  }

  get afterRollback(): Tx['afterRollback'] {
    return this.#options.attempt.afterRollback;
  }

  get comparisons(): Tx['comparisons'] {
    this.#made.comparisons ??= sqlComparisons(this.#session);
    return this.#made.comparisons;
  }
}
