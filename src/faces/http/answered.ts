/** A request and its answer, as logs and figures know them: of the path only its form. */
export type Answered = {
  readonly method: string;
  /** null: there is no such route. */
  readonly route: string | null;
  readonly status: number;
  readonly ms: number;
  readonly tokenId: string | null;
  readonly traceparent: string | null;
};
