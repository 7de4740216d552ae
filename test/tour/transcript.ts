import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PATIENT } from '../support/patient.ts';

/** One command of a document and what the document says it prints. */
export type Said = {
  /** Line of the `$ ` in the document, from 1. */
  readonly line: number;
  readonly command: string;
  readonly output: string;
};

const FENCE = '```console';

/** Every `$ command` of the document's console blocks, with the lines below it up to the next command. */
export const commandsOf = (markdown: string): readonly Said[] => {
  const said: Said[] = [];
  let inside = false;
  for (const [index, line] of markdown.split('\n').entries()) {
    if (line.startsWith('```')) inside = line === FENCE;
    else if (inside && line.startsWith('$ '))
      said.push({ line: index + 1, command: line.slice(2), output: '' });
    else if (inside) {
      const last = said.at(-1);
      if (last !== undefined) said[said.length - 1] = { ...last, output: `${last.output}${line}\n` };
    }
  }
  return said;
};

/** The same document with other outputs, in the order of `commandsOf`. */
export const withOutputs = (markdown: string, outputs: readonly string[]): string => {
  const lines: string[] = [];
  let inside = false;
  let index = 0;
  for (const line of markdown.split('\n')) {
    if (line.startsWith('```')) inside = line === FENCE;
    const isCommand = inside && line.startsWith('$ ');
    if (!inside || isCommand || line.startsWith('```')) lines.push(line);
    if (isCommand) {
      const output = outputs[index] ?? '';
      index += 1;
      if (output !== '') lines.push(...output.replace(/\n$/, '').split('\n'));
    }
  }
  return lines.join('\n');
};

/** Types the commands one after the other, as a newcomer would, into a shell whose `oss` is this checkout's. */
export const typeThem = (root: string, commands: readonly string[]): readonly string[] => {
  const home = mkdtempSync(join(tmpdir(), 'oss-tour-'));
  try {
    return commands.map((command) => {
      const { stdout } = spawnSync('bash', ['-c', `exec 2>&1\n${command}`], {
        cwd: root,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'inherit'],
        env: {
          PATH: `${join(root, 'bin')}:${process.env.PATH ?? ''}`,
          HOME: home,
          OSS_HOME: home,
          OSS_ACTOR: 'supervisor:kim',
          OSS_NOW: '2026-11-23T10:00:00+09:00',
          COLUMNS: '100',
          NO_COLOR: '1',
          LANG: 'C.UTF-8',
          ...PATIENT,
        },
      });
      return steady(stdout);
    });
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
};

/** The clock runs on while the commands are typed: its first ten minutes count as one moment. */
const steady = (output: string): string =>
  output
    .replaceAll(/[ \t]+$/gm, '')
    .replaceAll(/(2026-11-23 10:0)\d(:\d\d)?/g, (_all, minute: string, seconds?: string) =>
      seconds === undefined ? `${minute}0` : `${minute}0:00`,
    )
    .replaceAll(/\b\d+ (?:s|min) of 8 h/g, '0 s of 8 h');
