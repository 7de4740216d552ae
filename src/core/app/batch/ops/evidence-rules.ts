import type { EvidenceFault } from '../../../codes/evidence-fault.ts';
import { checkEvidence, type GivenEvidence } from '../../../fieldwork/evidence.ts';
import { assertNever } from '../../../values/assert-never.ts';
import { BadRow, type RowFault } from './bad-row.ts';
import type { RowRule } from './op.ts';

export type EvidenceColumns = Pick<GivenEvidence, 'ont' | 'rx' | 'stb'> & {
  readonly signedBy?: string | undefined;
};

const COLUMNS = ['ont', 'rx', 'stb', 'signedBy'] as const;
type EvidenceColumn = (typeof COLUMNS)[number];

/** What is wrong with one column of the evidence; null: nothing that can be known without the order. */
const faultOf = (column: EvidenceColumn, flags: EvidenceColumns): RowFault | null => {
  const { ont, rx, stb = [], signedBy: signer } = flags;
  // How many STB there must be is for the order to say. A column that is bad by itself may hold anything.
  const given = column === 'stb' ? { ont, stb } : { ont, rx, signer };
  const checked = checkEvidence(given, given.stb?.length ?? 0);
  if (checked.ok) return null;
  const { missing, meant } = checked;
  const has = (fault: EvidenceFault['code']): boolean => missing.some(({ code }) => code === fault);
  switch (column) {
    case 'ont':
      if (has('ont')) return { code: 'MISSING' };
      return has('ont-format') ? { code: 'SERIAL' } : null;
    case 'rx':
      if (has('rx')) return { code: 'MISSING' };
      return has('rx-range') ? { code: 'RX_RANGE', isMinusMissing: meant !== null } : null;
    case 'stb':
      if (has('stb-format') || has('stb')) return { code: 'STB_SERIAL' };
      return has('stb-duplicate') ? { code: 'STB_TWICE' } : null;
    case 'signedBy':
      return has('signer') ? { code: 'MISSING' } : null;
    default:
      return assertNever(column);
  }
};

const FIELDS: Readonly<Record<EvidenceColumn, string>> = {
  ont: 'ont',
  rx: 'rx',
  stb: 'stb',
  signedBy: 'signed-by',
};

const mustBeGood = (column: EvidenceColumn, flags: EvidenceColumns): void => {
  const fault = faultOf(column, flags);
  if (fault !== null) throw new BadRow(FIELDS[column], fault);
};

/** Evidence that no order could be completed with. Throws BadRow for the first column. */
export const mustBeEvidence = (flags: EvidenceColumns): void => {
  for (const column of COLUMNS) mustBeGood(column, flags);
};

/** The same, column by column. An STB may not have the serial of the ONT. */
export const EVIDENCE_RULES: readonly RowRule<EvidenceColumns>[] = COLUMNS.map((column) => ({
  of: column === 'stb' ? ['stb', 'ont'] : [column],
  check: ({ flags }) => mustBeGood(column, flags),
}));
