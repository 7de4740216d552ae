import type { Coded, None } from './coded.ts';

/** Why a peer's address cannot be used. None of them repeats it: it may hold a password. */
export type UrlFaultValues = {
  readonly NOT_ABSOLUTE: None;
  readonly NOT_HTTP: { readonly protocol: string };
  /** Keys of the settings that a secret belongs in. */
  readonly CREDENTIALS: { readonly file: string; readonly command: string };
  readonly QUERY: None;
  /** `lifts`: the key of the setting that allows it. */
  readonly NOT_HTTPS: { readonly lifts: string };
  /** Keys: the one is set, the other is not. */
  readonly ONE_OF_BOTH: { readonly set: string; readonly missing: string };
};

export type UrlFault = Coded<UrlFaultValues>;
