import { describe, expect, test } from 'vitest';
import { fieldAt, pickFields, unknownFields } from './fields.ts';

const ORDER = {
  orderId: 'ORD-000001',
  visit: null,
  areas: ['강남구', '마포구'],
  services: [
    { key: 'a', proof: 'on', plan: { name: 'x' } },
    { key: 'b', proof: 'off', plan: null },
  ],
  holds: [],
};

describe('fields of nested lists', () => {
  test.each([
    ['orderId', 'ORD-000001'],
    ['visit.start', null],
    ['areas', ['강남구', '마포구']],
    ['areas.1', '마포구'],
    ['services.0.key', 'a'],
    ['services.key', ['a', 'b']],
    ['services.plan.name', ['x', null]],
    ['holds.cause', []],
    ['services.nope', undefined],
    ['nope', undefined],
  ])('%s', (field, value) => {
    expect(fieldAt(ORDER, field)).toEqual(value);
  });

  test('a name that no item has is a typing error, as one that the object has not', () => {
    expect(unknownFields(ORDER, ['services.key', 'services.0.key', 'holds.cause', 'visit.start'])).toEqual(
      [],
    );
    expect(unknownFields(ORDER, ['services.kye', 'nope'])).toEqual(['services.kye', 'nope']);
  });

  test('are printed under their dotted name', () => {
    expect(pickFields(ORDER, ['services.proof'])).toEqual({ 'services.proof': ['on', 'off'] });
  });
});
