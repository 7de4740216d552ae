import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import iconv from 'iconv-lite';
import { afterAll, describe, expect, test } from 'vitest';
import type { FileError, FileRow } from '../../core/technicians/technician-file.ts';
import { type CsvFormat, readCsv } from './read-csv.ts';

const folder = mkdtempSync(join(tmpdir(), 'oss-csv-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Result = {
  readonly rows: readonly FileRow[];
  readonly errors: readonly FileError[];
  readonly format: CsvFormat | undefined;
  readonly encoding: string | undefined;
};

const read = async (input: string | Uint8Array | Readable, pieceBytes = 65_536): Promise<Result> => {
  const bytes = typeof input === 'string' || input instanceof Uint8Array ? Buffer.from(input) : null;
  const pieces = function* (from: Buffer) {
    for (let at = 0; at < from.length; at += pieceBytes) yield from.subarray(at, at + pieceBytes);
  };
  return readFrom(bytes === null ? (input as Readable) : Readable.from(pieces(bytes)));
};

const readFrom = async (input: Readable | string, never: readonly string[] = []): Promise<Result> => {
  const errors: FileError[] = [];
  const rows: FileRow[] = [];
  let format: CsvFormat | undefined;
  let encoding: string | undefined;
  const options = {
    never,
    onError: (error: FileError) => errors.push(error),
    onFormat: (found: CsvFormat) => {
      format = found;
    },
    onEncoding: (found: string) => {
      encoding = found;
    },
  };
  for await (const row of readCsv(input, options)) rows.push(row);
  return { rows, errors, format, encoding };
};

test('rows with their lines: new lines in cells, empty rows, doubled quotes, all line ends', async () => {
  const text = 'a,b\r\n1,"x\ny\r\nz"\r\n\r\n2,"say ""hi"""\n,,\n3,\r4,"5"\n';
  for (const pieceBytes of [1, 2, 3, 7, 65_536]) {
    const { rows, errors, format } = await read(text, pieceBytes);
    expect(rows).toEqual([
      { line: 2, record: { a: '1', b: 'x\ny\nz' } },
      { line: 6, record: { a: '2', b: 'say "hi"' } },
      { line: 8, record: { a: '3', b: '' } },
      { line: 9, record: { a: '4', b: '5' } },
    ]);
    expect(errors).toEqual([]);
    expect(format).toEqual({ columns: ['a', 'b'], delimiter: ',' });
  }
});

describe('the delimiter', () => {
  test.each([
    ['a;b\n1;2,5\n', ';', { a: '1', b: '2,5' }],
    ['a\tb\n1\t2;5\n', '\t', { a: '1', b: '2;5' }],
    ['a\n1\n', ',', { a: '1' }],
    ['"a;;;",b\n1,2\n', ',', { 'a;;;': '1', b: '2' }],
    ['\n\n a , b \n1,2', ',', { a: '1', b: '2' }],
  ])('of %j', async (text, delimiter, record) => {
    const { rows, format, errors } = await read(text);
    expect(errors).toEqual([]);
    expect(format?.delimiter).toBe(delimiter);
    expect(rows.map((row) => row.record)).toEqual([record]);
  });
});

describe('the encoding', () => {
  const text = 'name,note\n홍길동,"둘째 줄\n김하나"\n뷁,똠방각하\n';
  const record = [
    { line: 2, record: { name: '홍길동', note: '둘째 줄\n김하나' } },
    { line: 4, record: { name: '뷁', note: '똠방각하' } },
  ];

  test.each([
    ['UTF-8', Buffer.from(text), 'utf-8'],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${text}`), 'utf-8'],
    ['UTF-16 with a mark', Buffer.from(`\ufeff${text}`, 'utf16le'), 'utf-16le'],
    ['UTF-16, the other way round', Buffer.from(`\ufeff${text}`, 'utf16le').swap16(), 'utf-16be'],
    ['CP949', iconv.encode(text, 'cp949'), 'cp949'],
  ])('%s, also in pieces that cut characters', async (_name, bytes, encoding) => {
    for (const pieceBytes of [1, 5, 65_536]) {
      const result = await read(bytes, pieceBytes);
      expect(result).toMatchObject({ rows: record, errors: [], encoding });
      expect(result.format?.columns).toEqual(['name', 'note']);
    }
  });

  test('is found after a long stretch of ASCII', async () => {
    const ascii = `name,note\n${'kim,x\n'.repeat(30_000)}`;
    for (const [bytes, encoding] of [
      [iconv.encode(`${ascii}홍길동,x\n`, 'cp949'), 'cp949'],
      [Buffer.from(`${ascii}홍길동,x\n`), 'utf-8'],
    ] as const) {
      const { rows, encoding: found } = await read(bytes);
      expect(found).toBe(encoding);
      expect(rows.at(-1)).toEqual({ line: 30_002, record: { name: '홍길동', note: 'x' } });
    }
  });

  test('plain ASCII needs none', async () => {
    expect(await read('a\nb\n')).toMatchObject({ encoding: 'utf-8', errors: [] });
  });

  test.each([
    [
      'broken UTF-8',
      Buffer.concat([Buffer.from(`a\n${'한'.repeat(3_000)}\n`), Buffer.from([0xff])]),
      3,
      { code: 'NOT_IN_ENCODING', encoding: 'UTF-8' },
    ],
    [
      'neither',
      Buffer.concat([Buffer.from('a\nb\n'), Buffer.from([0xff, 0xff, 0xff])]),
      3,
      { code: 'NOT_UTF8_NOR_CP949' },
    ],
    ['a binary file', Buffer.from('SQLite format 3\u0000abc'), 1, { code: 'NOT_TEXT' }],
    ['a zero byte later', Buffer.from('a\n한\n\u0000\n'), 3, { code: 'NOT_TEXT' }],
  ])('%s is told with the line', async (_name, bytes, line, reason) => {
    const { errors } = await read(bytes);
    expect(errors).toMatchObject([{ line, field: '', reason }]);
  });
});

describe('as spreadsheets write it', () => {
  /** Also in pieces that cut it anywhere. */
  const readsTo = async (text: string, rows: readonly FileRow[]): Promise<void> => {
    for (const pieceBytes of [1, 2, 3, 5, 65_536]) {
      expect(await read(text, pieceBytes), `pieces of ${pieceBytes}`).toMatchObject({ rows, errors: [] });
    }
  };

  test('columns without a name and without a value, at the end', async () => {
    const rows = [
      { line: 2, record: { a: '1', b: '2' } },
      { line: 3, record: { a: '3', b: '' } },
      { line: 4, record: { a: '5', b: '6' } },
    ];
    await readsTo('a,b,,\r\n1,2,,\r\n3,,,\r\n5,6\r\n', rows);
    await readsTo('a,b\n1,2,,\n3,\n5,6, \n', rows);
  });

  test('but a value under no name, and a column without a name before one with a name, are told', async () => {
    expect((await read('a,b,\n1,2,3\n')).errors).toEqual([
      { line: 2, field: '', reason: { code: 'CELLS', cells: 3, columns: 2 } },
    ]);
    expect((await read('a,,b,\n1,2,3,\n')).errors).toEqual([
      { line: 1, field: '', reason: { code: 'COLUMN_WITHOUT_NAME', column: 2 } },
    ]);
  });

  test.each([
    ['sep=;\na;b\n1,5;2\n', { a: '1,5', b: '2' }],
    ['\ufeffsep=;\r\na;b\r\n1,5;2\r\n', { a: '1,5', b: '2' }],
    ['"sep=;"\na;b\n1,5;2\n', { a: '1,5', b: '2' }],
    ['SEP=\t\na\tb\n1,5\t2\n', { a: '1,5', b: '2' }],
    ['sep=,\na;c,b\n1,2\n', { 'a;c': '1', b: '2' }],
  ])('a first line that names the delimiter: %j', async (text, record) => {
    await readsTo(text, [{ line: 3, record }]);
  });

  test('a first line that only looks so is a header', async () => {
    expect(await read('sep=|\nx\n')).toMatchObject({ rows: [{ line: 2, record: { 'sep=|': 'x' } }] });
  });

  test.each([
    ['a,b\n="01012345678",="2"\n', { a: '01012345678', b: '2' }],
    ['="a",b\r\n1,="2,5"\r\n', { a: '1', b: '2,5' }],
    ['a,b\n"=""010""",2\n', { a: '010', b: '2' }],
    ['a;b\n="say ""hi""";2\n', { a: 'say "hi"', b: '2' }],
    // Inside of quotes it is a text as any other, and so is a formula that computes.
    ['a,b\n"x,=""y"",z",2\n', { a: 'x,="y",z', b: '2' }],
    ['a,b\n"x,="",y",2\n', { a: 'x,=",y', b: '2' }],
    ['a,b\n=1+1,"=""a""&""b"""\n', { a: '=1+1', b: '="a"&"b"' }],
  ])('a formula that only quotes: %j', async (text, record) => {
    await readsTo(text, [{ line: 2, record }]);
  });

  test.each(['a,b\n1,2\n\u001a', 'a,b\r\n1,2\r\n\u001a\u001a', 'a,b\n1,2\u001a', 'a,b\n1,2\n\u001a\n'])(
    'the end mark of old programs is no text: %j',
    async (text) => {
      await readsTo(text, [{ line: 2, record: { a: '1', b: '2' } }]);
    },
  );

  test('names of columns with what nobody sees around them', async () => {
    await readsTo('\u200ba\u00a0,\u2060b\u200e\n1,2\n', [{ line: 2, record: { a: '1', b: '2' } }]);
  });
});

describe('what is wrong', () => {
  test('rows with too few or too many cells are told and left out, the others read', async () => {
    const { rows, errors } = await read('a,b\n1\n2,3\n4,5,6\n7,8\n');
    expect(rows.map((row) => row.line)).toEqual([3, 5]);
    expect(errors).toEqual([
      { line: 2, field: '', reason: { code: 'CELLS', cells: 1, columns: 2 } },
      { line: 4, field: '', reason: { code: 'CELLS', cells: 3, columns: 2 } },
    ]);
  });

  test.each([
    ['a quote that is never closed', 'a,b\n1,2\n3,"4\n5,6\n', 3, { code: 'QUOTE_NOT_CLOSED' }],
    ['text after a closing quote', 'a,b\n1,2\n3,"4"x\n5,6\n', 3, { code: 'QUOTE_WRONG' }],
    ['a quote inside a cell', 'a,b\n1,2\n3,4"5\n6,7\n', 3, { code: 'QUOTE_WRONG' }],
    [
      'a quote that swallows the file',
      `a,b\n1,2\n3,"${'x'.repeat(1_100_000)}`,
      3,
      { code: 'ROW_TOO_LONG', most: 1_000_000 },
    ],
  ])('%s ends the reading', async (_name, text, line, reason) => {
    const { rows, errors } = await read(text);
    expect(rows).toEqual([{ line: 2, record: { a: '1', b: '2' } }]);
    expect(errors).toMatchObject([{ line, field: '', reason }]);
  });

  test.each([
    ['a,b,a\n1,2,3\n', { line: 1, field: 'a', reason: { code: 'COLUMN_TWICE' } }],
    ['a,,b\n1,2,3\n', { line: 1, field: '', reason: { code: 'COLUMN_WITHOUT_NAME', column: 2 } }],
    ['\na,__proto__\n1,2\n', { line: 2, field: '__proto__', reason: { code: 'NO_COLUMN_NAME' } }],
    ['', { line: 0, field: '', reason: { code: 'EMPTY' } }],
    ['\n \n', { line: 0, field: '', reason: { code: 'EMPTY' } }],
  ])('a header like %j', async (text, error) => {
    expect(await read(text)).toMatchObject({ rows: [], errors: [error], format: undefined });
  });

  test('a header alone is a file without rows', async () => {
    expect(await read('a,b\n')).toMatchObject({ rows: [], errors: [], format: { columns: ['a', 'b'] } });
  });

  test('an input that breaks off', async () => {
    const input = new Readable({ read: () => {} });
    input.push('a\n1\n');
    const failing = read(input);
    input.destroy(Object.assign(new Error('read EIO'), { syscall: 'read', code: 'EIO' }));
    expect(await failing).toMatchObject({
      errors: [{ line: 0, field: '', reason: { code: 'AS_TOLD', text: 'read EIO' } }],
    });
  });
});

describe('a path', () => {
  const path = join(folder, 'rows.csv');

  test('is read', async () => {
    writeFileSync(path, 'a\n1\n');
    expect(await readFrom(path)).toMatchObject({ rows: [{ line: 2, record: { a: '1' } }], errors: [] });
  });

  test('that is missing, a directory, a FIFO or the database by any name is not opened', async () => {
    const database = join(folder, 'oss.db');
    writeFileSync(database, 'a\n1\n');
    symlinkSync(database, join(folder, 'link.csv'));
    mkdirSync(join(folder, 'dir'));
    execFileSync('mkfifo', [join(folder, 'fifo')]);
    for (const [name, reason] of [
      ['none.csv', { code: 'NO_SUCH_FILE' }],
      ['dir', { code: 'DIRECTORY' }],
      ['fifo', { code: 'NOT_REGULAR' }],
      ['oss.db', { code: 'IS_DATABASE' }],
      ['link.csv', { code: 'IS_DATABASE' }],
    ] as const) {
      const { rows, errors } = await readFrom(join(folder, name), [database, join(folder, 'absent.db')]);
      expect(rows).toEqual([]);
      expect(errors, name).toEqual([{ line: 0, field: '', reason }]);
    }
  });

  test('is closed when the reader stops early', async () => {
    writeFileSync(path, `a\n${'1\n'.repeat(100_000)}`);
    let seen = 0;
    for await (const _row of readCsv(path, { onError: () => {} })) {
      seen += 1;
      if (seen === 3) break;
    }
    expect(seen).toBe(3);
  });
});
