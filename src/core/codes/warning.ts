import type { Coded } from './coded.ts';

/** What is odd while a command runs, and does not stop it. */
export type WarningValues = {
  /** `fields`: what cannot be read of it. */
  readonly BREAKER_DAMAGED: { readonly name: string; readonly fields: string };
  /** `error`: in the words of whoever failed. */
  readonly BREAKER_NOT_WRITTEN: { readonly name: string; readonly error: string };
  /** One peer answers as a simulator and the other, or the same at another time, as a real one. */
  readonly PEERS_MIXED: { readonly peer: 'ne' | 'tm'; readonly by: 'simulator' | 'real' };
  /** `variable`: would send other programs to that peer through a proxy. */
  readonly PROXY_UNUSED: { readonly peer: 'ne' | 'tm'; readonly variable: string };
  readonly ANSWERER_NOT_NOTED: { readonly peer: 'ne' | 'tm'; readonly error: string };
};

export type Warning = Coded<WarningValues>;
