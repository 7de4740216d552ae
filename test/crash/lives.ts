import type { Env } from '../support/real-process.ts';

/** One command of a life, as it is typed. */
export type Line = { readonly argv: readonly string[]; readonly env?: Env };

/** A short life of one order. Together the lives pass every step that talks to a peer. */
export type Life = { readonly name: string; readonly lines: readonly Line[]; readonly ends: string };

const ORDER = [
  ...['order', 'new', '--name', '김하늘', '--phone', '010-2345-6789'],
  ...['--address', '서울특별시 강남구 역삼로 12', '--internet', '1', '--tv', '0', '--key', 'k-1'],
];
const DRAIN = ['worker', '--drain', '--wait', '180s'];
const AT = ['--at', '2026-11-25 10:00'];

export const LIVES: readonly Life[] = [
  {
    name: 'activated, visited, completed',
    ends: 'completed',
    lines: [
      { argv: ORDER },
      { argv: ['schedule', 'assign', '1', ...AT, '--technician', 'T-01', '--key', 'k-2'] },
      {
        argv: [
          ...['schedule', 'move', '1', '--technician', 'T-02'],
          ...['--code', 'TECHNICIAN_UNAVAILABLE', '--key', 'k-3'],
        ],
      },
      {
        argv: [
          ...['field', 'complete', '1', '--ont', 'ABCD12345678', '--rx', '-18.5'],
          ...['--signed-by', '김하늘', '--key', 'k-4'],
        ],
      },
    ],
  },
  {
    name: 'agreed a while ago, looked at, handed over',
    ends: 'dispatched',
    lines: [
      { argv: ORDER },
      // Handed over at half past ten today: when the desk has not spoken of it for ten minutes.
      {
        argv: ['schedule', 'assign', '1', '--at', '2026-11-25 10:30', '--technician', 'T-01', '--key', 'k-2'],
      },
      { argv: ['order', 'note', '1', '--text', 'x', '--key', 'k-3'] },
      { argv: DRAIN },
    ],
  },
  {
    name: 'activated in doubt, called for a while, cancelled',
    ends: 'cancelled',
    lines: [
      {
        argv: ORDER,
        env: { OSS_SIMULATE_FAULTS: 'reset-after:1@POST /service internet.hsi', OSS_INLINE_MAX_MS: '0' },
      },
      {
        argv: DRAIN,
        env: { OSS_SIMULATE_FAULTS: 'reset-after:1@POST /service internet.hsi' },
      },
      { argv: ['schedule', 'assign', '1', ...AT, '--key', 'k-2'], env: { OSS_SIMULATE_CALL_MS: '300' } },
      { argv: DRAIN },
      { argv: ['order', 'cancel', '1', '--code', 'DUPLICATE_ORDER', '-y', '--key', 'k-3'] },
    ],
  },
];

/** What finishes whatever a life left to the worker. */
export const DRAINED: Line = { argv: DRAIN };

/** When a line that got no answer is typed again, and when the worker drains, after the line began. */
export const AGAIN_MS = 120_000;
export const DRAIN_MS = 240_000;
