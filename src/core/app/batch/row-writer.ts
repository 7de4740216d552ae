import type { BatchRow } from '../../ports/batches.ts';
import type { Tx } from '../../ports/store.ts';
import { isRefusal, type Refusal } from '../../rules/refusal.ts';
import type { AppDeps } from '../deps.ts';
import type { PlannedRow, ReadyRow, RowError } from './row.ts';
import type { RunEnd } from './run-end.ts';
import { isAboutRow, type RowRunner, rowWrite, scopeOfRows } from './run-row.ts';

/** The run ended before this row began: the next run takes it. */
export class NotBegun extends Error {
  override readonly name = 'NotBegun';
}

/** Makes rows final: each with its journal entry in one commit. */
export type RowWriter = {
  /** One row in a write of its own; a row that is refused is journalled as failed. Throws NotBegun, or what is not about it. */
  readonly alone: (row: ReadyRow) => Promise<BatchRow>;
  /** All of them in one write. null: one was refused, or nothing could be written, which undid them all. Throws COMMIT_IN_DOUBT. */
  readonly together: (rows: readonly ReadyRow[]) => Promise<readonly BatchRow[] | null>;
  readonly fail: (row: PlannedRow, error: Refusal | RowError) => Promise<BatchRow>;
};

export type RowWriterOptions = {
  readonly runner: RowRunner;
  /** Proves, in a write, that this process still runs the batch. */
  readonly proveLease: (tx: Tx) => Promise<void>;
  readonly end: RunEnd;
};

export const rowWriter = (deps: AppDeps, { runner, proveLease, end }: RowWriterOptions): RowWriter => {
  const { store } = deps;

  const fail: RowWriter['fail'] = (row, error) => {
    end.countFailure(row.line);
    return store.write(
      async (tx) => {
        await proveLease(tx);
        return runner.fail(rowWrite(deps, tx), row, error);
      },
      scopeOfRows([row]),
    );
  };

  return {
    fail,
    alone: async (row) => {
      try {
        return await store.write(
          async (tx) => {
            if (end.isOver()) throw new NotBegun();
            await proveLease(tx);
            try {
              return await runner.act(rowWrite(deps, tx), row);
            } catch (error) {
              if (isAboutRow(error)) end.countFailure(row.line);
              throw error;
            }
          },
          scopeOfRows([row]),
        );
      } catch (error) {
        if (isAboutRow(error)) return fail(row, error);
        throw error;
      }
    },
    together: async (rows) => {
      try {
        return await store.write(async (tx) => {
          if (end.isOver()) throw new NotBegun();
          await proveLease(tx);
          const here = rowWrite(deps, tx);
          const done: BatchRow[] = [];
          for (const row of rows) done.push(await runner.act(here, row));
          return done;
        }, scopeOfRows(rows));
      } catch (error) {
        // They may be done, and one without a key would be done once more.
        if (isRefusal(error, 'COMMIT_IN_DOUBT')) throw error;
        return null;
      }
    },
  };
};
