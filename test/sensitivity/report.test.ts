import { expect, test } from 'vitest';

type Looked = { readonly bug: string; readonly file: string; readonly foundBy: string | null };
type Report = { readonly bugs: number; readonly missed: number; readonly found: readonly Looked[] };
type Named = { readonly name: string };
const SCRIPT = new URL('../../scripts/sensitivity-report.mjs', import.meta.url).href;
const {
  reportOf,
  neverLookedFor,
}: {
  reportOf: (before: readonly Looked[], looked: readonly Looked[], bugs: readonly Named[]) => Report;
  neverLookedFor: (report: Report, bugs: readonly Named[]) => readonly string[];
} = await import(SCRIPT);

const BUGS = [{ name: 'c' }, { name: 'a' }, { name: 'b' }];
const looked = (bug: string, foundBy: string | null): Looked => ({ bug, file: `${bug}.ts`, foundBy });

test('a look for one bug keeps what is known of the others', () => {
  expect(reportOf([looked('a', 'a test'), looked('b', null)], [looked('b', 'another')], BUGS)).toEqual({
    bugs: 2,
    missed: 0,
    found: [looked('a', 'a test'), looked('b', 'another')],
  });
});

test('what was found once and is found no more is missed', () => {
  expect(reportOf([looked('a', 'a test')], [looked('a', null)], BUGS)).toMatchObject({ bugs: 1, missed: 1 });
});

test('what is no bug any more is left out', () => {
  expect(reportOf([looked('gone', 'a test')], [], BUGS).found).toEqual([]);
});

test('look after look lists them all, in the order of their names, and says which are left', () => {
  let report = reportOf([], [looked('c', 'a test')], BUGS);
  expect(neverLookedFor(report, BUGS)).toEqual(['a', 'b']);
  for (const name of ['b', 'a']) report = reportOf(report.found, [looked(name, 'a test')], BUGS);
  expect(report.found.map(({ bug }) => bug)).toEqual(['a', 'b', 'c']);
  expect(neverLookedFor(report, BUGS)).toEqual([]);
});
