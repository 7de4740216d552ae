import type { Policy } from '../../../rules/policy.ts';
import type { Change } from '../../change-order.ts';
import type { KnownAreas } from '../../orders/area-of-order.ts';
import type { RowAction, RowWrite } from '../row.ts';

/** What an op knows besides its row. */
export type OpFacts = {
  readonly policy: Policy;
  /** The known areas. */
  readonly areas: KnownAreas;
  /** The id of a technician who may be typed by name. Throws Refusal SEVERAL_TECHNICIANS. */
  readonly technicianId: (typed: string) => string;
  /** What happened in the field more than a day ago is meant so. */
  readonly lateOk: boolean;
  /** Hears of an address that lies in none of them. */
  readonly onNoArea: () => void;
};

/** A row as it was read: its columns, and what every row may say of its change. */
export type RowInput<F> = {
  readonly flags: F;
  readonly change: { readonly key?: string | undefined; readonly ifVersion?: number | undefined };
};

export type PlaceAction = Omit<Extract<RowAction, { readonly kind: 'place' }>, 'kind'>;
export type ChangeAction = (row: RowWrite, orderId: string) => Promise<Change>;

/**
 * One thing that may be wrong with a row by itself. `of`: the columns it is about; `check` runs only when they are
 * good, the others may be missing. `check` throws Refusal or BadRow.
 */
export type RowRule<F> = {
  readonly of: readonly string[];
  readonly check: (input: { readonly flags: F }, facts: OpFacts) => void;
};

/**
 * What a row of one op does, as a function of its columns. `plan` throws Refusal or BadRow for the first thing that is
 * wrong with the row by itself; `rules` find them all.
 */
export type PlaceOp<F> = {
  readonly kind: 'place';
  readonly rules: readonly RowRule<F>[];
  readonly plan: (input: RowInput<F>, facts: OpFacts) => PlaceAction;
};

export type ChangeOp<F> = {
  readonly kind: 'change';
  /** Its rows come after what their order asks of the peers; a run that waits for its orders waits for that. */
  readonly needsPeers: boolean;
  readonly rules: readonly RowRule<F>[];
  readonly plan: (input: RowInput<F>, facts: OpFacts) => ChangeAction;
};

export type RowOp<F> = PlaceOp<F> | ChangeOp<F>;
