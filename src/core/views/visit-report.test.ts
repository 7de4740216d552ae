import { describe, expect, it } from 'vitest';
import { envelopes, type Happened, happened, PLACED_AT } from '../../../test/arbitraries/envelopes.ts';
import { DEFAULT_POLICY } from '../rules/policy.ts';
import type { Technician } from '../technicians/technician.ts';
import { iso } from '../time/iso.ts';
import { travelOf } from '../travel/travel.ts';
import { emptyVisitReport, foldVisits, type VisitReportBy, visitReportRows } from './visit-report.ts';

const MINUTE = 60_000;
const at = (minutes: number): string => iso(PLACED_AT + minutes * MINUTE);
const slot = (from: number) => ({ start: at(from), end: at(from + 60) });

const technician = (technicianId: string, base: string | null): Technician => ({
  technicianId,
  name: technicianId,
  phone: '010-0000-0001',
  skills: ['internet', 'tv'],
  areas: ['A', 'B'],
  hours: {},
  daysOff: [],
  dailyLimit: 5,
  active: true,
  base,
});

/** A to B: 30 minutes; the rest a matrix of short ways. */
const travel = travelOf(
  { places: null, matrix: { version: 'v', importedAt: at(0), rows: [{ from: 'A', to: 'B', minutes: 30 }] } },
  DEFAULT_POLICY,
);

type Visit = { readonly start: number; readonly began?: number; readonly technicianId?: string };

/** One visit of an order, up to its end an hour after it began. */
const visited = (
  { start, began = start, technicianId = 'T-01' }: Visit,
  end: 'FieldWorkCompleted' | 'VisitNotDone' | 'FieldWorkFailed' = 'FieldWorkCompleted',
): readonly Happened[] => [
  happened(start - 30, 'Scheduled', { visitDateTime: slot(start), technicianId }),
  happened(began, 'FieldWorkStarted', { technicianId, occurredAt: at(began) }),
  happened(began + 50, end, { technicianId, occurredAt: at(began + 50) }),
];

const order = (orderId: string, area: string | null, ...visits: readonly (readonly Happened[])[]) =>
  [happened(0, 'OrderPlaced', { area }), ...visits.flat()].map((one) => ({ ...one, orderId }));

const rowsOf = (
  story: readonly Happened[],
  by: VisitReportBy,
  window = { from: null as number | null, to: null as number | null },
) => {
  const report = emptyVisitReport();
  for (const event of envelopes(story)) foldVisits(report, event);
  const technicians = [technician('T-01', 'A'), technician('T-02', null)];
  return visitReportRows(report, { by, window, technicians, travel, policy: DEFAULT_POLICY });
};

const DAY = [
  // 16 minutes late: a minute after the time of grace.
  ...order('ORD-000001', 'B', visited({ start: 100, began: 116 })),
  ...order(
    'ORD-000002',
    'A',
    visited({ start: 200 }, 'VisitNotDone'),
    visited({ start: 3000, technicianId: 'T-02' }),
  ),
  // At the end of the time of grace.
  ...order('ORD-000003', 'A', visited({ start: 300, began: 315 }, 'FieldWorkFailed')),
];

describe('visitReportRows', () => {
  it('has no rows without a visit', () => {
    expect(rowsOf(order('ORD-000001', 'A'), 'area')).toMatchObject({ rows: [], total: { visits: 0 } });
  });

  it('counts visits, first visits, late starts and ways of each technician', () => {
    const { rows, total } = rowsOf(DAY, 'technician');
    expect(rows).toMatchObject([
      {
        key: 'T-01',
        visits: 3,
        firstVisitSuccess: { n: 1, of: 3 },
        lateStarts: { n: 1, of: 3 },
        // Base A to B 30, back to A 30, inside A and home to A 20 each.
        driveMinutes: 100,
      },
      { key: 'T-02', visits: 1, firstVisitSuccess: { n: 0, of: 0, rate: null }, driveMinutes: 0 },
    ]);
    expect(total).toMatchObject({ visits: 4, firstVisitSuccess: { n: 1, of: 3 }, driveMinutes: 100 });
  });

  it('gives a way to the area that it leads to, and the way home to the area that it leaves', () => {
    const { rows, total } = rowsOf(DAY, 'area');
    expect(rows.map(({ key, visits, driveMinutes }) => [key, visits, driveMinutes])).toEqual([
      ['A', 3, 70],
      ['B', 1, 30],
    ]);
    expect(total.driveMinutes).toBe(100);
  });

  it('counts what ended within the window, half open', () => {
    const window = { from: PLACED_AT + 166 * MINUTE, to: PLACED_AT + 250 * MINUTE };
    expect(rowsOf(DAY, 'technician', window).total.visits).toBe(1);
    expect(rowsOf(DAY, 'technician', { ...window, to: window.to + 1 }).total.visits).toBe(2);
  });

  it('says nothing of a beginning that was only reported with the end', () => {
    const told = order('ORD-000001', null, [
      happened(70, 'Scheduled', { visitDateTime: slot(100), technicianId: 'T-01' }),
      happened(200, 'FieldWorkStarted', { technicianId: 'T-01', occurredAt: at(200) }),
      happened(200, 'FieldWorkCompleted', { technicianId: 'T-01', occurredAt: at(200) }),
    ]);
    expect(rowsOf(told, 'area').rows).toMatchObject([{ key: null, visits: 1, lateStarts: { n: 0, of: 0 } }]);
  });

  it('does not count what was agreed before an order was cancelled', () => {
    const gone = order('ORD-000001', 'A', [
      happened(70, 'Scheduled', { visitDateTime: slot(100) }),
      happened(80, 'OrderCancelled'),
    ]);
    expect(rowsOf(gone, 'area').rows).toEqual([]);
  });
});
