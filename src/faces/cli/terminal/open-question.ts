import { Writable } from 'node:stream';

type Terminal = {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
  /** Which keys go back to the question before; null or absent: none. */
  readonly back?: 'esc' | 'esc-or-sign' | null;
};

/** The terminal of a question while it is open. */
export type OpenQuestion = {
  /** In place of the output: what was drawn last can be drawn again. */
  readonly output: NodeJS.WritableStream;
  /** Aborts when the reader can answer no more. */
  readonly left: AbortSignal;
  /** Aborts when the reader goes back to the question before. */
  readonly back: AbortSignal;
  readonly close: () => void;
};

/**
 * Watches the terminal for what readline makes nothing of. Ctrl-D closes it, and so does the end of the input; it then
 * never answers, and the program would end as if all were done. After Ctrl-Z and fg it stays paused, and the program
 * would end as well, with the next line going to the shell: it is resumed, and the question drawn again.
 */
export const openQuestion = ({ input, output, back: backKeys = null }: Terminal): OpenQuestion => {
  const left = new AbortController();
  const back = new AbortController();
  const drawn = redrawable(output);
  let isBack = false;

  const leave = (): void => left.abort();
  const onEnd = (): void => {
    forgetSettings(input);
    leave();
  };
  // An answered question pauses it as well: that is over when this comes to leave, and no prompt listens any more.
  const onPause = (): void => {
    if (!isBack) setImmediate(leave);
  };
  const onBack = (): void => {
    isBack = true;
    setImmediate(() => {
      isBack = false;
      if (!takeKeys(input)) return leave();
      input.resume();
      drawn.again();
    });
  };
  // The shell writes on from the cursor: what the question shows below it would stand in the middle of that.
  const onKey = (text: unknown, key: { readonly ctrl?: boolean; readonly name?: string }): void => {
    if (backKeys !== null && key.name === 'escape') back.abort();
    if (backKeys === 'esc-or-sign' && text === '<') back.abort();
    if (key.ctrl === true && key.name === 'z') output.write(ERASE_BELOW);
  };
  input.on('keypress', onKey);
  input.on('pause', onPause);
  input.on('end', onEnd);
  // Before readline, which listens from Ctrl-Z on.
  process.on('SIGCONT', onBack);
  return {
    output: drawn.stream,
    left: left.signal,
    back: back.signal,
    close: () => {
      input.off('keypress', onKey);
      input.off('pause', onPause);
      input.off('end', onEnd);
      process.off('SIGCONT', onBack);
      // readline believes that it is paused still when it was resumed here, and would keep the process alive.
      input.pause();
    },
  };
};

/**
 * Key by key again: the shell has set the terminal to lines while the program was stopped. False: the terminal is gone,
 * of which readline makes an error that is thrown here.
 */
const takeKeys = (input: NodeJS.ReadableStream): boolean => {
  if (!('setRawMode' in input) || typeof input.setRawMode !== 'function') return true;
  try {
    input.setRawMode(false);
    input.setRawMode(true);
    return true;
  } catch {
    forgetSettings(input);
    return false;
  }
};

/** Of a terminal that is gone readline cannot take its settings back: it would throw, and end the process at once. */
const forgetSettings = (input: NodeJS.ReadableStream): void => {
  if ('setRawMode' in input) input.setRawMode = () => input;
};

const ERASE_BELOW = '\u001b[J';

/** What a drawing begins with: it wipes out the one before, which is somewhere else on the screen now. */
const WIPES = /^(?:\u001b\[\d*B)?(?:\u001b\[2K(?:\u001b\[1A)?)*\u001b\[G/;

const redrawable = (
  output: NodeJS.WritableStream,
): { readonly stream: NodeJS.WritableStream; readonly again: () => void } => {
  let last = '';
  const stream = new Writable({
    decodeStrings: false,
    write: (chunk: string | Uint8Array, _encoding, done) => {
      const text = typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8');
      if (last === '' || WIPES.test(text)) last = text;
      output.write(text);
      // Not when the terminal has it: what is kept back until then is drawn after the answer, into the next output.
      done();
    },
  });
  for (const fact of ['columns', 'rows', 'isTTY']) {
    Object.defineProperty(stream, fact, { get: () => Reflect.get(output, fact) });
  }
  return { stream, again: () => output.write(last.replace(WIPES, '')) };
};
