import type { Tree } from '../framework/run/context.ts';
import { bashScript } from './bash.ts';
import { fishScript } from './fish.ts';
import { completionTable } from './table.ts';
import { zshScript } from './zsh.ts';

/** A completion script that knows the whole tree, so that a Tab starts no program. */
export const completionScript = (shell: 'bash' | 'zsh' | 'fish', program: string, tree: Tree): string => {
  const rows = completionTable(tree);
  const name = /^[\w.-]+$/.test(program) ? program : 'oss';
  switch (shell) {
    case 'bash':
      return bashScript(name, rows);
    case 'zsh':
      return zshScript(name, rows);
    case 'fish':
      return fishScript(name, rows);
  }
};
