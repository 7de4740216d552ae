import type { RowAction, RowWrite } from '../../core/app/batch/row.ts';
import type { Change } from '../../core/app/change-order.ts';
import type { Policy } from '../../core/rules/policy.ts';
import type { Texts } from '../../texts/catalogue.ts';
import type { CommandSpec, InputOf } from '../framework/parse/descriptor.ts';
import type { CheckedInput } from '../framework/parse/input.ts';

/** What ops are told besides their row. */
export type OpFacts = {
  readonly policy: Policy;
  /** The known areas. */
  readonly areas: readonly string[];
  readonly t: Texts;
  /** What happened in the field more than a day ago is meant so. */
  readonly lateOk: boolean;
  /** Told of an address that lies in none of them. */
  readonly onNoArea: () => void;
};

export type PlaceAction = Omit<Extract<RowAction, { readonly kind: 'place' }>, 'kind'>;
export type ChangeAction = (row: RowWrite, orderId: string) => Promise<Change>;

/**
 * One thing that may be wrong with a row by itself. `of`: the flags it is about, as in the descriptor; it is asked only
 * when they are good, the others may be missing. `check` throws Refusal or BadRow.
 */
export type RowRule<I = CheckedInput> = {
  readonly of: readonly string[];
  readonly check: (input: I, facts: OpFacts) => void;
};

/**
 * What a row of one op does. `plan` throws Refusal or BadRow for the first thing that is wrong with the row by itself;
 * `rules` find them all.
 */
export type BatchOp =
  | {
      readonly kind: 'place';
      readonly spec: CommandSpec;
      readonly rules: readonly RowRule[];
      readonly plan: (input: CheckedInput, facts: OpFacts) => PlaceAction;
    }
  | {
      readonly kind: 'change';
      readonly spec: CommandSpec;
      /** Its rows come after what their order asks of the peers; a run with --wait waits for that. */
      readonly needsPeers: boolean;
      readonly rules: readonly RowRule[];
      readonly plan: (input: CheckedInput, facts: OpFacts) => ChangeAction;
    };

/** Rows that place an order. checkInput has given the input the type that the descriptor says. */
export const placeOp = <S extends CommandSpec>(
  spec: S,
  plan: (input: InputOf<S>, facts: OpFacts) => PlaceAction,
  rules: readonly RowRule<InputOf<S>>[],
): BatchOp => ({
  kind: 'place',
  spec,
  rules: rules as readonly RowRule[],
  plan: plan as (input: CheckedInput, facts: OpFacts) => PlaceAction,
});

const changing =
  (needsPeers: boolean) =>
  <S extends CommandSpec>(
    spec: S,
    plan: (input: InputOf<S>, facts: OpFacts) => ChangeAction,
    rules: readonly RowRule<InputOf<S>>[] = [],
  ): BatchOp => ({
    kind: 'change',
    spec,
    rules: rules as readonly RowRule[],
    needsPeers,
    plan: plan as (input: CheckedInput, facts: OpFacts) => ChangeAction,
  });

/** Rows that change an order, at any time. */
export const changeOp = changing(false);

/** Rows about the visit of an order: the network must be ready for it, or the desk must have agreed it. */
export const visitOp = changing(true);
