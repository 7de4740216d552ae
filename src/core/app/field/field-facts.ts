import type { GivenEvidence } from '../../fieldwork/evidence.ts';

export type FieldFacts = {
  /** When it happened, epoch ms; undefined: now. */
  readonly at?: number | undefined;
  readonly note?: string | undefined;
  /** Number of the visit that is meant, from 1; undefined: the one that is next or going on. */
  readonly visit?: number | undefined;
};

/** What may be corrected of a completed visit; undefined stays. */
export type Correction = Omit<GivenEvidence, 'signer'>;
