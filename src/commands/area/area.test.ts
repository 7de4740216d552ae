import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DeskHome, deskHome, technician } from '../../testing/cli/desk.fixture.ts';
import { validateOutput } from '../../testing/cli/validate-output.ts';

const SAMPLE = new URL('../../../data/samples/areas.csv', import.meta.url).pathname;
const BASES = new URL('../../../data/samples/technicians-base.csv', import.meta.url).pathname;

let desk: DeskHome;
const file = async (content: string | Buffer): Promise<string> => {
  const path = join(desk.home, 'areas.csv');
  await writeFile(path, content);
  return path;
};
const imported = (path: string, ...more: readonly string[]) => desk.oss(['area', 'import', path, ...more]);
const versions = async () => (await desk.oss('area list --json')).json() as { versions: unknown };

beforeEach(async () => {
  desk = await deskHome([technician('T-01', { areas: ['분당구', '해운대구'] })]);
});
afterEach(() => desk.close());

describe('area import', () => {
  it('takes over the sample, and finds it as before the second time', async () => {
    const first = await imported(SAMPLE, '--json');
    expect(first.exitCode).toBe(0);
    expect(first.json()).toMatchObject({
      kind: 'places',
      status: 'imported',
      rows: 277,
      before: 0,
      unknown: [],
    });
    expect(validateOutput('oss.area-import/1', first.json())).toEqual([]);
    expect((await imported(SAMPLE, '--json')).json()).toMatchObject({ status: 'already', before: 277 });
    const listed = await desk.oss('area list --served --json');
    expect(validateOutput('oss.areas/1', listed.json())).toEqual([]);
    expect(listed.json()).toMatchObject({
      items: [{ area: '분당구' }, { area: '성남시 분당구', technicianIds: ['T-01'] }, { area: '해운대구' }],
    });
  });

  it('reads what a Korean Excel writes, and a file with a mark', async () => {
    const text = 'area,lat,lon\r\n분당구,37.3768,127.109\r\n해운대구,35.1905,129.1565\r\n';
    const cp949 = await imported(await file(iconv.encode(text, 'cp949')), '--json');
    const marked = await imported(await file(`\ufeff${text}`), '--json');
    expect(marked.json()).toMatchObject({
      status: 'already',
      version: (cp949.json() as { version: string }).version,
    });
  });

  it('keeps a matrix beside the places', async () => {
    await imported(SAMPLE);
    const matrix = await imported(await file('from,to,minutes\n분당구,해운대구,270\n'), '--json');
    expect(matrix.json()).toMatchObject({ kind: 'matrix', rows: 1 });
    expect((await versions()).versions).toEqual({ places: expect.any(String), matrix: expect.any(String) });
  });

  it.each([
    [
      'an unknown column',
      'area,lat,long\n분당구,37,127\n',
      ['areas.csv:1: long: no such column', 'areas.csv:1: lon: is missing'],
    ],
    [
      'coordinates out of range',
      'area,lat,lon\n분당구,97,127\n',
      ['areas.csv:2: lat: "97" is not a latitude'],
    ],
    [
      'swapped coordinates',
      'area,lat,lon\n분당구,127.1,37.4\n',
      ['areas.csv:2: lat: "127.1" is no latitude: latitude and longitude seem to be swapped'],
    ],
    [
      'holes',
      'from,to,minutes\na,b,5\nc,d,6\n',
      ['areas.csv: a: no minutes to c, d', 'areas.csv: b: no minutes to c, d'],
    ],
    [
      'negative minutes',
      'from,to,minutes\na,b,-5\n',
      ['areas.csv:2: minutes: "-5" is not a whole number from 0 to 1440'],
    ],
    [
      'rows that disagree',
      'area,lat,lon\na,37,127\na,37,128\n',
      ['areas.csv:3: area: line 2 says otherwise'],
    ],
    ['nothing below the header', 'area,lat,lon\n', ['areas.csv: has no rows below its header']],
    [
      'more rows than any country has',
      `area,lat,lon\n${'a,37,127\n'.repeat(250_001)}`,
      ['areas.csv: has more rows than the 250000 that are read'],
    ],
  ])('refuses %s, lists every row, and changes nothing', async (_name, content, lines) => {
    await imported(SAMPLE);
    const before = await versions();
    const { exitCode, stdout, stderr } = await imported(await file(content));
    expect([exitCode, stdout]).toEqual([65, '']);
    for (const line of lines) expect(stderr).toContain(line);
    expect(stderr).toContain('nothing was changed');
    expect((await versions()).versions).toEqual(before.versions);
  });

  it('asks about a row outside of the box that the others span', async () => {
    const rows = Array.from({ length: 9 }, (_, i) => `p${i},${38 + i / 10},${-8 - i / 10}`);
    const path = await file(`area,lat,lon\n${rows.join('\n')}\nswapped,-8.4,38.4\n`);
    const asked = await imported(path);
    expect(asked.exitCode).toBe(2);
    expect(asked.stderr).toContain('areas.csv:11: swapped -8.4, 38.4');
    expect((await versions()).versions).toEqual({ places: null, matrix: null });
    expect((await imported(path, '-y')).exitCode).toBe(0);
  });

  it('says which areas of technicians it does not know, or cannot tell', async () => {
    const path = await file('area,lat,lon\n서울특별시 강서구,37.56,126.83\n부산광역시 강서구,35.13,128.9\n');
    await desk.withServices(async (services) =>
      (await services.store('write')).write((tx) =>
        tx.technicians.put(technician('T-02', { areas: ['강서구'] })),
      ),
    );
    const { stderr } = await imported(path);
    expect(stderr).toContain('2 areas of technicians in no imported file');
    expect(stderr).toContain('강서구 may be 부산광역시 강서구 or 서울특별시 강서구');
    expect((await desk.oss('doctor')).stdout).toContain('of which city: 강서구');
  });
});

describe('a base', () => {
  it('is kept when the file does not name it, and refused when nobody knows the area', async () => {
    await imported(SAMPLE);
    expect((await desk.oss(['technician', 'import', BASES])).exitCode).toBe(0);
    const header = 'id,name,phone,skills,areas,hours,dailyLimit';
    const row = 'T-01,이준호,010-8514-8684,internet|tv,마포구|송파구,Mon-Fri 09:00-18:00,5';
    const kept = await desk.oss(['technician', 'import', await file(`${header}\n${row}\n`)]);
    expect(kept.stderr).toContain('1 as before');
    const wrong = await desk.oss(['technician', 'import', await file(`${header},base\n${row},마포\n`)]);
    expect([wrong.exitCode, wrong.stdout]).toEqual([65, '']);
    expect(wrong.stderr).toContain('areas.csv:2: base: "마포" is no area that was imported; did you mean');
  });
});

describe('a way that is too long', () => {
  it('is refused by name, by hand and for another technician, unless a person says why', async () => {
    await imported(SAMPLE);
    const first = await desk.place({ area: '해운대구', address: '부산 해운대구 1' });
    await desk.oss([
      'schedule',
      'assign',
      first,
      '--technician',
      'T-01',
      '--at',
      '2026-11-24 13:00',
      '--agreed',
    ]);
    const second = await desk.place();
    const asked = [
      'schedule',
      'assign',
      second,
      '--technician',
      'T-01',
      '--at',
      '2026-11-24 15:00',
      '--no-call',
    ];
    const refused = await desk.oss(asked);
    expect(refused.exitCode).toBe(1);
    expect(refused.stderr).toContain('no time for the way there or on');
    const forced = await desk.oss([...asked, '--force', '--reason', 'she is in Bundang that day']);
    expect(forced.exitCode).toBe(0);
  });

  it('is refused by a move too, which takes a reason', async () => {
    const first = await desk.place({ area: '해운대구', address: '부산 해운대구 1' });
    const second = await desk.place();
    const agree = (id: string, at: string) =>
      desk.oss(['schedule', 'assign', id, '--technician', 'T-01', '--at', at, '--agreed']);
    await agree(first, '2026-11-24 13:00');
    await agree(second, '2026-11-25 13:00');
    await imported(SAMPLE);
    const move = [
      'schedule',
      'move',
      second,
      '--at',
      '2026-11-24 15:00',
      '--agreed',
      '--code',
      'CUSTOMER_RESCHEDULE',
    ];
    const refused = await desk.oss(move);
    expect([refused.exitCode, refused.stderr.includes('no time for the way there or on')]).toEqual([1, true]);
    expect((await desk.oss([...move, '--force'])).exitCode).toBe(2);
    expect((await desk.oss([...move, '--force', '--reason', 'by train'])).exitCode).toBe(0);
    expect(await desk.types(second)).toContain('NoteAdded');
  });
});
