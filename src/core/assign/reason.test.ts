import { expect, test } from 'vitest';
import { type ChoiceReason, type ReasonCode, readReason } from './reason.ts';

const EVERY: readonly (readonly [ReasonCode, ChoiceReason])[] = [
  ['wish:am', { code: 'wish', part: 'am' }],
  ['wish-missed:evening', { code: 'wish-missed', part: 'evening' }],
  ['earliest', { code: 'earliest' }],
  ['same-area:2', { code: 'same-area', visits: 2 }],
  ['load:1/5', { code: 'load', visits: 1, limit: 5 }],
  ['by-hand', { code: 'by-hand' }],
  ['forced:DAILY_LIMIT', { code: 'forced', rule: 'DAILY_LIMIT' }],
  ['reassigned', { code: 'reassigned' }],
  ['agreed-slot', { code: 'agreed-slot' }],
];

test.each(EVERY)('%s is read with its values', (text, reason) => {
  expect(readReason(text)).toEqual(reason);
});

test.each([
  '',
  'the earliest possible',
  'wish:noon',
  'load:1',
  'same-area:',
  'forced:LUCK',
  'earliest:1',
  'nearest:3km',
])('what no program of ours writes stays as it was written: %j', (text) => {
  expect(readReason(text)).toEqual({ code: 'AS_WRITTEN', text });
});
