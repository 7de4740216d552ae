import { expect, test } from 'vitest';
import { technicianMeant } from './technician-meant.ts';

const PEOPLE = [
  { technicianId: 'T-01', name: '이준호' },
  { technicianId: 'T-04', name: '최민석' },
  { technicianId: 't-04b', name: 'Kim Lee' },
  { technicianId: 'T-07', name: '김솔' },
  { technicianId: 'T-08', name: '김솔' },
];

test.each([
  ['T-04', 'T-04'],
  ['t-04', 'T-04'],
  ['Ｔ-04', 'T-04'],
  ['T-04B', 't-04b'],
  ['최민석', 'T-04'],
  ['최 민석'.normalize('NFD'), 'T-04'],
  ['kim lee', 't-04b'],
  ['auto', 'auto'],
  ['T-99', 'T-99'],
  ['민석', '민석'],
  ['', ''],
])('%s means %s', (typed, id) => {
  expect(technicianMeant(PEOPLE, typed)).toBe(id);
});

test('a name that two have is asked back with their ids', () => {
  expect(() => technicianMeant(PEOPLE, '김솔')).toThrow(
    expect.objectContaining({
      code: 'SEVERAL_TECHNICIANS',
      detail: { typed: '김솔', technicianIds: ['T-07', 'T-08'] },
    }),
  );
});

test('of two ids that differ in case only the very one is meant', () => {
  const twins = [
    { technicianId: 'a1', name: 'x' },
    { technicianId: 'A1', name: 'y' },
  ];
  expect(technicianMeant(twins, 'A1')).toBe('A1');
});
