import type { OutStream } from './terminal.ts';

/** The only way to stdout and stderr. stdout is data only. */
export type Output = {
  /** Resolves when the text is handed to the system. A reader that has gone is no error: the text is dropped. */
  readonly data: (text: string) => Promise<void>;
  /** Prompts, progress, hints, warnings, errors. Never fails. */
  readonly say: (text: string) => Promise<void>;
  /** True once the reader of stdout has gone: a command that streams stops then. */
  readonly closed: () => boolean;
};

const codeOf = (error: unknown): unknown =>
  typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;

/** EPIPE and what a destroyed stream says afterwards: the reader has gone. */
const isClosedPipe = (error: unknown): boolean => {
  const code = codeOf(error);
  return code === 'EPIPE' || code === 'ERR_STREAM_DESTROYED' || code === 'ERR_STREAM_WRITE_AFTER_END';
};

/** Calls `onClosed` once, at the first write that finds the reader gone. Other errors (a full disk) reject `data`. */
export const createOutput = (
  stdout: OutStream,
  stderr: OutStream,
  options: { readonly onClosed?: () => void } = {},
): Output => {
  let closed = false;
  return {
    closed: () => closed,
    data: async (text) => {
      if (closed || text === '') return;
      try {
        await stdout.write(text);
      } catch (error) {
        if (!isClosedPipe(error)) throw error;
        if (closed) return;
        closed = true;
        options.onClosed?.();
      }
    },
    say: async (text) => {
      await stderr.write(text).catch(() => undefined);
    },
  };
};

/** A standard stream of this process. Node emits a second, unhandled `error` event beside the callback's. */
export const processStream = (stream: NodeJS.WriteStream): OutStream => {
  stream.on('error', () => undefined);
  return {
    isTTY: stream.isTTY === true,
    get columns() {
      return stream.columns ?? 0;
    },
    write: (text) =>
      new Promise((resolve, reject) => {
        stream.write(text, (error) => (error ? reject(error) : resolve()));
      }),
  };
};
