import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  anyStory,
  envelopes,
  type Happened,
  happened,
  PLACED_AT,
} from '../../../test/arbitraries/envelopes.ts';
import type { Envelope } from '../process/events.ts';
import { evolve, newProcess } from '../process/process.ts';
import { iso } from '../time/iso.ts';
import { rateOf, spreadOf } from './figures.ts';
import { emptyReport, foldReport, reportFigures } from './report.ts';
import { isClosed, track, trackedOrder } from './tracked-order.ts';

const MINUTE = 60_000;
const ALL = { from: null, to: null };
const at = (minutes: number): string => iso(PLACED_AT + minutes * MINUTE);
const slot = (from: number, to: number) => ({ start: at(from), end: at(to) });

const figuresOf = (
  story: readonly Happened[],
  minutes = 100_000,
  window: Parameters<typeof reportFigures>[2] = ALL,
) => reportFigures(envelopes(story).reduce(foldReport, emptyReport()), PLACED_AT + minutes * MINUTE, window);

const as = (orderId: string, story: readonly Happened[]): readonly Happened[] =>
  story.map((one) => ({ ...one, orderId }));

const noAnswer = (minutes: number, nextCallAt: string | null): Happened => {
  const { event, ...rest } = happened(minutes, 'CustomerCalled', { outcome: 'NO_ANSWER', nextCallAt });
  if (event.type !== 'CustomerCalled') throw new Error('a call');
  const { slot: _agreed, ...data } = event.data;
  return { ...rest, event: { type: 'CustomerCalled', data } };
};

/** Placed at 0, agreed at 130 for 1400 to 1460, completed at 1450. 100 minutes of it the customer could not be reached. */
const COMPLETED: readonly Happened[] = [
  happened(0, 'OrderPlaced'),
  happened(1, 'ActivationStarted'),
  happened(4, 'ActivationCompleted'),
  happened(4, 'SchedulingRequested'),
  happened(5, 'VisitProposed'),
  noAnswer(10, null),
  noAnswer(60, null),
  happened(110, 'VisitProposed'),
  happened(130, 'CustomerCalled', { slot: slot(1400, 1460) }),
  happened(130, 'Scheduled', { visitDateTime: slot(1400, 1460) }),
  happened(1000, 'FieldWorkDispatched'),
  happened(1401, 'FieldWorkStarted'),
  happened(1470, 'FieldWorkCompleted', { occurredAt: at(1450) }),
  happened(1471, 'AppointmentClosed'),
  happened(1471, 'OrderClosed', { outcome: 'completed' }),
];

describe('reportFigures', () => {
  it('has nothing to say of an empty log', () => {
    const { open, leadTime, promiseKept, returnRate } = figuresOf([]);
    const none = { n: 0, p50: null, p90: null, max: null };
    expect({ open, leadTime, promiseKept, returnRate }).toEqual({
      open: [],
      leadTime: { gross: none, net: none },
      promiseKept: { n: 0, of: 0, rate: null },
      returnRate: { n: 0, of: 0, rate: null, byReason: [] },
    });
  });

  it('measures a completed order by when the work was done, not typed', () => {
    const figures = figuresOf(COMPLETED);
    expect(figures).toMatchObject({ placed: 1, completed: 1, returned: 0, cancelled: 0, open: [] });
    expect(figures.leadTime.gross.max).toBe(1450 * MINUTE);
    expect(figures.leadTime.net.max).toBe(1350 * MINUTE);
    expect(figures.activationTime.max).toBe(3 * MINUTE);
    expect(figures.timeToContact).toEqual({ n: 1, p50: 130 * MINUTE, p90: 130 * MINUTE, max: 130 * MINUTE });
    expect(figures.firstVisitSuccess).toEqual({ n: 1, of: 1, rate: 1 });
    expect(figures.promiseKept).toEqual({ n: 1, of: 1, rate: 1 });
  });

  it('does not count a call that nobody answered as contact', () => {
    const story = COMPLETED.filter((one) => one.minutes <= 110);
    expect(figuresOf(story).timeToContact.n).toBe(0);
  });

  it('measures the promise by the first agreed slot, and success by the first visit', () => {
    const moved: readonly Happened[] = [
      ...COMPLETED.filter((one) => one.minutes < 1470),
      happened(1460, 'VisitNotDone', { occurredAt: at(1460) }),
      happened(1500, 'VisitProposed'),
      happened(1510, 'Scheduled', { visitDateTime: slot(3000, 3060) }),
      happened(3050, 'FieldWorkCompleted', { visit: 2, occurredAt: at(3050) }),
    ];
    expect(figuresOf(moved)).toMatchObject({
      completed: 1,
      firstVisitSuccess: { n: 0, of: 1, rate: 0 },
      promiseKept: { n: 0, of: 1, rate: 0 },
    });
  });

  it('takes rates of all that ended, by reason and stage', () => {
    const placed = [happened(0, 'OrderPlaced')];
    const story = [
      ...as('ORD-000001', COMPLETED),
      ...as('ORD-000002', [...placed, happened(9, 'FieldWorkFailed', { code: 'NO_FACILITY' })]),
      ...as('ORD-000003', [...placed, happened(9, 'OrderCancelled', { stage: 'scheduled' })]),
      ...as('ORD-000004', [...placed, happened(9, 'OrderCancelled', { stage: 'placed' })]),
      ...as('ORD-000005', placed),
    ];
    const { returnRate, cancelRate, firstVisitSuccess, placed: all } = figuresOf(story);
    expect(all).toBe(5);
    expect(returnRate).toEqual({
      n: 1,
      of: 4,
      rate: 0.25,
      byReason: [{ code: 'NO_FACILITY', n: 1, of: 4, rate: 0.25 }],
    });
    expect(cancelRate).toEqual({
      n: 2,
      of: 4,
      rate: 0.5,
      byStage: [
        { stage: 'placed', n: 1, of: 4, rate: 0.25 },
        { stage: 'scheduled', n: 1, of: 4, rate: 0.25 },
      ],
    });
    expect(firstVisitSuccess).toEqual({ n: 1, of: 2, rate: 0.5 });
  });

  it('counts what ended within the window, and open orders whenever', () => {
    const story = [...as('ORD-000001', COMPLETED), ...as('ORD-000002', [happened(0, 'OrderPlaced')])];
    const moment = (minutes: number) => PLACED_AT + minutes * MINUTE;
    expect(figuresOf(story, 2000, { from: moment(1450), to: null })).toMatchObject({
      completed: 1,
      placed: 0,
    });
    expect(figuresOf(story, 2000, { from: null, to: moment(1450) })).toMatchObject({
      completed: 0,
      placed: 2,
    });
    expect(figuresOf(story, 2000, { from: moment(5000), to: null }).open).toHaveLength(1);
  });

  it('shows open orders by stage and age', () => {
    const story = [
      ...as('ORD-000001', [happened(0, 'OrderPlaced'), happened(10, 'ActivationStarted')]),
      ...as('ORD-000002', [happened(5, 'OrderPlaced'), happened(20, 'ActivationStarted')]),
      ...as('ORD-000003', [happened(30, 'OrderPlaced')]),
    ];
    expect(figuresOf(story, 100).open).toEqual([
      { stage: 'placed', n: 1, age: spreadOf([70 * MINUTE]), inStage: spreadOf([70 * MINUTE]) },
      {
        stage: 'activating',
        n: 2,
        age: spreadOf([100 * MINUTE, 95 * MINUTE]),
        inStage: spreadOf([90 * MINUTE, 80 * MINUTE]),
      },
    ]);
  });

  it('opens a cancelled order again when a service appears late, and closes it anew', () => {
    const cancelled: readonly Happened[] = [
      happened(0, 'OrderPlaced'),
      happened(1, 'ActivationStarted'),
      happened(2, 'OrderCancelled'),
      happened(3, 'ActivationCancelled'),
      happened(4, 'OrderClosed'),
    ];
    const found = [...cancelled, happened(500, 'ServiceFound')];
    const again = [...found, happened(501, 'ServiceReverted'), happened(502, 'OrderClosed')];
    expect(figuresOf([...cancelled, happened(9, 'NoteAdded')]).open).toEqual([]);
    expect(figuresOf(found, 600).open).toEqual([
      { stage: 'cancelling', n: 1, age: spreadOf([600 * MINUTE]), inStage: spreadOf([100 * MINUTE]) },
    ]);
    expect(figuresOf(again)).toMatchObject({ open: [], cancelled: 1 });
  });
});

describe('the tracked order', () => {
  it('is in the stage of the process itself, whatever happens', () => {
    fc.assert(
      fc.property(anyStory(25), (story) => {
        let process = newProcess('ORD-000042');
        const order = trackedOrder(PLACED_AT);
        for (const event of story) {
          process = evolve(process, event);
          track(order, event);
          const { stage, stageSince } = process;
          expect([event.type, order.stage, iso(order.stageSince)]).toEqual([event.type, stage, stageSince]);
        }
      }),
      { seed: 51, numRuns: 1500 },
    );
  });

  it('is left behind when it is closed, and only then', () => {
    fc.assert(
      fc.property(anyStory(25), (story) => {
        const report = emptyReport();
        const order = trackedOrder(PLACED_AT);
        let lost = false;
        for (const event of story) {
          foldReport(report, event);
          track(order, event);
          // Closed without an undo, an order is not looked at again.
          lost ||= !order.cancelled && !order.returned && isClosed(order);
          if (!lost)
            expect([event.type, report.open.has('ORD-000042')]).toEqual([event.type, !isClosed(order)]);
        }
      }),
      { seed: 52, numRuns: 500 },
    );
  });
});

describe('spreadOf and rateOf', () => {
  it.each([
    [[], { n: 0, p50: null, p90: null, max: null }],
    [[7], { n: 1, p50: 7, p90: 7, max: 7 }],
    [[3, 1, 2], { n: 3, p50: 2, p90: 3, max: 3 }],
    [Array.from({ length: 100 }, (_, i) => 100 - i), { n: 100, p50: 50, p90: 90, max: 100 }],
    [[1000, 200, 30], { n: 3, p50: 200, p90: 1000, max: 1000 }],
  ])('%j', (spans, expected) => {
    expect(spreadOf(spans)).toEqual(expected);
  });

  it('takes no rate of nothing', () => {
    expect([rateOf(0, 0).rate, rateOf(1, 4).rate]).toEqual([null, 0.25]);
  });
});

describe('the memory of a report', () => {
  it('keeps nothing of a completed order but its figures', () => {
    const report = emptyReport();
    const orders = Array.from({ length: 50 }, (_, i) => as(`ORD-${String(i).padStart(6, '0')}`, COMPLETED));
    const log: readonly Envelope[] = envelopes(orders.flat());
    for (const event of log) foldReport(report, event);
    expect([report.open.size, report.undone.cancelled.size, report.leadGross.ms.length]).toEqual([0, 0, 50]);
  });
});
