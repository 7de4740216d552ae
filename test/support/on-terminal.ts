import { spawn } from 'node:child_process';
import { stripVTControlCharacters } from 'node:util';

/** A command line that runs on a terminal of its own, and what was seen there. */
export type OnTerminal = {
  readonly type: (keys: string | Uint8Array) => void;
  /** Resolves once what was printed after the last thing seen matches; fails with all that was seen if it never does. */
  readonly sees: (what: RegExp) => Promise<string>;
  /** The exit code of the line, and all that was seen. */
  readonly ended: Promise<{ readonly code: number | null; readonly seen: string }>;
  readonly kill: () => void;
};

/** Runs a line of shell on a terminal, as script(1) makes one: the program sees a person there. */
export const onTerminal = (line: string, env: NodeJS.ProcessEnv): OnTerminal => {
  const child = spawn('script', ['--quiet', '--return', '--flush', '--command', line, '/dev/null'], {
    env: { TERM: 'xterm', ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let seen = '';
  let read = 0;
  let isOver = false;
  let waiting: (() => void)[] = [];
  const wake = (): void => {
    const woken = waiting;
    waiting = [];
    for (const one of woken) one();
  };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    seen += text;
    wake();
  });
  const ended = new Promise<{ code: number | null; seen: string }>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      isOver = true;
      wake();
      resolve({ code, seen: stripVTControlCharacters(seen) });
    });
  });
  return {
    type: (keys) => {
      child.stdin.write(keys);
    },
    sees: async (what) => {
      for (;;) {
        const since = stripVTControlCharacters(seen).slice(read);
        const found = what.exec(since);
        if (found !== null) {
          read += found.index + found[0].length;
          return since;
        }
        if (isOver) throw new Error(`never seen: ${what}\n${stripVTControlCharacters(seen)}`);
        await new Promise<void>((resolve) => waiting.push(resolve));
      }
    },
    ended,
    kill: () => {
      child.kill('SIGKILL');
    },
  };
};
