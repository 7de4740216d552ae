import type { Policy } from '../rules/policy.ts';
import type { Tx } from './store.ts';

/** What a step may look at inside the write that decides. `now` is epoch ms. */
export type DecideContext = { readonly tx: Tx; readonly policy: Policy; readonly now: number };
