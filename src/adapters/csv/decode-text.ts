import { isAscii } from 'node:buffer';
import type { FileFault } from '../../core/codes/file-fault.ts';

/** The encodings that spreadsheets on Korean desks write. */
export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'cp949';

/** The bytes are no text in one of the known encodings. */
export class UnreadableText extends Error {
  override readonly name = 'UnreadableText';
  /** Counted from 1. */
  readonly line: number;
  readonly fault: FileFault;

  constructor(fault: FileFault, line: number) {
    super(fault.code);
    this.fault = fault;
    this.line = line;
  }
}

/** Bytes after the first one beyond ASCII that the choice of the encoding may look at. */
const LOOK_AHEAD = 4_096;

type Decoder = {
  readonly encoding: TextEncoding;
  readonly decode: (bytes: Uint8Array, last: boolean) => string;
};

/**
 * Turns bytes into text, piece by piece: UTF-8 with or without a byte order mark, UTF-16 with one, else CP949 (all that
 * Excel calls "CSV" on a Korean Windows). ASCII is the same in UTF-8 and CP949, so the choice waits for the first other byte.
 * Line ends become `\n`; the end mark of old programs (Ctrl-Z) is left out. Throws UnreadableText for a binary file or broken text.
 */
export async function* decodeText(
  input: AsyncIterable<Uint8Array | string>,
  onEncoding: (encoding: TextEncoding) => void = () => {},
): AsyncGenerator<string, void> {
  const lines = lineEnds();
  let first = true;
  let line = 1;
  for await (const { text, encoding, last } of decoded(input, onEncoding)) {
    const whole = first ? text.replace(/^\ufeff/, '') : text;
    first &&= text === '';
    const end = endOfText(whole);
    const good = lines(end < 0 ? whole : whole.slice(0, end), last);
    line += count(good, '\n');
    if (end >= 0) throw new UnreadableText(whatIsWrong(whole[end], encoding), line);
    yield good;
  }
}

/** How often a character occurs. */
export const count = (text: string, character: string): number => {
  let found = 0;
  for (let at = text.indexOf(character); at >= 0; at = text.indexOf(character, at + 1)) found += 1;
  return found;
};

type Piece = { readonly text: string; readonly encoding: TextEncoding; readonly last: boolean };

async function* decoded(
  input: AsyncIterable<Uint8Array | string>,
  onEncoding: (encoding: TextEncoding) => void,
): AsyncGenerator<Piece, void> {
  let decoder: Decoder | undefined;
  let waiting: Uint8Array = new Uint8Array();
  let atStart = true;
  const choose = async (bytes: Uint8Array): Promise<Decoder> => {
    const chosen = await chooseDecoder(bytes, atStart);
    onEncoding(chosen.encoding);
    return chosen;
  };
  for await (const piece of input) {
    let bytes = joined(waiting, typeof piece === 'string' ? Buffer.from(piece) : piece);
    waiting = new Uint8Array();
    // ASCII needs no decision. A mark at the very start is a byte beyond it.
    const at = decoder !== undefined || isAscii(bytes) ? -1 : bytes.findIndex((byte) => byte > 0x7f);
    if (at >= 0 && bytes.length - at < LOOK_AHEAD) {
      waiting = bytes.slice(at);
      bytes = bytes.subarray(0, at);
    } else if (at >= 0) {
      atStart &&= at === 0;
      decoder = await choose(bytes.subarray(at));
    }
    const text = decoder?.decode(bytes, false) ?? Buffer.from(bytes).toString('latin1');
    atStart &&= text === '';
    yield { text, encoding: decoder?.encoding ?? 'utf-8', last: false };
  }
  decoder ??= await choose(waiting);
  yield { text: decoder.decode(waiting, true), encoding: decoder.encoding, last: true };
}

const joined = (a: Uint8Array, b: Uint8Array): Uint8Array => (a.length === 0 ? b : Buffer.concat([a, b]));

const chooseDecoder = async (bytes: Uint8Array, atStart: boolean): Promise<Decoder> => {
  if (atStart && bytes[0] === 0xff && bytes[1] === 0xfe) return webDecoder('utf-16le');
  if (atStart && bytes[0] === 0xfe && bytes[1] === 0xff) return webDecoder('utf-16be');
  return isUtf8(bytes) ? webDecoder('utf-8') : cp949Decoder();
};

const isUtf8 = (bytes: Uint8Array): boolean => {
  try {
    // As a stream: the last character may be cut.
    const looked = bytes.subarray(0, LOOK_AHEAD);
    new TextDecoder('utf-8', { fatal: true }).decode(looked, { stream: looked.length === LOOK_AHEAD });
    return true;
  } catch {
    return false;
  }
};

const webDecoder = (encoding: 'utf-8' | 'utf-16le' | 'utf-16be'): Decoder => {
  const decoder = new TextDecoder(encoding, { ignoreBOM: true });
  return { encoding, decode: (bytes, last) => decoder.decode(bytes, { stream: !last }) };
};

const cp949Decoder = async (): Promise<Decoder> => {
  const { default: iconv } = await import('iconv-lite');
  const decoder = iconv.getDecoder('cp949');
  return {
    encoding: 'cp949',
    decode: (bytes, last) => decoder.write(Buffer.from(bytes)) + (last ? (decoder.end() ?? '') : ''),
  };
};

/** Where a text stops being one: at a zero byte, or at what the decoder could not read. -1: nowhere. */
const endOfText = (text: string): number => text.search(/[\0\ufffd]/);

const whatIsWrong = (character: string | undefined, encoding: TextEncoding): FileFault => {
  if (character === '\0') return { code: 'NOT_TEXT' };
  return encoding === 'cp949'
    ? { code: 'NOT_UTF8_NOR_CP949' }
    : { code: 'NOT_IN_ENCODING', encoding: encoding.toUpperCase() };
};

/** More of them at the end of a piece are no end marks: nothing is kept back that may grow without end. */
const LONGEST_TAIL = 100;
const IN_TAIL = '\r\n\u001a';

/** Where what may go on in the next piece begins: a line end, or an end mark with what old programs write behind it. */
const tailOf = (text: string): number => {
  const least = Math.max(0, text.length - LONGEST_TAIL);
  let from = text.length;
  while (from > least && IN_TAIL.includes(text[from - 1] ?? ' ')) from -= 1;
  const mark = text.indexOf('\u001a', from);
  if (mark >= 0) return mark;
  return text.endsWith('\r') ? text.length - 1 : text.length;
};

/** `\r\n` and a lone `\r` become `\n`, also where a piece ends between the two. Ctrl-Z at the very end is left out. */
const lineEnds = (): ((text: string, last: boolean) => string) => {
  let held = '';
  return (text, last) => {
    const all = held + text;
    const end = tailOf(all);
    const tail = all.slice(end);
    held = last ? '' : tail;
    const whole = all.slice(0, end) + (last ? tail.replaceAll('\u001a', '') : '');
    return whole.includes('\r') ? whole.replace(/\r\n?/g, '\n') : whole;
  };
};
