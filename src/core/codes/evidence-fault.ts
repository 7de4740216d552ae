import type { Coded, None } from './coded.ts';

/** What is missing of the evidence of a completed visit, or wrong with it; each code begins with the part it is about. */
export type EvidenceFaultValues = {
  readonly ont: None;
  readonly 'ont-format': { readonly serial: string };
  readonly rx: None;
  /** dBm */
  readonly 'rx-range': { readonly dbm: number };
  /** Too few. */
  readonly stb: { readonly given: number; readonly needed: number };
  readonly 'stb-too-many': { readonly given: number; readonly needed: number };
  readonly 'stb-format': { readonly serial: string };
  readonly 'stb-duplicate': { readonly serial: string };
  readonly signer: None;
};

export type EvidenceFault = Coded<EvidenceFaultValues>;
