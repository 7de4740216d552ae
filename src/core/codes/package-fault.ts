import type { Coded, None } from './coded.ts';

/** What is wrong with a package that this program needs. */
export type PackageFaultValues = {
  readonly MISSING: None;
  readonly NATIVE_MISSING: None;
  /** `version`: of the Node that runs. */
  readonly OTHER_NODE: { readonly version: string };
  /** In the words of the system. */
  readonly AS_TOLD: { readonly text: string };
};

export type PackageFault = Coded<PackageFaultValues>;
