/** A plain value of the file: text, number, boolean or a list of them. Its line counts from 1. */
export type FileValue = { readonly raw: unknown; readonly line: number };
