import type { AppDeps } from '../../core/app/deps.ts';
import type { UseCase } from '../../core/rules/who-may.ts';
import type { Lang } from '../../texts/lang.ts';
import type { Caller, House } from './house.ts';
import type { Schema } from './openapi/schema.ts';
import type { Weight } from './pressure.ts';

/** GET answers HEAD too. */
export type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';

/** What a body may be: exactly one of these types, in UTF-8. */
export type BodyType = 'application/json' | 'application/merge-patch+json';

/**
 * One row of the table of routes: all that the server, its documentation and its tests know of it. It names no framework.
 */
export type Route = {
  readonly method: Method;
  /** `/events`, or with parts that the caller fills in: `/serviceOrder/:id`. Without a slash at its end. */
  readonly path: string;
  /** anybody: asked without a token. Else the row of `WHO_MAY` that the caller's role must stand in. */
  readonly may: 'anybody' | UseCase;
  /** The types of body that it reads; absent: it reads none, and refuses one. */
  readonly takes?: readonly BodyType[];
  /** How its errors look: RFC 9457, or as the TM Forum has them. */
  readonly errors: 'problem' | 'tmf';
  readonly weight: Weight;
  readonly doc: RouteDoc;
  readonly handle: (call: Call) => Promise<Answer>;
};

/** One request, read and admitted. */
export type Call = {
  readonly house: House;
  /** The parts of the path that the caller filled in, decoded. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** By name in lower case; several of one name are joined by commas. */
  readonly header: (name: string) => string | undefined;
  /** What the JSON of the body says, at most 32 deep; undefined: there was none. */
  readonly body: unknown;
  /** Who calls; null where anybody may. */
  readonly caller: Caller | null;
  /** What a use case is given of the caller. Throws where nobody is known. */
  readonly deps: () => AppDeps;
  /** Whether the token is still valid: for what lasts. */
  readonly isStillKnown: () => Promise<boolean>;
  readonly lang: Lang;
  /** Of W3C Trace Context, as it is passed on; null: the caller sent none that is valid. */
  readonly traceparent: string | null;
  /** Aborts when the caller has gone, or the server ends. */
  readonly signal: AbortSignal;
};

export type Answer =
  | { readonly kind: 'json'; readonly status: number; readonly headers?: Headers; readonly value: unknown }
  | { readonly kind: 'text'; readonly status: number; readonly headers: Headers; readonly text: string }
  | { readonly kind: 'empty'; readonly status: number; readonly headers?: Headers }
  | {
      /** Lasts until `run` resolves, the caller goes, or the server ends. */
      readonly kind: 'stream';
      readonly headers: Headers;
      readonly run: (sink: Sink) => Promise<void>;
    };

/** Names in lower case. */
export type Headers = Readonly<Record<string, string>>;

/** Where a stream writes to. */
export type Sink = {
  /** false: the reader is behind; `ready` must be awaited before more is written. */
  readonly write: (text: string) => boolean;
  /** Resolves when the reader has read on. false: it has gone, or has not read for so long that it was cut. */
  readonly ready: () => Promise<boolean>;
  /** Aborts when the reader has gone, or the server ends: then what is left to say may be written once more. */
  readonly signal: AbortSignal;
};

/** What the OpenAPI document says of a route. */
export type RouteDoc = {
  /** The group in which it stands. */
  readonly tag: string;
  readonly summary: string;
  readonly details?: string;
  readonly query?: readonly { readonly name: string; readonly summary: string; readonly schema?: Schema }[];
  readonly headers?: readonly { readonly name: string; readonly summary: string }[];
  readonly body?: { readonly schema: Schema; readonly example?: unknown };
  /** By status; those that every route may give are added. */
  readonly answers: Readonly<Record<number, AnswerDoc>>;
};

export type AnswerDoc = {
  readonly summary: string;
  /** Of a JSON answer. */
  readonly schema?: Schema;
  readonly example?: unknown;
  /** Default `application/json` where there is a schema. */
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
};

export const json = (status: number, value: unknown, headers?: Headers): Answer => ({
  kind: 'json',
  status,
  value,
  ...(headers === undefined ? {} : { headers }),
});
