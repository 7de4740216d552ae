import type { BatchSummary } from '../../core/app/batch/read-batches.ts';
import { type Block, tone } from '../../faces/cli/terminal/blocks.ts';
import type { View } from '../framework/print/view.ts';
import type { RowItem } from './row-item.ts';

/** `oss.batch/1`: a batch with its first failures. */
export type BatchData = BatchSummary & {
  readonly failures: readonly RowItem[];
  /** Of a run with --wait: its orders with technical work left. */
  readonly ordersLeft?: number;
  readonly simulated: boolean;
};

/** What a dry run answers: no batch was made. */
export type CheckedBatch = Omit<BatchData, 'batchId' | 'state' | 'failures'> & {
  readonly batchId: null;
  /** Rows that would fail. */
  readonly failures: readonly (Omit<RowItem, 'batchId'> & { readonly batchId: null })[];
  readonly state: 'checked';
  readonly dryRun: true;
};

export const STATE_TONES = {
  running: 'warn',
  interrupted: 'warn',
  done: 'good',
  failed: 'bad',
  checked: 'good',
} as const;

const SHOWN_TO_PEOPLE = 20;

/** A batch for people: its figures, then its failures. */
export const batchBlocks = (batch: BatchData | CheckedBatch, view: View): readonly Block[] => {
  const { t } = view;
  const { labels, states, mixed, failuresTitle, columns } = t.batch;
  const failures = batch.failures.slice(0, SHOWN_TO_PEOPLE);
  const count = (n: number, of: 'bad' | 'warn') => (n === 0 ? '0' : tone(of, String(n)));
  const card: Block = {
    kind: 'card',
    title: batch.batchId ?? states[batch.state],
    sections: [
      {
        rows: [
          [labels.file, batch.file],
          [labels.op, batch.op ?? mixed],
          [labels.state, tone(STATE_TONES[batch.state], states[batch.state])],
          [labels.started, `${view.time(batch.startedAt)}, ${labels.actor} ${batch.actor}`],
          ...(batch.finishedAt === null ? [] : [[labels.finished, view.time(batch.finishedAt)] as const]),
        ],
      },
      {
        rows: [
          [labels.rows, String(batch.rows)],
          [labels.done, String(batch.done)],
          ...(batch.already === 0 ? [] : [[labels.already, String(batch.already)] as const]),
          ...(batch.skipped === 0 ? [] : [[labels.skipped, String(batch.skipped)] as const]),
          [labels.failed, count(batch.failed, 'bad')],
          ...(batch.ordersLeft === undefined
            ? []
            : [[labels.ordersLeft, count(batch.ordersLeft, 'warn')] as const]),
          ...(batch.pending === 0 ? [] : [[labels.pending, count(batch.pending, 'warn')] as const]),
        ],
      },
    ],
  };
  if (failures.length === 0) return [card];
  return [
    card,
    { kind: 'text', lines: [failuresTitle(failures.length, batch.failed)] },
    {
      kind: 'table',
      columns: [
        { title: columns.line, drop: 0, align: 'right' },
        { title: columns.key, drop: 1 },
        { title: columns.order, drop: 2 },
        { title: columns.error, drop: 0 },
      ],
      rows: failures.map(({ line, key, orderId, code, message }) => [
        String(line),
        key ?? '',
        orderId ?? '',
        `${message ?? ''} (${code ?? ''})`,
      ]),
    },
  ];
};
