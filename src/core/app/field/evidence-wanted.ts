import type { EvidenceFault } from '../../codes/evidence-fault.ts';
import { checkEvidence, type GivenEvidence } from '../../fieldwork/evidence.ts';
import { isGoing } from '../../process/process.ts';
import type { AppDeps } from '../deps.ts';
import { readOrder } from '../write-order.ts';

/** What the evidence for an order must still have: one STB serial for each of `tv` lines, and what is wrong or missing. */
export type EvidenceWanted = { readonly tv: number; readonly missing: readonly EvidenceFault[] };

/** null: the evidence is good, or the order cannot be completed, whatever the evidence. */
export const evidenceWanted = async (
  { store }: Pick<AppDeps, 'store'>,
  orderId: string,
  given: GivenEvidence,
): Promise<EvidenceWanted | null> => {
  const process = await store.read((tx) => readOrder(tx, orderId));
  if (!isGoing(process) || process.scheduling.visit === null) return null;
  const { tv } = process.order.lines;
  const check = checkEvidence(given, tv);
  return check.ok ? null : { tv, missing: check.missing };
};
