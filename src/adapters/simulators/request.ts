/** What a request asks of a peer, in one word; requests are counted, and faults are scoped, by it. */
export type Operation =
  | 'create'
  | 'activate'
  | 'lookup'
  | 'inventory'
  | 'read'
  | 'revert'
  | 'monitor'
  | 'search'
  | 'call'
  | 'book'
  | 'change';

/** One request as a peer sees it. Plain data, so that it can be kept in the ledger and carried out later. */
export type SimRequest = {
  readonly method: string;
  /** Path after the API's base, e.g. `/service/NE-000001`. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly idempotencyKey: string | null;
  /** The version that is to be changed, as its ETag named it. */
  readonly ifMatch?: string;
  readonly body: unknown;
};

/** The operation, and the business key (service key, call key or order id) that it is about. */
export type Target = { readonly operation: Operation; readonly key: string };

export type Answer = {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON; absent: no body. */
  readonly body?: unknown;
};

const REASONS: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  404: 'Not Found',
  405: 'Method Not Allowed',
  412: 'Precondition Failed',
  413: 'Payload Too Large',
  415: 'Unsupported Media Type',
  422: 'Unprocessable Entity',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  501: 'Not Implemented',
  503: 'Service Unavailable',
};

/** An error in the form of the TM Forum APIs: code, reason, message, status. */
export const errorAnswer = (
  status: number,
  code: string,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): Answer => ({
  status,
  headers,
  body: { code, reason: REASONS[status] ?? 'Error', message, status: String(status) },
});

/** The 412 of a change of a thing that is no longer as its ETag says; null: it is, or the request has no If-Match. */
export const changedMeanwhile = ({ ifMatch }: SimRequest, etag: string): Answer | null =>
  ifMatch === undefined || ifMatch === etag
    ? null
    : errorAnswer(412, 'CHANGED', 'It is not as it was when it was read');

type Fields = Readonly<Record<string, unknown>>;

/** The members of a JSON object; none for anything else. */
export const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};

/** The elements of a JSON array; none for anything else. */
export const itemsOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** A string that is not empty; null for anything else. */
export const textOf = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' ? value : null;

/** `limit` or `offset` of a query: a whole number of at most 6 digits, else the default. */
export const wholeOf = (value: string | undefined, fallback: number): number =>
  value !== undefined && /^\d{1,6}$/.test(value) ? Number(value) : fallback;
