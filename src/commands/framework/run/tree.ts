import type { CommandSpec } from '../parse/descriptor.ts';
import type { Command, Handler, Learn } from './context.ts';

/** Binds a descriptor to its handler file; the compiler checks that the handler takes this descriptor's input. */
export const command = <S extends CommandSpec>(
  spec: S,
  load: () => Promise<{ readonly run: Handler<S>; readonly learn?: Learn }>,
): Command => ({ spec, load: load as Command['load'] });

export const wordsOf = (command: Command): readonly string[] => command.spec.path.split(' ');

/** Every way to call a command: its path and the path with each alias as the last word. */
export const pathsOf = ({ spec }: Command): readonly string[] => [
  spec.path,
  ...(spec.aliases ?? []).map((alias) => [...spec.path.split(' ').slice(0, -1), alias].join(' ')),
];
