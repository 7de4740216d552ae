import { describe, expect, it } from 'vitest';
import { selectFields, valuesAt } from './json-fields.ts';
import { fits, readFilter } from './json-filter.ts';

const order = {
  id: 'ORD-000001',
  state: 'inProgress',
  priority: '1',
  orderDate: '2026-11-23T01:00:00.000Z',
  description: 'Line, first floor',
  note: [],
  serviceOrderItem: [
    { id: '1', state: 'inProgress', service: { serviceSpecification: { id: 'internet' } } },
    { id: '2', state: 'held', service: { serviceSpecification: { id: 'tv' } } },
  ],
};

const isFound = (query: string): boolean =>
  [...new URLSearchParams(query)].every(([name, value]) => fits(order, readFilter(name, value)));

describe('a filter of a query', () => {
  it.each([
    'state=inProgress',
    'state=held,inProgress',
    'state="held","inProgress"',
    'priority="1"',
    'serviceOrderItem.state=held',
    'serviceOrderItem.service.serviceSpecification.id=tv',
    'state=inProgress&priority=1',
    'description=Line, first floor',
    'orderDate=2026-11-23T10:00:00%2B09:00',
    'orderDate=2026-11-23T10:00:00+09:00',
    'orderDate.gte=2026-11-23T01:00:00Z&orderDate.lt=2026-11-23T01:00:01Z',
    'orderDate.gt="2026-11-22T23:59:59-01:00"',
    'priority.lte=1&priority.gt=0.5',
    'id.lt=ORD-000002',
  ])('fits: %s', (query) => expect(isFound(query)).toBe(true));

  it.each([
    'state=held',
    'state=',
    'state=inProgress&priority=2',
    'state="held,inProgress"',
    'orderDate.gt=2026-11-23T01:00:00Z',
    'orderDate.lt=2026-11-23T01:00:00Z',
    'priority.gt=1',
    'note=1',
    'serviceOrderItem=1',
    'constructor=x',
    'nothing=1',
  ])('does not fit: %s', (query) => expect(isFound(query)).toBe(false));
});

it('values are found through lists', () => {
  expect(valuesAt(order, 'serviceOrderItem.id')).toEqual(['1', '2']);
  expect(valuesAt(order, 'serviceOrderItem.nothing.id')).toEqual([]);
});

it('chosen fields stand as they stood, through lists', () => {
  expect(selectFields(order, ['id', 'state', 'nothing', 'serviceOrderItem.id', 'state.deeper'])).toEqual({
    id: 'ORD-000001',
    state: 'inProgress',
    serviceOrderItem: [{ id: '1' }, { id: '2' }],
  });
});
