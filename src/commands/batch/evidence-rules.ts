import type { EvidenceFault } from '../../core/codes/evidence-fault.ts';
import { checkEvidence, type GivenEvidence } from '../../core/fieldwork/evidence.ts';
import { assertNever } from '../../core/values/assert-never.ts';
import type { OpFacts, RowRule } from './op.ts';
import { BadRow } from './row-problem.ts';

export type EvidenceFlags = Pick<GivenEvidence, 'ont' | 'rx' | 'stb'> & {
  readonly signedBy?: string | undefined;
};

/** Columns of the evidence, as in the descriptor. */
const COLUMNS = ['ont', 'rx', 'stb', 'signedBy'] as const;
type EvidenceColumn = (typeof COLUMNS)[number];

/** What is wrong with one column of the evidence; null: nothing that can be known without the order. */
const faultOf = (column: EvidenceColumn, flags: EvidenceFlags, { t }: OpFacts): string | null => {
  const { problem } = t.batch;
  const { ont, rx, stb = [], signedBy: signer } = flags;
  // How many STB there must be is for the order to say. A column that is bad by itself may hold anything.
  const given = column === 'stb' ? { ont, stb } : { ont, rx, signer };
  const checked = checkEvidence(given, given.stb?.length ?? 0);
  if (checked.ok) return null;
  const { missing, meant } = checked;
  const has = (fault: EvidenceFault['code']): boolean => missing.some(({ code }) => code === fault);
  switch (column) {
    case 'ont':
      if (has('ont')) return problem.missing;
      return has('ont-format') ? problem.serial : null;
    case 'rx':
      if (has('rx')) return problem.missing;
      return has('rx-range') ? problem.rxRange(meant !== null) : null;
    case 'stb':
      if (has('stb-format') || has('stb')) return problem.stbSerial;
      return has('stb-duplicate') ? problem.stbTwice : null;
    case 'signedBy':
      return has('signer') ? problem.missing : null;
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

const mustBeGood = (column: EvidenceColumn, flags: EvidenceFlags, facts: OpFacts): void => {
  const reason = faultOf(column, flags, facts);
  if (reason !== null) throw new BadRow({ field: FIELDS[column], reason });
};

/** Evidence that no order could be completed with. Throws BadRow for the first column. */
export const mustBeEvidence = (flags: EvidenceFlags, facts: OpFacts): void => {
  for (const column of COLUMNS) mustBeGood(column, flags, facts);
};

/** The same, column by column. An STB may not have the serial of the ONT. */
export const EVIDENCE_RULES: readonly RowRule<{ readonly flags: EvidenceFlags }>[] = COLUMNS.map(
  (column) => ({
    of: column === 'stb' ? ['stb', 'ont'] : [column],
    check: ({ flags }, facts) => mustBeGood(column, flags, facts),
  }),
);
