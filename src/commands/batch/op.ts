import type { Texts } from '../../adapters/terminal/texts/catalogue.ts';
import type { RowAction, RowWrite } from '../../core/app/batch/row.ts';
import type { Change } from '../../core/app/change-order.ts';
import type { Policy } from '../../core/policy.ts';
import type { CommandSpec, InputOf } from '../framework/descriptor.ts';
import type { CheckedInput } from '../framework/input.ts';

/** What ops are told besides their row. */
export type OpFacts = {
  readonly policy: Policy;
  /** The known areas. */
  readonly areas: readonly string[];
  readonly t: Texts;
  /** Told of an address that lies in none of them. */
  readonly onNoArea: () => void;
};

export type PlaceAction = Omit<Extract<RowAction, { readonly kind: 'place' }>, 'kind'>;
export type ChangeAction = (row: RowWrite, orderId: string) => Promise<Change>;

/** What a row of one op does. Throws Refusal or BadRow for what is wrong with the row by itself. */
export type BatchOp =
  | {
      readonly kind: 'place';
      readonly spec: CommandSpec;
      readonly plan: (input: CheckedInput, facts: OpFacts) => PlaceAction;
    }
  | {
      readonly kind: 'change';
      readonly spec: CommandSpec;
      /** Its rows come after what their order asks of the peers; a run with --wait waits for that. */
      readonly needsPeers: boolean;
      readonly plan: (input: CheckedInput, facts: OpFacts) => ChangeAction;
    };

/** Rows that place an order. checkInput has given the input the type that the descriptor says. */
export const placeOp = <S extends CommandSpec>(
  spec: S,
  plan: (input: InputOf<S>, facts: OpFacts) => PlaceAction,
): BatchOp => ({ kind: 'place', spec, plan: plan as (input: CheckedInput, facts: OpFacts) => PlaceAction });

const changing =
  (needsPeers: boolean) =>
  <S extends CommandSpec>(spec: S, plan: (input: InputOf<S>, facts: OpFacts) => ChangeAction): BatchOp => ({
    kind: 'change',
    spec,
    needsPeers,
    plan: plan as (input: CheckedInput, facts: OpFacts) => ChangeAction,
  });

/** Rows that change an order, at any time. */
export const changeOp = changing(false);

/** Rows about the visit of an order: the network must be ready for it, or the desk must have agreed it. */
export const visitOp = changing(true);
