/** A half-open span of time, both ends UTC ISO 8601 with milliseconds. */
export type Slot = { readonly start: string; readonly end: string };
