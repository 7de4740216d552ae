/** What reads or prints a text. */
export type Reader = (text: string) => unknown;

const LONGEST = Number(process.env.OSS_LONG_TEXT ?? 5_000);
/** Lengths that each text is tried in, each ten times the one before. */
const LENGTHS = [1_000, 100, 10, 1].map((times) => LONGEST / times);
/** Ten times the text may take so much longer: n log n takes 13 times, n² a hundred. */
const MOST_RATIO = 40;
/** What takes less is no trouble, whatever it grew by: below, a pause of the machine is most of it. */
const NO_TROUBLE_MS = 50;
/** Keeps a ratio from a time that was too short to be measured. */
const LEAST_MS = 0.5;
const RUNS = 4;

/** Of this process alone, so that others who use the machine are not measured. */
const millisecondsOf = async (read: Reader, text: string): Promise<number> => {
  const before = process.cpuUsage();
  await read(text);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
};

/** Where reading grows faster than the text does; null: nowhere. Longer texts are not tried then. */
export const growsTooFast = async (
  read: Reader,
  textOf: (length: number) => string,
): Promise<string | null> => {
  let before = LEAST_MS;
  for (const length of LENGTHS) {
    const text = textOf(length);
    const most = Math.max(NO_TROUBLE_MS, MOST_RATIO * before);
    let took = Number.POSITIVE_INFINITY;
    // What slows one run down is often somebody else.
    for (let run = 0; run < RUNS && took > most; run += 1)
      took = Math.min(took, await millisecondsOf(read, text));
    if (took > most) return `${length}: ${took.toFixed(0)} ms, a tenth of it ${before.toFixed(1)} ms`;
    before = Math.max(LEAST_MS, took);
  }
  return null;
};

type Around = { readonly before?: string; readonly after?: string };

const repeated =
  (part: string, { before = '', after = '' }: Around = {}) =>
  (length: number): string =>
    before + part.repeat(Math.ceil(length / part.length)) + after;

/** What is repeated: what some pattern or parser looks for, and never finds the end of. */
const PARTS: readonly string[] = [
  ...' \t\n\r\0\u001a\u001b\u009b\u200b\u200d\u202e\ufeff\ufffd\ud800',
  ...`a0가é,;:/\\"'<[{(&*!%@#=+-|.~`,
  '👩\u200d',
  'e\u0301',
  '\u1100\u1161',
  'a ',
  'a,',
  'a\t',
  'a;',
  'a\n',
  ' \n',
  '\n\t',
  '\r\n',
  '""',
  '"a',
  '"\n',
  ',"',
  '="',
  "'=",
  '- ',
  '- a\n',
  '- [',
  '? ',
  'a: ',
  'a:\n ',
  '#\n',
  '|\n',
  '\\"',
  '\\u',
  '[]',
  '{}',
  '{"a":',
  '"a":1,',
  '[1,',
  '\u001b[',
  '\u001b[0',
  '\u001b]',
  '\u001b(',
  '\u001a\r',
  '</',
  '<a>;',
  '; rel="',
  '; rel="a ',
  ';a=',
  '010-',
  '1 ',
  '+1 (',
  '09:00',
  '09:00-18:00 ',
  'Mon-',
  'Mon ',
  'Mon, ',
  '2026-',
  '2026-01-01T00:00:00.',
  '//',
  '/a',
  '../',
  '%41',
  'a@',
  'http://a',
  'a=b ',
  '강남구 ',
  'CALLBACK ',
  'next ',
  '123456789d',
  ' dbm',
];

/** Of names that are all different: N stands for the number of each. */
const NUMBERED: readonly string[] = [
  'cN,',
  'cN;',
  'cN: 1\n',
  '- cN: 1\n',
  '- cN\n',
  '? cN\n',
  '"cN":1,',
  'cN\n',
  'cN ',
  'N,',
  '&cN a\n',
];

const numbered =
  (part: string, around: Around = {}) =>
  (length: number): string => {
    const count = Math.ceil(length / (part.length + String(length).length - 2));
    return repeated(
      Array.from({ length: count }, (_, n) => part.replace('N', String(n))).join(''),
      around,
    )(1);
  };

type TextOf = (length: number) => string;

const shapes = (part: string, of: typeof repeated): readonly (readonly [string, TextOf])[] => {
  const name = JSON.stringify(part);
  return [
    [name, of(part)],
    [`${name} between x and x`, of(part, { before: 'x', after: 'x\n' })],
  ];
};

/** Texts of any length, by what they are made of. */
export const NASTY: ReadonlyMap<string, TextOf> = new Map([
  ...PARTS.flatMap((part) => shapes(part, repeated)),
  ...NUMBERED.flatMap((part) => shapes(part, numbered)),
]);
