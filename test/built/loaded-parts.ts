import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
const {
  load,
}: { load: (dist: string) => { readonly main: readonly Readonly<Record<string, unknown>>[] } } = require(
  fileURLToPath(new URL('../../bin/load.cjs', import.meta.url)),
);

let parts: readonly Readonly<Record<string, unknown>>[] | undefined;

/** A module as it was built into that folder: its exports. */
export const loadedPart = (dist: string, index: number): Readonly<Record<string, unknown>> => {
  parts ??= load(dist).main;
  return parts[index] ?? {};
};
