import { Refusal } from '../../../core/rules/refusal.ts';

/** Node puts it where the bytes of a word are no UTF-8. What they were is lost, so nothing may be made of such a word. */
const LOST = '\ufffd';

/** Refuses a line, and settings from the environment, whose bytes were not UTF-8: they would be kept as something else. */
export const refuseOtherBytes = (argv: readonly string[], env: NodeJS.ProcessEnv): void => {
  const at = argv.findIndex((word) => word.includes(LOST));
  if (at >= 0) throw new Refusal('NOT_UTF8', { what: flagOf(argv, at) ?? at + 1 });
  const name = Object.keys(env).find((key) => key.startsWith('OSS_') && env[key]?.includes(LOST));
  if (name !== undefined) throw new Refusal('NOT_UTF8', { what: name });
};

/** The flag whose value a word is, or seems to be; null: it has none. */
const flagOf = (argv: readonly string[], at: number): string | null => {
  const own = /^(--[a-z][a-z-]*)=/.exec(argv[at] ?? '')?.[1];
  return own ?? /^--?[a-z][a-z-]*$/.exec(argv[at - 1] ?? '')?.[0] ?? null;
};
