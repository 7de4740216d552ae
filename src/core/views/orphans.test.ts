import { describe, expect, it } from 'vitest';
import { envelopes, type Happened, happened } from '../../../test/arbitraries/envelopes.ts';
import { foldOrphans, noOrphans, orphanCount } from './orphans.ts';

const count = (story: readonly Happened[]): number =>
  orphanCount(envelopes(story).reduce(foldOrphans, noOrphans()));

const ON = [happened(0, 'OrderPlaced'), happened(1, 'ServiceActivated')];

describe('orphans', () => {
  it('are none under open and completed orders', () => {
    expect(count(ON)).toBe(0);
    expect(
      count([...ON, happened(2, 'FieldWorkCompleted'), happened(3, 'OrderClosed', { outcome: 'completed' })]),
    ).toBe(0);
  });

  it('are none while an order is cancelled, nor when its services were reverted', () => {
    expect(count([...ON, happened(2, 'OrderCancelled')])).toBe(0);
    const undone = [happened(2, 'OrderCancelled'), happened(3, 'ServiceReverted')];
    expect(count([...ON, ...undone, happened(4, 'OrderClosed', { outcome: 'cancelled' })])).toBe(0);
  });

  it('are what appears after an undone order was closed, until it is reverted', () => {
    const closed = [
      ...ON,
      happened(2, 'OrderCancelled'),
      happened(3, 'ServiceReverted'),
      happened(4, 'OrderClosed', { outcome: 'cancelled' }),
      happened(5, 'ServiceFound'),
    ];
    expect(count(closed)).toBe(1);
    expect(count([...closed, happened(6, 'ServiceReverted')])).toBe(0);
  });
});
