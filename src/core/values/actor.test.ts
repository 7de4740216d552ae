import { expect, test } from 'vitest';
import { actorText, parseActor } from './actor.ts';

test.each(['cs:kim', 'technician:T-01', 'supervisor:김 하나'.replace(' ', ''), 'system:worker@desk-3'])(
  '%s',
  (text) => {
    const actor = parseActor(text);
    expect(actor === null ? null : actorText(actor)).toBe(text);
  },
);

test.each([
  '',
  'kim',
  ':kim',
  'cs',
  'cs:',
  'boss:kim',
  'CS:kim',
  'cs:a b',
  'cs:a:b',
  'cs:-a',
  'cs:\u001b[31m',
  `cs:${'x'.repeat(65)}`,
])('%j is no actor', (text) => {
  expect(parseActor(text)).toBeNull();
});
