import type { Coded, None } from '../../../codes/coded.ts';

/** What may be wrong with one column of a row, besides what a refusal says. No value of the row: it may be a person's. */
export type RowFaultValues = {
  readonly MISSING: None;
  readonly SEVERAL_AREAS: { readonly areas: readonly string[] };
  readonly NOTHING_TO_CHANGE: None;
  readonly AGREED_OR_NO_CALL: None;
  /** A broken rule needs its reason. */
  readonly REASON_MISSING: None;
  readonly REASON_WITHOUT_FORCE: None;
  readonly SERIAL: None;
  readonly STB_SERIAL: None;
  readonly STB_TWICE: None;
  readonly RX_RANGE: { readonly isMinusMissing: boolean };
};

export type RowFault = Coded<RowFaultValues>;

/** Ends the check of a row. `field`: the column's name as it is written, '' for the row as a whole. */
export class BadRow extends Error {
  override readonly name = 'BadRow';
  readonly field: string;
  readonly fault: RowFault;

  constructor(field: string, fault: RowFault) {
    super(`${field}: ${fault.code}`);
    this.field = field;
    this.fault = fault;
  }
}
