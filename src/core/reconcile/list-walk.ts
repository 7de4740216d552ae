import type { Cause } from '../codes/cause.ts';
import type { ListPage, ListSeen, PageAsked } from '../ports/peers.ts';

/** Elements of one request, at first. */
export const PAGE = 200;
/** More than any network has. A list that goes on, or says that it does, is a fault of the peer, and would be read for ever. */
export const MOST_PAGES = 50_000;
const MOST = MOST_PAGES * PAGE;
/** What ends while a list is read moves the rest up: so many elements of a page are read again, at most. */
const OVERLAP = 20;

/** The reading of a list, page by page: which page is next, and at the end how much of the list was seen. */
export type ListWalk = {
  /** null: it is over. */
  readonly asked: PageAsked | null;
  readonly seen: ListSeen;
  /** Id of the list's first element; null: not known. */
  readonly first: string | null;
  /** Of the page before. */
  readonly before: ReadonlySet<string>;
  /** Elements from the beginning of the list to the end of the last page. */
  readonly reached: number;
  /** How many were read. */
  readonly pages: number;
  /** The smallest number in all that the peer gave; null: it gave none. A list may grow while it is read. */
  readonly total: number | null;
};

type Told = Omit<ListPage<unknown>, 'items'>;

export const beginWalk = (): ListWalk => ({
  asked: { offset: 0, limit: PAGE, next: null },
  seen: { isWhole: true, why: null },
  first: null,
  before: new Set(),
  reached: 0,
  pages: 0,
  total: null,
});

/**
 * The walk after a page. It goes on as the peer links its pages, else by offset until a page brings nothing new: an NE may
 * give fewer than the limit without saying that there are more, and its number in all may be that of the page. A later page
 * that begins as the list did ends the walk, for the peer ignores the offset; so does a list that is longer than any
 * network has things. `gone`: how many elements the reader itself has ended since the page before.
 */
export const afterPage = (walk: ListWalk, told: Told, gone = 0): ListWalk => {
  const { asked } = walk;
  if (asked === null) return walk;
  const [first = null] = told.ids;
  const isNew = told.ids.some((id) => !walk.before.has(id));
  const beginsAnew = asked.offset > 0 && first !== null && first === walk.first && gone === 0;
  const read: ListWalk = {
    ...walk,
    seen: told.doubt === null ? walk.seen : doubted(walk.seen, told.doubt),
    first: walk.first ?? first,
    before: new Set(told.ids),
    pages: walk.pages + 1,
    reached: told.count === 0 ? walk.reached : Math.max(walk.reached, asked.offset + told.count),
    total: told.count === 0 ? walk.total : least(walk.total, told.total),
  };
  if (beginsAnew) return over(read, { code: 'OFFSET_IGNORED' });
  if (read.pages >= MOST_PAGES || (read.total ?? 0) > MOST)
    return over(read, { code: 'LIST_TOO_LONG', most: MOST });
  if (told.next !== null) {
    const next: PageAsked = { ...asked, offset: asked.offset + told.count, next: told.next };
    return isNew ? { ...read, asked: next } : over(read, { code: 'LINKS_BRING_NOTHING' });
  }
  const isOver = gone === 0 && (told.isLast || !isNew || asked.next !== null);
  if (isOver) return checked(read, told);
  const overlap = Math.min(OVERLAP, Math.floor(told.count / 4));
  const offset = Math.max(asked.offset + told.count - overlap - gone, gone === 0 ? asked.offset + 1 : 0);
  return { ...read, asked: { ...asked, offset, next: null } };
};

/** The walk after a page that was too large to be read: it goes on in smaller parts. */
export const afterTooLarge = (walk: ListWalk): ListWalk => {
  const { asked } = walk;
  if (asked === null) return walk;
  if (asked.limit === 1) return over(walk, { code: 'PAGE_TOO_LARGE' });
  return { ...walk, asked: { ...asked, limit: Math.ceil(asked.limit / 4), next: null } };
};

const least = (one: number | null, other: number | null): number | null =>
  one === null || other === null ? (one ?? other) : Math.min(one, other);

/** The first doubt stands. */
const doubted = (seen: ListSeen, why: Cause): ListSeen => (seen.isWhole ? { isWhole: false, why } : seen);

const over = (walk: ListWalk, why: Cause): ListWalk => ({
  ...walk,
  asked: null,
  seen: doubted(walk.seen, why),
});

/** The list came to its end: was that all, by the peer's own number? */
const checked = (walk: ListWalk, told: Told): ListWalk => {
  const total = walk.total ?? told.total;
  return total !== null && total > walk.reached
    ? over(walk, { code: 'LIST_ENDS', offset: walk.reached, total })
    : { ...walk, asked: null };
};
