import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Refusal } from '../../../core/rules/refusal.ts';
import { ORDER_EXAMPLE, PATCH_EXAMPLE } from './examples.ts';
import { momentOf } from './fields.ts';
import { otherwise, priorityOf, saidPriority } from './profile.ts';
import { readCancelOrder } from './read-cancel.ts';
import { readServiceOrder } from './read-order.ts';
import { readPatch } from './read-patch.ts';
import { readListQuery } from './read-query.ts';

const WHO = { client: 'shop', tz: 'Asia/Seoul' };

/** Whatever is thrown is a refusal: anything else would be a bug. */
const isRefusedOrRead = (read: () => unknown): boolean => {
  try {
    read();
    return true;
  } catch (error) {
    return error instanceof Refusal;
  }
};

/** Every path to a value inside a document. */
const pathsOf = (value: unknown, path: readonly string[] = []): readonly (readonly string[])[] =>
  typeof value !== 'object' || value === null
    ? [path]
    : [path, ...Object.entries(value).flatMap(([key, inside]) => pathsOf(inside, [...path, key]))];

const replaced = (value: unknown, [key, ...rest]: readonly string[], by: unknown): unknown => {
  if (key === undefined) return by;
  const copy = structuredClone(value) as Record<string, unknown>;
  copy[key] = replaced(copy[key], rest, by);
  return copy;
};

describe('the readers of the profile', () => {
  it('read any JSON, or refuse it', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (body) =>
        [() => readServiceOrder(body, WHO), () => readPatch(body, WHO), () => readCancelOrder(body, 0)].every(
          isRefusedOrRead,
        ),
      ),
    );
  });

  it.each([
    ['an order', ORDER_EXAMPLE, (body: unknown) => readServiceOrder(body, WHO)],
    ['a patch', PATCH_EXAMPLE, (body: unknown) => readPatch(body, WHO)],
  ])('read %s in which anything stands anywhere, or refuse it', (_what, example, read) => {
    const paths = pathsOf(example);
    fc.assert(
      fc.property(fc.constantFrom(...paths), fc.jsonValue(), (path, by) =>
        isRefusedOrRead(() => read(replaced(example, path, by))),
      ),
    );
  });

  it('read any query of a list, or refuse it', () => {
    const name = fc.constantFrom('id', 'state', 'orderDate.gt', 'orderDate', 'limit', 'cursor', 'priority');
    fc.assert(
      fc.property(name, fc.string(), (key, value) =>
        isRefusedOrRead(() => readListQuery(new URLSearchParams([[key, value]]), 'shop')),
      ),
    );
  });
});

it('of two bounds of the order date the narrower one counts, of two lists of states what is in both', () => {
  const query =
    'orderDate.gte=2026-11-01T00:00:00Z&orderDate.gt=2026-11-02T00:00:00Z&state=held,completed&state=held';
  expect(readListQuery(new URLSearchParams(query), 'shop').wish).toEqual({
    since: '2026-11-02T00:00:00.001Z',
    stages: ['held'],
  });
});

it('a priority is found again by what is shown', () => {
  for (const priority of ['low', 'normal', 'high', 'urgent'] as const) {
    expect(priorityOf(saidPriority(priority))).toBe(priority);
    expect(otherwise(saidPriority(priority))).toBe(priority);
  }
  expect(otherwise('3')).toBeNull();
});

it.each([
  ['2026-11-24T09:00:00+09:00', Date.UTC(2026, 10, 24)],
  ['2026-11-24T00:00Z', Date.UTC(2026, 10, 24)],
  ['2026-11-24T00:00:00.1234Z', Date.UTC(2026, 10, 24, 0, 0, 0, 123)],
  ['2026-11-24', null],
  ['2026-11-24T09:00:00', null],
  ['2026-02-29T00:00:00Z', null],
  ['2026-11-24T24:00:00Z', null],
  ['2026-11-24 00:00:00Z', null],
])('the moment %s', (text, at) => expect(momentOf(text)).toBe(at));
