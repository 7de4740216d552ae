import type { Desk } from '../cli/orders.fixture.ts';

/** However slow the machine of the test is. */
const PATIENT_SERVER = { OSS_SERVE_READ_DELAY_MS: '600000' };

export type ServedHere = {
  readonly url: string;
  /** What was said on stderr so far is given at the end. */
  readonly end: () => Promise<{ readonly exitCode: number; readonly stderr: string }>;
};

/** Runs `oss serve` on a free port in this process; resolves when it serves. */
export const served = async (
  desk: Desk,
  line: readonly string[] = [],
  env: NodeJS.ProcessEnv = {},
): Promise<ServedHere> => {
  const stop = new AbortController();
  let tell = (_url: string): void => {};
  const told = new Promise<string>((resolve) => {
    tell = resolve;
  });
  let printed = '';
  const running = desk.oss(['serve', '--listen', '127.0.0.1:0', ...line, '-o', 'ndjson'], {
    env: { ...desk.env(), OSS_SERVE_DRAIN_MS: '0', ...PATIENT_SERVER, ...env },
    signal: stop.signal,
    writeStdout: async (text) => {
      printed += text;
      const [first] = printed.split('\n');
      if (printed.includes('\n')) tell((JSON.parse(first ?? '{}') as { url: string }).url);
    },
  });
  const failed = running.then(({ exitCode, stderr }) => {
    throw new Error(`serve ended with ${exitCode} before it served: ${stderr}`);
  });
  const url = await Promise.race([told, failed]);
  failed.catch(() => {});
  return {
    url,
    end: async () => {
      stop.abort();
      return running;
    },
  };
};
