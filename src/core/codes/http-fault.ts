import type { Cause } from './cause.ts';
import type { None } from './coded.ts';

/** What may be wrong with a request before any use case is asked: by code, with what its text needs. */
export type HttpFaultValues = {
  readonly NO_ROUTE: None;
  readonly METHOD_NOT_ALLOWED: { readonly method: string; readonly allowed: readonly string[] };
  readonly NOT_ACCEPTABLE: { readonly offered: readonly string[] };
  readonly MALFORMED: None;
  readonly HEADERS_TOO_LARGE: None;
  readonly TOO_SLOW: None;
  /** `type`: what the caller named; '' when it named none. */
  readonly BODY_TYPE: { readonly type: string; readonly accepted: readonly string[] };
  readonly BODY_TOO_LARGE: { readonly most: number };
  readonly BODY_UNREADABLE: { readonly cause: Cause };
  readonly BODY_UNWANTED: None;
  readonly TOKEN_MISSING: None;
  readonly TOKEN_REFUSED: None;
  readonly TOO_MANY_REQUESTS: { readonly seconds: number };
  readonly OVERLOADED: { readonly seconds: number };
  readonly ENDING: { readonly seconds: number };
};

export type HttpFaultCode = keyof HttpFaultValues;
