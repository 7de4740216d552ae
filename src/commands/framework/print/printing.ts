import { Refusal } from '../../../core/rules/refusal.ts';
import type { Paint } from '../../../faces/cli/terminal/colour.ts';
import { unknownFields } from '../../../faces/cli/terminal/fields.ts';
import type { Output } from '../../../faces/cli/terminal/output.ts';
import type { OutputSpec } from '../parse/descriptor.ts';
import type { Format } from '../parse/global-flags.ts';
import type { View } from './view.ts';

/** How to print. */
export type Printing = {
  readonly output: Output;
  readonly format: Format;
  /** Of `--fields`. */
  readonly fields: readonly string[] | undefined;
  readonly spec: OutputSpec;
  readonly view: View;
  readonly paint: Paint;
  /** The id was printed when it was acknowledged. */
  readonly idPrinted: boolean;
};

/** The fields must be there: a typing error must not look like an empty value. Throws BAD_VALUE. */
export const checkFields = (data: unknown, fields: readonly string[] | undefined): void => {
  const unknown = unknownFields(data, fields ?? []);
  if (unknown.length === 0) return;
  const known = typeof data === 'object' && data !== null ? Object.keys(data) : [];
  throw new Refusal('BAD_VALUE', {
    flag: '--fields',
    value: unknown.join(','),
    expected: { code: 'FIELDS', fields: known },
  });
};

/** A raw value as text, for `--fields` in the human format. */
export const fieldText = (value: unknown): string => {
  if (value === null || value === undefined) return '-';
  if (Array.isArray(value) && value.every((one) => typeof one !== 'object' || one === null)) {
    return value.map(fieldText).join(', ');
  }
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
};
