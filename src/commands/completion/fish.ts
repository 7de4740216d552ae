import { type CompletionRow, type FlagRow, globalRows } from './table.ts';

const quote = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

/** fish asks a function for the words typed so far, and every line says when it counts. */
export const fishScript = (program: string, rows: readonly CompletionRow[]): string => {
  const fn = `__${program.replace(/[^\w]/g, '_')}_path`;
  const line = (when: string, rest: string): string => `complete -c ${program} -n ${quote(when)} ${rest}`;
  const flagLine = (when: string, flag: FlagRow): string =>
    line(
      when,
      [
        `-l ${flag.name.slice(2)}`,
        ...(flag.takesValue ? ['-r'] : []),
        ...(flag.choices.length === 0 ? [] : ['-f', `-a ${quote(flag.choices.join(' '))}`]),
        `-d ${quote(flag.summary)}`,
      ].join(' '),
    );
  return `# fish completion of ${program}
function ${fn}
  set -l words
  for word in (commandline -opc)[2..-1]
    string match -q -- '-*' $word; or set -a words $word
  end
  echo "$words"
end
${rows
  .flatMap((row) => {
    const when =
      row.after === '' ? `test -z (${fn})` : `string match -q -- ${quote(`${row.after}*`)} (${fn})`;
    const exact = row.after === '' ? `test -z "$(${fn})"` : `test "$(${fn})" = "${row.after}"`;
    return [
      ...(row.words.length === 0 ? [] : [line(exact, `-f -a ${quote(row.words.join(' '))}`)]),
      ...row.flags.map((flag) => flagLine(when, flag)),
    ];
  })
  .join('\n')}
${globalRows()
  .map((flag) => flagLine('true', flag))
  .join('\n')}
`;
};
