/** The values of a code that has none. */
export type None = Readonly<Record<never, never>>;

/**
 * One code of a table with its own values, flat: `{ code: 'CONNECT_TIMEOUT', ms: 2000 }`. Plain JSON, so that it may stand
 * on the log; the faces word it.
 */
export type Coded<Table> = {
  readonly [C in keyof Table & string]: { readonly code: C } & Readonly<Table[C]>;
}[keyof Table & string];
