import type { Handler } from './context.ts';
import type { CommandSpec } from './descriptor.ts';

/** A descriptor with the way to its handler, which is loaded when the command runs. */
export type Command = {
  readonly spec: CommandSpec;
  readonly load: () => Promise<{ readonly run: AnyHandler }>;
};

/** A handler whose input type is its descriptor's; `checkInput` has made it so. */
export type AnyHandler = Handler<CommandSpec>;

/** Binds a descriptor to its handler file; the compiler checks that the handler takes this descriptor's input. */
export const command = <S extends CommandSpec>(
  spec: S,
  load: () => Promise<{ readonly run: Handler<S> }>,
): Command => ({ spec, load: load as Command['load'] });

/** A group of commands under one word. */
export type Noun = { readonly name: string; readonly summary: string };

export type Tree = { readonly commands: readonly Command[]; readonly nouns: readonly Noun[] };

export const wordsOf = (command: Command): readonly string[] => command.spec.path.split(' ');

/** Every way to call a command: its path and the path with each alias as the last word. */
export const pathsOf = ({ spec }: Command): readonly string[] => [
  spec.path,
  ...(spec.aliases ?? []).map((alias) => [...spec.path.split(' ').slice(0, -1), alias].join(' ')),
];
