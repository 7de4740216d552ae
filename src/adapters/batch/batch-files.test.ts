import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { afterAll, describe, expect, test } from 'vitest';
import type { BatchFile } from '../../core/ports/batch-file.ts';
import type { BatchRow } from '../../core/ports/batches.ts';
import type { FileError } from '../../core/technicians/technician-file.ts';
import { batchFiles } from './batch-files.ts';
import { neutralCell, restoredCell } from './formula-cell.ts';

const folder = mkdtempSync(join(tmpdir(), 'oss-batch-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const database = join(folder, 'oss.db');
writeFileSync(database, 'the database');
const files = batchFiles({ never: [database] });

let made = 0;
const opened = async (name: string, content: string | Uint8Array): Promise<BatchFile> => {
  made += 1;
  const path = join(folder, `${made}-${name}`);
  writeFileSync(path, content);
  const result = await files.open(path);
  if (!result.ok) throw new Error(result.reason.code);
  return result.file;
};

const read = async (file: BatchFile) => {
  const errors: (FileError & { readonly ends: boolean })[] = [];
  const rows: [number, Record<string, unknown>][] = [];
  for await (const piece of file.rows({ onError: (error, ends) => errors.push({ ...error, ends }) })) {
    for (const { line, cells } of piece) rows.push([line, Object.fromEntries(cells)]);
  }
  return { rows, errors };
};

describe('CSV', () => {
  test('is read with its lines; empty cells are not given', async () => {
    const file = await opened('a.csv', 'key,note\r\nA,"two\nlines"\r\nB,\r\n');
    expect(await read(file)).toEqual({
      rows: [
        [2, { key: 'A', note: 'two\nlines' }],
        [4, { key: 'B' }],
      ],
      errors: [],
    });
    expect(file.facts()).toMatchObject({ columns: ['key', 'note'], delimiter: ',', hash: await file.hash() });
  });

  test('may begin with comments, also after a mark', async () => {
    const file = await opened('b.csv', '\ufeff# one\n#two,"\n\nkey;note\n#A;x\n');
    expect((await read(file)).rows).toEqual([[5, { key: '#A', note: 'x' }]]);
  });

  test('of a Korean desk is CP949', async () => {
    const file = await opened('c.csv', iconv.encode('key,name\nA,정하은\n', 'cp949'));
    expect((await read(file)).rows).toEqual([[2, { key: 'A', name: '정하은' }]]);
  });

  test('a ragged row is one error, an open quote ends the file', async () => {
    expect((await read(await opened('d.csv', 'a,b\n1,2,3\n4,5\n'))).errors).toMatchObject([
      { line: 2, ends: false },
    ]);
    expect((await read(await opened('e.csv', 'a,b\n1,2\n"3,4\n'))).errors).toMatchObject([
      { line: 3, ends: true },
    ]);
    expect((await read(await opened('f.csv', 'a,a\n1,2\n'))).errors).toMatchObject([
      { field: 'a', ends: true },
    ]);
    expect((await read(await opened('g.csv', ''))).errors).toMatchObject([{ line: 0, ends: true }]);
  });
});

describe('NDJSON', () => {
  test('is one object a line', async () => {
    const file = await opened('a.ndjson', '{"key":"A","n":1}\n\n{"key":"B","l":["x"]}');
    expect((await read(file)).rows).toEqual([
      [1, { key: 'A', n: '1' }],
      [3, { key: 'B', l: ['x'] }],
    ]);
  });

  test('a bad line is reported and the next one read', async () => {
    const { rows, errors } = await read(await opened('b.jsonl', '{"a":1,"a":2}\nnot json\n{"a":"ok"}\n'));
    expect(rows).toEqual([[3, { a: 'ok' }]]);
    expect(errors).toMatchObject([
      { line: 1, field: 'a', ends: false },
      { line: 2, ends: false },
    ]);
  });

  test('a line without an end ends it', async () => {
    const { errors } = await read(await opened('c.ndjson', `{"a":"${'x'.repeat(1_100_000)}`));
    expect(errors).toMatchObject([{ line: 1, ends: true }]);
  });
});

describe('YAML', () => {
  test('is a list of rows; numbers keep their digits', async () => {
    const text = '# orders\n- key: A\n  phone: 01012345678\n  stb: [S1, S2]\n- {key: B, note: ~}\n';
    expect(await read(await opened('a.yaml', text))).toEqual({
      rows: [
        [2, { key: 'A', phone: '01012345678', stb: ['S1', 'S2'] }],
        [5, { key: 'B' }],
      ],
      errors: [],
    });
  });

  test.each([
    ['aliases', '- &a {key: A}\n- *a\n', { line: 2, reason: { code: 'ALIAS' } }],
    [
      'an alias of a value',
      '- key: &k A\n  note: *k\n',
      { line: 2, field: 'note', reason: { code: 'ALIAS' } },
    ],
    ['names twice', '- key: A\n  key: B\n', { line: 2, ends: true }],
    ['__proto__', '- __proto__: A\n', { field: '__proto__' }],
    ['a map', 'key: A\n', { reason: { code: 'NOT_ROWS' } }],
    ['two rows on a line', '[{key: A}, {key: B}]', { reason: { code: 'ROW_NOT_ON_ITS_LINE' } }],
    ['depth', `- a: ${'['.repeat(50_000)}`, { reason: { code: 'NESTED_TOO_DEEPLY' } }],
    ['nothing', '# only a comment\n', { reason: { code: 'EMPTY' } }],
    ['too much', `- a: "${'x'.repeat(1_100_000)}"\n`, { reason: { code: 'TOO_LARGE_FOR_YAML' } }],
  ])('%s: refused', async (_name, text, error) => {
    expect((await read(await opened('b.yaml', text))).errors).toMatchObject([error]);
  });
});

describe('which file', () => {
  test.each([
    ['{"key":"A"}\n', 'ndjson'],
    ['- key: A\n', 'yaml'],
    ['---\n- key: A\n', 'yaml'],
    ['# comment\nkey\nA\n', 'csv'],
  ])('%j is taken for what it is', async (text, format) => {
    expect((await opened('noname', text)).format).toBe(format);
  });

  test('a directory, a FIFO, the database under any name and what is not there are not opened', async () => {
    const fifo = join(folder, 'fifo.csv');
    execFileSync('mkfifo', [fifo]);
    const link = join(folder, 'link.csv');
    symlinkSync(database, link);
    const reasons = [folder, fifo, database, link, join(folder, 'none.csv')].map(async (path) => {
      const result = await files.open(path);
      return result.ok ? 'opened' : result.reason;
    });
    expect(await Promise.all(reasons)).toEqual([
      { code: 'DIRECTORY' },
      { code: 'NOT_REGULAR' },
      { code: 'IS_DATABASE' },
      { code: 'IS_DATABASE' },
      { code: 'NO_SUCH_FILE' },
    ]);
  });

  test('stdin is kept in a private file, and removed with its folder', async () => {
    async function* stdin() {
      yield Buffer.from('key\n');
      yield Buffer.from('A\n');
    }
    const spool = await files.spool(stdin(), new AbortController().signal);
    expect(readFileSync(spool.path, 'utf8')).toBe('key\nA\n');
    expect(statSync(spool.path).mode & 0o077).toBe(0);
    await files.removeSpool(spool.path);
    expect(existsSync(spool.path)).toBe(false);
    await files.removeSpool(database);
    expect(existsSync(database)).toBe(true);
  });
});

const failure = (line: number): BatchRow => ({
  batchId: 'B-1',
  line,
  op: 'order.new',
  key: null,
  state: 'failed',
  orderId: null,
  error: { code: 'NO_LINES', message: 'no "lines", none' },
});

async function* failures(...at: readonly number[]) {
  for (const line of at) yield failure(line);
}

describe('failed rows', () => {
  const CELLS = ['=1+1', "'=x", "''@y", '-18.5', 'a;b', ' spaced ', 'two\nlines', '"q"', '한글'];

  test.each([',', ';', '\t'])('of CSV with %j come back as they were', async (delimiter) => {
    const quoted = CELLS.map((cell) => `"${cell.replaceAll('"', '""')}"`);
    const head = ['key', ...CELLS.map((_, i) => `c${i}`)].join(delimiter);
    const row = (key: string) => [key, ...quoted].join(delimiter);
    const file = await opened('failed.csv', `${head}\n${row('A')}\n${row('B')}\n${row('C')}\n`);
    const all = await read(file);
    const [, second = [0]] = all.rows;
    const path = join(folder, 'out.csv');
    expect(await files.writeFailed(path, file, failures(second[0]))).toBe(1);
    const text = readFileSync(path, 'utf8');
    expect(text).toContain(`'=1+1${delimiter}`);
    const again = await files.open(path);
    if (!again.ok) throw new Error(again.reason.code);
    const { rows } = await read(again.file);
    expect(rows).toEqual([[2, { ...second[1], 'error-code': 'NO_LINES', error: 'no "lines", none' }]]);
    expect(statSync(path).mode & 0o077).toBe(0);
  });

  test.each([
    ['UTF-8', 'utf-8'],
    ['CP949', 'cp949'],
    ['UTF-16 with a mark', 'utf-16le'],
  ])('of CSV in %s keep every column when the first cell is Korean', async (_name, encoding) => {
    const text = 'name,phone,key\n홍길순,01012345678,1\n홍길순,01012345678,2\n';
    const file = await opened('korean.csv', iconv.encode(text, encoding, { addBOM: encoding !== 'cp949' }));
    const path = join(folder, 'korean-out.csv');
    expect(await files.writeFailed(path, file, failures(3))).toBe(1);
    expect(readFileSync(path, 'utf8')).toBe(
      '\ufeffname,phone,key,error-code,error\r\n홍길순,01012345678,2,NO_LINES,"no ""lines"", none"\r\n',
    );
  });

  test.each([
    ['ndjson', '{"key":"A","n":1}\n{"key":"B","l":["x","y"]}\n', 2],
    ['yaml', '- key: A\n- key: B\n  l: [x, "01"]\n', 2],
  ])('of %s come back as they were', async (format, text, line) => {
    const file = await opened(`failed.${format}`, text);
    const path = join(folder, `out.${format}`);
    expect(await files.writeFailed(path, file, failures(line))).toBe(1);
    const again = await files.open(path);
    if (!again.ok) throw new Error(again.reason.code);
    const [[, cells] = [0, {}]] = (await read(again.file)).rows;
    const before = (await read(file)).rows.find(([at]) => at === line);
    expect(cells).toEqual({ ...before?.[1], 'error-code': 'NO_LINES', error: 'no "lines", none' });
  });

  test('a cell is never run by a spreadsheet, and comes back', () => {
    for (const cell of [...CELLS, '', "'", "''", '+82', '\ttab', '@x', '＝1+1', '＋82', '－1', '＠x']) {
      expect(restoredCell(neutralCell(cell))).toBe(cell);
      expect(neutralCell(cell)).not.toMatch(/^[=+\-@\t\r＝＋－＠]/);
    }
  });
});

describe('files to write', () => {
  test('are refused before anything is done', () => {
    expect(files.output(database).problem).toEqual({ code: 'IS_DATABASE' });
    expect(files.output(folder).problem).toEqual({ code: 'DIRECTORY' });
    expect(files.output(join(folder, 'none', 'r.json')).problem).toMatchObject({
      text: expect.stringContaining('ENOENT'),
    });
    expect(files.output(join(folder, 'new.json')).problem).toBeNull();
  });

  test('are written as a whole or not at all', async () => {
    const path = join(folder, 'whole.json');
    writeFileSync(path, 'before');
    async function* broken() {
      yield 'half';
      throw new Error('stop');
    }
    await expect(files.write(path, broken())).rejects.toThrow('stop');
    expect(readFileSync(path, 'utf8')).toBe('before');
    expect(readdirSync(folder).filter((name) => name.includes('.part'))).toEqual([]);
  });
});
