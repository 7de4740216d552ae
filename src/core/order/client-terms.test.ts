import { describe, expect, it } from 'vitest';
import { type ClientItem, wantedItems } from './client-terms.ts';

const internet = (id: string, quantity: number): ClientItem => ({ id, line: 'internet', quantity });
const tv = (id: string, quantity: number): ClientItem => ({ id, line: 'tv', quantity });

describe('the items of a client', () => {
  const items = [internet('a', 1), tv('b', 1), tv('c', 2)];

  it('are its own for as long as nobody changed the lines', () => {
    expect(wantedItems(items, { internet: 1, tv: 3 })).toEqual(items);
  });

  it('follow the lines: the last of a kind grows, and what is not wanted is left out', () => {
    expect(wantedItems(items, { internet: 2, tv: 5 })).toEqual([internet('a', 2), tv('b', 1), tv('c', 4)]);
    expect(wantedItems(items, { internet: 1, tv: 1 })).toEqual([internet('a', 1), tv('b', 1)]);
    expect(wantedItems(items, { internet: 1, tv: 0 })).toEqual([internet('a', 1)]);
  });

  it('get one more for a kind that the client never named, with a number that is free', () => {
    expect(wantedItems([internet('2', 1)], { internet: 1, tv: 2 })).toEqual([internet('2', 1), tv('3', 2)]);
    expect(wantedItems([], { internet: 1, tv: 1 })).toEqual([internet('1', 1), tv('2', 1)]);
  });
});
