/** Kinds of refusal; each has one exit code (cli.md): rule 1, usage 2, not-found 3, conflict 4, denied 5, unavailable 75, configuration 78. */
export type RefusalKind =
  | 'rule'
  | 'usage'
  | 'not-found'
  | 'conflict'
  | 'denied'
  | 'unavailable'
  | 'configuration';

/** Values for the text of a refusal; the face words it in the reader's language by `code`. */
export type RefusalDetail = Readonly<Record<string, string | number | boolean | null | readonly string[]>>;

/**
 * An expected "no": what was asked is not possible, and nothing was changed.
 * `code` is stable and English (`ORDER_NOT_FOUND`); `message` says what, `why` and `next` complete it.
 */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly kind: RefusalKind;
  readonly code: string;
  readonly why: string | undefined;
  readonly next: string | undefined;
  /** Epoch ms at which the same may be tried again. */
  readonly retryAt: number | undefined;
  readonly detail: RefusalDetail;

  constructor(
    kind: RefusalKind,
    code: string,
    message: string,
    options: {
      readonly why?: string;
      readonly next?: string;
      readonly retryAt?: number;
      readonly detail?: RefusalDetail;
    } = {},
  ) {
    super(message);
    this.kind = kind;
    this.code = code;
    this.why = options.why;
    this.next = options.next;
    this.retryAt = options.retryAt;
    this.detail = options.detail ?? {};
  }
}

/** The stream is at another version than the write expected. */
export class VersionConflict extends Error {
  override readonly name = 'VersionConflict';
  readonly orderId: string;
  readonly expected: number | 'none';
  readonly actual: number;

  constructor(orderId: string, expected: number | 'none', actual: number) {
    super(`${orderId} is at version ${actual}, not ${expected}`);
    this.orderId = orderId;
    this.expected = expected;
    this.actual = actual;
  }
}
