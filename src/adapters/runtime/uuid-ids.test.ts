import { expect, test } from 'vitest';
import { uuidIds } from './uuid-ids.ts';

const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

test('is a UUIDv7 that holds the time', () => {
  const at = Date.parse('2026-11-24T05:00:00.123Z');
  const id = uuidIds(() => at).uuid();
  expect(id).toMatch(UUID_V7);
  expect(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)).toBe(at);
});

test('rises within a process: in a burst of one millisecond, and when the clock is set back', () => {
  let at = 1_000_000;
  const ids = uuidIds(() => at);
  const made = Array.from({ length: 20_000 }, (_, i) => {
    if (i === 10_000) at -= 5_000;
    return ids.uuid();
  });
  expect(made.every((id) => UUID_V7.test(id))).toBe(true);
  expect(made).toEqual([...made].sort());
  expect(new Set(made).size).toBe(made.length);
});

test('two processes of one moment differ', () => {
  const first = uuidIds(() => 5);
  const second = uuidIds(() => 5);
  const made = Array.from({ length: 1_000 }, () => [first.uuid(), second.uuid()]).flat();
  expect(new Set(made).size).toBe(made.length);
});
