import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { csvCell, csvLine } from './csv.ts';

describe('csv', () => {
  it.each(['=HYPERLINK("x")', '+1', '-1+2', '@SUM(A1)', '\tx'])('neutralises %j', (text) => {
    expect(parse(csvLine([text]), { relax_column_count: true, trim: false })[0]?.[0]).toBe(`'${text}`);
  });

  it('neutralises what an escape or a CR hid in front', () => {
    expect(csvCell('\r=1')).toBe("'=1");
    for (const sign of '＝＋－＠') expect(csvCell(`${sign}1`)).toBe(`'${sign}1`);
    expect(csvCell('\u001b[0m=1')).toBe("'=1");
  });

  it('leaves numbers as numbers', () => {
    expect(csvLine([-18.5, 3, true, null, undefined])).toBe('-18.5,3,true,,\r\n');
  });

  it.each(['a,b', 'a"b', 'a\nb', ' a', '홍길동', 'plain'])('can be read back: %j', (text) => {
    expect(parse(csvLine([text, 'x']))[0]).toEqual([text, 'x']);
  });

  it('writes objects and lists as JSON', () => {
    expect(csvCell(['a'])).toBe('"[""a""]"');
  });
});
