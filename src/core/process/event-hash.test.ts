import { expect, it } from 'vitest';
import { hashInput } from './event-hash.ts';

const EVENT = {
  position: 7,
  hash: 'old',
  orderId: 'ORD-000001',
  version: 2,
  eventId: '0197-1',
  type: 'NoteAdded',
  schema: 1,
  at: '2026-11-24T05:00:00.000Z',
  actor: 'cs:kim',
  causationId: null,
  data: { textId: 'T1' },
} as const;

it('is the hash before, then the canonical event without position and hash', () => {
  expect(hashInput('ab12', EVENT)).toBe(
    'ab12{"actor":"cs:kim","at":"2026-11-24T05:00:00.000Z","causationId":null,"data":{"textId":"T1"},' +
      '"eventId":"0197-1","orderId":"ORD-000001","schema":1,"type":"NoteAdded","version":2}',
  );
});

it('does not depend on the order of members, the position or the hash', () => {
  const { data, type, ...rest } = EVENT;
  const elsewhere = { type, ...rest, data, position: 8, hash: 'new' };
  expect(hashInput('', elsewhere)).toBe(hashInput('', EVENT));
});

it.each(['orderId', 'version', 'eventId', 'schema', 'at', 'actor', 'causationId'] as const)(
  'changes with %s',
  (field) => {
    const changed = typeof EVENT[field] === 'number' ? 99 : 'changed';
    expect(hashInput('', { ...EVENT, [field]: changed })).not.toBe(hashInput('', EVENT));
  },
);

it('changes with the payload, the type and the hash before', () => {
  const before = hashInput('', EVENT);
  expect(hashInput('', { ...EVENT, data: { textId: 'T2' } })).not.toBe(before);
  expect(hashInput('', { ...EVENT, type: 'OrderClosed', data: { outcome: 'completed' } })).not.toBe(before);
  expect(hashInput('00', EVENT)).not.toBe(before);
});
