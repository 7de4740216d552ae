import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Cause } from '../codes/cause.ts';
import type { ListPage, PageAsked } from '../ports/peers.ts';
import { afterPage, afterTooLarge, beginWalk, MOST_PAGES, PAGE } from './list-walk.ts';

type Told = Omit<ListPage<unknown>, 'items'>;
/** A peer: what it tells of the list with a page; null: too large. */
type Peer = (asked: PageAsked, all: readonly string[]) => Told | null;

const page = (ids: readonly string[], changes: Partial<Told> = {}): Told => ({
  ids,
  count: ids.length,
  total: null,
  next: null,
  isLast: false,
  doubt: null,
  ...changes,
});

const CACHED: Cause = { code: 'PAGE_FROM_CACHE', cached: 'age: 7' };

const listOf = (length: number): readonly string[] => Array.from({ length }, (_, n) => `s${n}`);

/** Reads the whole list; no walk may need more requests than there are elements, and a few. */
const walkOf = (length: number, peer: Peer) => {
  const all = listOf(length);
  const seen = new Set<string>();
  let requests = 0;
  let walk = beginWalk();
  while (walk.asked !== null) {
    requests += 1;
    if (requests > length + 10) throw new Error('it is asked for ever');
    const told = peer(walk.asked, all);
    for (const id of told?.ids ?? []) seen.add(id);
    walk = told === null ? afterTooLarge(walk) : afterPage(walk, told);
  }
  return { seen: seen.size, whole: walk.seen.isWhole, why: walk.seen.why, requests };
};

const slice = (all: readonly string[], { offset, limit }: PageAsked, cap = PAGE): readonly string[] =>
  all.slice(offset, offset + Math.min(limit, cap));

const LENGTHS = [0, 1, 2, 3, 24, PAGE - 1, PAGE, PAGE + 1, 3 * PAGE + 7];

describe('the whole list is seen', () => {
  test.each(LENGTHS)('of a peer that tells nothing but its pages: %i', (length) => {
    expect(walkOf(length, (asked, all) => page(slice(all, asked)))).toMatchObject({
      seen: length,
      whole: true,
    });
  });

  test.each(LENGTHS)('of one that gives fewer than were asked for, without saying so: %i', (length) => {
    for (const cap of [1, 7, 50, 100]) {
      const read = walkOf(length, (asked, all) => page(slice(all, asked, cap)));
      expect([cap, read]).toMatchObject([cap, { seen: length, whole: true }]);
    }
  });

  test.each(LENGTHS)('of one whose total is right, or counts the page alone: %i', (length) => {
    const right: Peer = (asked, all) => page(slice(all, asked), { total: all.length });
    const ofPage: Peer = (asked, all) => {
      const ids = slice(all, asked, 100);
      return page(ids, { total: ids.length });
    };
    expect(walkOf(length, right)).toMatchObject({ seen: length, whole: true });
    expect(walkOf(length, ofPage)).toMatchObject({ seen: length, whole: true });
  });

  test.each(LENGTHS)('of one that links its pages, whatever it makes of offsets: %i', (length) => {
    const linked: Peer = ({ next }, all) => {
      const from = next === null ? 0 : Number(next);
      const to = from + 50;
      const isLast = to >= all.length;
      return page(all.slice(from, to), { next: isLast ? null : String(to), isLast });
    };
    expect(walkOf(length, linked)).toMatchObject({ seen: length, whole: true });
  });

  test.each(LENGTHS)('of one whose pages are too large, in smaller ones: %i', (length) => {
    const large: Peer = (asked, all) => {
      const ids = slice(all, asked);
      return ids.length > 30 ? null : page(ids, { total: all.length });
    };
    expect(walkOf(length, large)).toMatchObject({ seen: length, whole: true });
  });

  test('of one that links pages that are too large', () => {
    const linked: Peer = (asked, all) => {
      const [from = 0, limit = asked.limit] = (asked.next ?? '').split(' ').filter(Boolean).map(Number);
      const start = asked.next === null ? asked.offset : from;
      const ids = all.slice(start, start + limit);
      const end = start + ids.length;
      return ids.length > 60 ? null : page(ids, { next: end < all.length ? `${end} ${limit}` : null });
    };
    expect(walkOf(500, linked)).toMatchObject({ seen: 500, whole: true });
  });
});

describe('what was not seen is told', () => {
  test.each([1, 24, PAGE, 3 * PAGE])('the offset is ignored: %i elements, asked twice', (length) => {
    const read = walkOf(length, (_asked, all) => page(all.slice(0, PAGE), { total: all.length }));
    expect(read).toMatchObject({ whole: false, requests: 2 });
  });

  test('the list begins anew behind its end', () => {
    const round: Peer = ({ offset, limit }, all) =>
      page(Array.from({ length: limit }, (_, n) => all[(offset + n) % all.length] ?? ''));
    expect(walkOf(2 * PAGE - 20, round)).toMatchObject({ whole: false });
  });

  test('the list ends before its total', () => {
    const capped: Peer = (asked, all) => page(slice(all.slice(0, 100), asked), { total: all.length });
    expect(walkOf(250, capped)).toMatchObject({
      seen: 100,
      whole: false,
      why: { code: 'LIST_ENDS', offset: 100, total: 250 },
    });
    expect(walkOf(5, () => page([], { total: 5 }))).toMatchObject({ whole: false });
  });

  test('links that go in a circle, or always to the same page', () => {
    const same: Peer = (_asked, all) => page(all.slice(0, 5), { next: 'same' });
    expect(walkOf(20, same)).toMatchObject({ whole: false, requests: 2 });
    const circle: Peer = ({ next }, all) =>
      next === 'b' ? page(all.slice(5, 10), { next: 'a' }) : page(all.slice(0, 5), { next: 'b' });
    expect(walkOf(20, circle)).toMatchObject({ whole: false, requests: 3 });
  });

  test('one element alone is too large', () => {
    expect(walkOf(5, () => null)).toMatchObject({ whole: false });
  });

  test('a list that never ends is read no further than any network goes', () => {
    const endless: Peer = ({ offset }) => page([`s${offset}`]);
    const linked: Peer = ({ offset }) => page([`s${offset}`], { next: `${offset}` });
    for (const peer of [endless, linked])
      expect(walkOf(2 * MOST_PAGES, peer)).toMatchObject({
        requests: MOST_PAGES,
        whole: false,
        why: { code: 'LIST_TOO_LONG', most: MOST_PAGES * PAGE },
      });
  });

  test('a list that says to be longer than any network is not read on', () => {
    const boasting: Peer = ({ offset }, all) => page([...all.slice(offset), `s${offset}`], { total: 1e12 });
    expect(walkOf(PAGE, boasting)).toMatchObject({
      requests: 1,
      whole: false,
      why: { code: 'LIST_TOO_LONG' },
    });
  });

  test('a page in doubt, once: the rest is read all the same', () => {
    const cached: Peer = (asked, all) =>
      page(slice(all, asked), { doubt: asked.offset === 0 ? CACHED : null });
    expect(walkOf(500, cached)).toMatchObject({ seen: 500, whole: false, why: CACHED });
  });

  test('a page of elements without ids', () => {
    const nameless: Peer = () => page([], { count: 10, doubt: { code: 'NO_IDS', elements: 10 } });
    expect(walkOf(10, nameless)).toMatchObject({ whole: false });
  });
});

test('what moves up while it is read is seen, as long as no more ends than a page overlaps', () => {
  const gone = new Set<string>();
  let asked = 0;
  const moving: Peer = (at, all) => {
    asked += 1;
    const left = all.filter((id) => !gone.has(id));
    const ids = slice(left, at);
    for (const id of left.slice(0, 10)) gone.add(id);
    return page(ids, { total: left.length });
  };
  const read = walkOf(5 * PAGE, moving);
  expect(asked).toBe(read.requests);
  expect(read).toMatchObject({ seen: 5 * PAGE, whole: true });
});

test('what the reader itself ended is gone back for', () => {
  const all = [...listOf(500)];
  const seen = new Set<string>();
  let walk = beginWalk();
  while (walk.asked !== null) {
    const ids = slice(all, walk.asked);
    for (const id of ids) seen.add(id);
    const ended = all.splice(0, Math.min(50, Math.max(0, all.length - 100))).length;
    walk = afterPage(walk, page(ids), ended);
  }
  expect(seen.size).toBe(500);
});

test('a list that grows while it is read is whole', () => {
  const rows = [...listOf(450)];
  let walk = beginWalk();
  while (walk.asked !== null) {
    const ids = slice(rows, walk.asked);
    walk = afterPage(walk, page(ids, { total: rows.length }));
    if (rows.length < 460) rows.unshift(`new${rows.length}`);
  }
  expect(walk.seen).toEqual({ isWhole: true, why: null });
});

test('whatever a peer tells, the walk ends or goes further in the list', () => {
  const told = fc.record({
    ids: fc.array(fc.constantFrom(...listOf(12)), { maxLength: 6 }),
    extra: fc.nat(2),
    total: fc.option(fc.nat(20)),
    next: fc.option(fc.constantFrom('a', 'b')),
    isLast: fc.boolean(),
    doubt: fc.option(fc.constant(CACHED)),
  });
  fc.assert(
    fc.property(fc.array(told, { minLength: 1, maxLength: 30 }), (pages) => {
      let walk = beginWalk();
      let reached = -1;
      for (const { ids, extra, ...rest } of pages) {
        if (walk.asked === null) break;
        expect(walk.asked.offset).toBeGreaterThan(reached);
        reached = walk.asked.offset;
        walk = afterPage(walk, { ids, count: ids.length + extra, ...rest });
      }
    }),
    { seed: 42, numRuns: 300 },
  );
});
