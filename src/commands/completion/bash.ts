import { type CompletionRow, type FlagRow, globalRows } from './table.ts';

/** A word list inside double quotes; words here are made of letters, digits and dashes. */
const words = (list: readonly string[]): string => list.join(' ');

const flagCases = (flags: readonly FlagRow[]): readonly string[] =>
  flags.flatMap(({ name, choices }) =>
    choices.length === 0
      ? []
      : [`    ${name}) COMPREPLY=($(compgen -W "${words(choices)}" -- "$cur")); return ;;`],
  );

/** Values first, then flags when a dash was typed, then words. */
export const bashScript = (program: string, rows: readonly CompletionRow[]): string => {
  const fn = `_${program.replace(/[^\w]/g, '_')}`;
  const globals = globalRows();
  const takers = unique(
    [...globals, ...rows.flatMap((row) => row.flags)]
      .filter((flag) => flag.takesValue)
      .map((flag) => flag.name),
  );
  const choices = new Map(
    [...rows.flatMap((row) => row.flags), ...globals].map((flag) => [flag.name, flag] as const),
  );
  return `# bash completion of ${program}
${fn}() {
  local cur prev path word i
  cur="\${COMP_WORDS[COMP_CWORD]}"
  prev="\${COMP_WORDS[COMP_CWORD-1]}"
  COMPREPLY=()
  path=""
  for ((i = 1; i < COMP_CWORD; i++)); do
    word="\${COMP_WORDS[i]}"
    case "$word" in
      ${takers.length === 0 ? '--none' : takers.join('|')}|-o) ((i++)); continue ;;
      -*) continue ;;
    esac
    case "\${path:+$path }$word" in
      ${rows
        .filter((row) => row.after !== '')
        .map((row) => `"${row.after}"`)
        .join('|')}) path="\${path:+$path }$word" ;;
      *) break ;;
    esac
  done
  case "$prev" in
${flagCases([...choices.values()]).join('\n')}
    -o) COMPREPLY=($(compgen -W "${words(choices.get('--output')?.choices ?? [])}" -- "$cur")); return ;;
  esac
  case "$path" in
${rows.map((row) => bashRow(row, globals)).join('\n')}
  esac
}
complete -o default -F ${fn} ${program}
`;
};

const unique = (list: readonly string[]): readonly string[] => [...new Set(list)];

const bashRow = (row: CompletionRow, globals: readonly FlagRow[]): string => {
  const flags = unique([...row.flags, ...globals].map((flag) => flag.name));
  return `    "${row.after}") if [[ "$cur" == -* ]]; then COMPREPLY=($(compgen -W "${words(flags)}" -- "$cur")); else COMPREPLY=($(compgen -W "${words(row.words)}" -- "$cur")); fi ;;`;
};
