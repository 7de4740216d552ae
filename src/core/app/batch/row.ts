import type { Refusal } from '../../rules/refusal.ts';
import type { Audited } from '../audit.ts';
import type { Change } from '../change-order.ts';
import type { AppDeps } from '../deps.ts';
import type { WriteContext } from '../write-order.ts';
import type { RowFields } from './row-fields.ts';

/** Why a row failed, as the journal keeps it: no personal data. */
export type RowError = { readonly code: string; readonly message: string };

/** The write that a row shares with its journal entry, and deps whose store is that write. */
export type RowWrite = {
  readonly write: WriteContext;
  readonly deps: AppDeps;
  /** Keeps for the audit what the row was refused: beside its journal entry, or apart from a rehearsal. */
  readonly denied: (what: Audited) => Promise<void>;
};

/** What a row does, and to which order. */
export type RowAction =
  | {
      readonly kind: 'place';
      readonly place: (row: RowWrite) => Promise<Change>;
      /** What differs from the order that has this row's key already: names of fields. */
      readonly differs: (row: RowWrite, orderId: string) => Promise<readonly string[]>;
    }
  | {
      readonly kind: 'change';
      /** An order id, or the key that the order was placed with. */
      readonly order: { readonly orderId: string } | { readonly orderKey: string };
      /** All that the row says besides its key and its order. */
      readonly fields: RowFields;
      readonly change: (row: RowWrite, orderId: string) => Promise<Change>;
      /** It can only succeed after what its order asks of the peers: no visit is planned before the network is ready. */
      readonly needsPeers: boolean;
    };

type RowFacts = {
  /** Line of the file on which the row begins, from 1. */
  readonly line: number;
  readonly op: string;
  /** The command that the op stands for, e.g. `order cancel`: the scope of the key. */
  readonly command: string;
  readonly key: string | null;
};

/** One row of a batch file, checked and ready to run. */
export type ReadyRow = RowFacts & {
  readonly kind: 'ready';
  /** Key of an earlier row that must be done first. */
  readonly after: string | null;
  readonly action: RowAction;
};

/** A row that failed its check: the run passes it over. */
export type InvalidRow = RowFacts & { readonly kind: 'invalid'; readonly error: RowError };

export type PlannedRow = ReadyRow | InvalidRow;

/** Words a refusal for the journal; `differs` names fields of an order whose key is used for another content. */
export type WordError = (refusal: Refusal, differs: readonly string[]) => RowError;
