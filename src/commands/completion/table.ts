import type { FlagSpec, Flags } from '../framework/parse/descriptor.ts';
import { flagName, flagsOf } from '../framework/parse/flag-names.ts';
import { GLOBAL_FLAGS } from '../framework/parse/global-flags.ts';
import type { Tree } from '../framework/run/context.ts';
import { pathsOf } from '../framework/run/tree.ts';

/** What may follow the words typed so far. */
export type CompletionRow = {
  /** The words before, separated by a space; empty: right after the program's name. */
  readonly after: string;
  /** Next words: verbs, or the choices of an argument. */
  readonly words: readonly string[];
  readonly flags: readonly FlagRow[];
};

export type FlagRow = {
  readonly name: string;
  readonly summary: string;
  readonly takesValue: boolean;
  readonly choices: readonly string[];
};

const choicesOf = (flag: FlagSpec): readonly string[] =>
  'choices' in flag && flag.choices !== undefined ? flag.choices : [];

const rowsOf = (flags: Flags): readonly FlagRow[] =>
  Object.entries(flags).flatMap(([key, flag]) =>
    flag.hidden === true
      ? []
      : [
          {
            name: flagName(key),
            summary: flag.summary,
            takesValue: flag.type !== 'boolean' && flag.bare === undefined,
            choices: choicesOf(flag),
          },
        ],
  );

export const globalRows = (): readonly FlagRow[] => rowsOf(GLOBAL_FLAGS);

/** One row for every point where a word can be completed. */
export const completionTable = (tree: Tree): readonly CompletionRow[] => {
  const commands = tree.commands.filter((command) => command.spec.hidden !== true);
  const next = new Map<string, Set<string>>([['', new Set()]]);
  for (const path of commands.flatMap(pathsOf)) {
    const words = path.split(' ');
    words.forEach((word, i) => {
      const before = words.slice(0, i).join(' ');
      next.set(before, (next.get(before) ?? new Set()).add(word));
    });
  }
  const leaves = commands.flatMap((command) =>
    pathsOf(command).map((after) => ({
      after,
      words: [
        ...(next.get(after) ?? []),
        ...Object.values(command.spec.args ?? {})
          .slice(0, 1)
          .flatMap(choicesOf),
      ],
      flags: rowsOf(flagsOf(command.spec)),
    })),
  );
  const taken = new Set(leaves.map((leaf) => leaf.after));
  const nouns = [...next].flatMap(([after, words]) =>
    taken.has(after) ? [] : [{ after, words: [...words], flags: [] }],
  );
  return [...nouns, ...leaves];
};
