import type { AppDeps } from '../../core/app/deps.ts';
import type { MonitorFigures } from '../../core/app/overview/monitor.ts';
import type { Readiness } from '../../core/app/overview/readiness.ts';
import type { Refusal } from '../../core/rules/refusal.ts';
import type { UseCase } from '../../core/rules/who-may.ts';
import type { Texts } from '../../texts/catalogue.ts';
import type { Lang } from '../../texts/lang.ts';
import type { Broadcast } from './feed/broadcast.ts';
import type { RequestFigures } from './metrics/requests.ts';
import type { Load } from './pressure.ts';

/** Who sends requests with a token. */
export type Caller = {
  readonly tokenId: string;
  /** `role:name`. */
  readonly actor: string;
  /** Whose keys and external ids these are: several tokens may be of one client. */
  readonly client: string;
  /** Whether one order may be read in clear. */
  readonly seesClear: boolean;
};

/** What the routes share: one a process. It decides nothing; it only knows whom to ask. */
export type House = {
  /** What a use case is given of who calls. `client`: the address that the request came from; null: not known. */
  readonly deps: (caller: Caller, client: string | null) => AppDeps;
  /** What is asked in nobody's name: whether the database answers, and what monitors count. */
  readonly own: AppDeps;
  /** Whose token it is. Throws HttpFault TOKEN_REFUSED. */
  readonly callerOf: (token: string) => Promise<Caller>;
  /** Refuses, and writes down, whom the table (`WHO_MAY`) does not name. Throws Refusal DENIED, NO_SUCH_ACTOR. */
  readonly admit: (deps: AppDeps, useCase: UseCase) => Promise<void>;
  /** By what URL callers reach the server, without a slash at its end. */
  readonly publicUrl: string;
  readonly version: string;
  /** The areas that the settings name; null: those of the technicians. */
  readonly areas: readonly string[] | null;
  readonly texts: Readonly<Record<Lang, Texts>>;
  /** Of callers who name none that is there. */
  readonly lang: Lang;
  /** The refusal that an error amounts to: of a machine that gives no more files, for example. null: it is a bug. */
  readonly refusalOf: (thrown: unknown) => Refusal | null;
  /** What is told of the peers where the database answers; null: it does not. */
  readonly readiness: () => Promise<Readiness | null>;
  readonly feed: Feed;
  /** What monitors read. */
  readonly watched: Watched;
  /** ending: it was asked to end, and still answers. */
  readonly standing: () => 'serving' | 'ending';
};

export type Watched = {
  /** Throws the refusals of a database that does not answer. */
  readonly figures: () => Promise<MonitorFigures>;
  readonly load: () => Load;
  readonly requests: RequestFigures;
};

/** The events of all orders, as they are told outside. */
export type Feed = {
  /** What stands for the database in each of them. */
  readonly source: string;
  readonly listen: Broadcast['listen'];
};
