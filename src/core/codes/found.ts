import type { Cause } from './cause.ts';
import type { Coded } from './coded.ts';

/** What the NE says instead of what a person said is done. */
export type FoundValues = {
  readonly OTHER_KEY: { readonly neId: string; readonly key: string };
  readonly STILL_ACTIVE: { readonly neIds: readonly string[] };
  readonly TERMINATED: { readonly neId: string };
  readonly NOT_KNOWN: { readonly neId: string };
  readonly SEVERAL: { readonly neId: string };
  readonly UNREADABLE: { readonly cause: Cause };
  /** Something else is on under the same key. */
  readonly OTHERS_ACTIVE: { readonly neIds: readonly string[] };
  /** Identities of the NE that got the request to create it, and of this one. */
  readonly REQUESTED_ELSEWHERE: { readonly asked: string; readonly here: string };
};

export type Found = Coded<FoundValues>;
