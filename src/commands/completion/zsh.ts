import { bashScript } from './bash.ts';
import type { CompletionRow } from './table.ts';

/** zsh runs the bash function through its own bridge: one table, one behaviour. */
export const zshScript = (program: string, rows: readonly CompletionRow[]): string =>
  `#compdef ${program}
autoload -U +X bashcompinit && bashcompinit
${bashScript(program, rows)}`;
