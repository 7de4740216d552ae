import type { Lines } from '../values/lines.ts';

/**
 * What a client (a system that places orders over an interface) said of an order in its own words, beyond what the domain
 * means by it. It is kept to be answered with. No free text is in it, and nothing that tells who the customer is.
 */
export type ClientTerms = {
  /** Whose words they are. */
  readonly client: string;
  /** The client's own number of the order, unique a client. */
  readonly externalId?: string;
  readonly category?: string;
  readonly priority?: ClientPriority;
  /** UTC ISO 8601, both. */
  readonly requestedStart?: string;
  readonly requestedCompletion?: string;
  /** In the client's order. */
  readonly items: readonly ClientItem[];
  /** The description, in the vault. */
  readonly descriptionId?: string;
};

/** 0 goes first. */
export const CLIENT_PRIORITIES = ['0', '1', '2', '3', '4'] as const;

export type ClientPriority = (typeof CLIENT_PRIORITIES)[number];

/** One position of the client's order: so many lines of one kind. */
export type ClientItem = {
  /** As the client numbers it. */
  readonly id: string;
  readonly line: 'internet' | 'tv';
  readonly quantity: number;
};

/** What came of a client's wish to cancel. */
export type CancelTask = {
  readonly taskId: string;
  /** The code of the refusal; null: the order is cancelled. */
  readonly denied: string | null;
  readonly code: string;
  /** The client's words, in the vault. */
  readonly textId?: string;
  readonly at: string;
};

const KINDS = ['internet', 'tv'] as const;

/**
 * The client's items as they are wanted now. Lines that others changed go to the last item of their kind; one of which
 * nothing is wanted is left out, and a kind that the client never named gets an item with a number that is free.
 */
export const wantedItems = (items: readonly ClientItem[], lines: Lines): readonly ClientItem[] => {
  const kept = items.flatMap((item, at): readonly ClientItem[] => {
    const sameKind = (one: ClientItem): boolean => one.line === item.line;
    const before = items.slice(0, at).filter(sameKind);
    const left = Math.max(0, lines[item.line] - before.reduce((sum, one) => sum + one.quantity, 0));
    const isLast = !items.slice(at + 1).some(sameKind);
    const quantity = isLast ? left : Math.min(item.quantity, left);
    return quantity === 0 ? [] : [{ ...item, quantity }];
  });
  const all = [...kept];
  for (const line of KINDS) {
    if (lines[line] === 0 || kept.some((item) => item.line === line)) continue;
    all.push({ id: freeId(all), line, quantity: lines[line] });
  }
  return all;
};

const freeId = (items: readonly ClientItem[]): string => {
  let number = items.length + 1;
  while (items.some(({ id }) => id === String(number))) number += 1;
  return String(number);
};
