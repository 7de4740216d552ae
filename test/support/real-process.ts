import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The built console. OSS_TEST_BIN: another build of it, e.g. one with a bug sown into it. */
export const OSS =
  process.env.OSS_TEST_BIN ?? join(fileURLToPath(new URL('../..', import.meta.url)), 'bin/oss');

export type Ended = {
  /** Exit code; null: killed by a signal. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
};

export type Env = Readonly<Record<string, string>>;

/** What a process of a test knows of the outside: nothing but its own folder. */
export const envOf = (folder: string, extra: Env = {}): Env => ({
  PATH: process.env.PATH ?? '',
  HOME: folder,
  OSS_HOME: folder,
  OSS_ACTOR: 'supervisor:test',
  OSS_TZ: 'Asia/Seoul',
  LANG: 'C.UTF-8',
  NO_COLOR: '1',
  ...extra,
});

/** Runs the real program to its end. `signal` kills it as a power cut would. */
export const oss = (argv: readonly string[], env: Env, signal?: AbortSignal): Promise<Ended> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [OSS, ...argv], {
      env: { ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      killSignal: 'SIGKILL',
      ...(signal === undefined ? {} : { signal }),
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    child.on('error', (error) => {
      if (error.name !== 'AbortError') reject(error);
    });
    child.on('close', (code, ended) => resolve({ code, signal: ended, stdout, stderr }));
  });

/** Runs `work` on every item, so many at a time, in order of the items. */
export const eachOf = async <T>(
  items: readonly T[],
  atOnce: number,
  work: (item: T) => Promise<void>,
): Promise<void> => {
  const rest = items.values();
  const lane = async (): Promise<void> => {
    for (const item of rest) await work(item);
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
};
