import type { WorkerResult } from '../../core/app/worker/run-worker.ts';
import { Refusal } from '../../core/rules/refusal.ts';
import { iso } from '../../core/time/iso.ts';
import { tone } from '../../faces/cli/terminal/blocks.ts';
import { object } from '../framework/print/result.ts';
import type { CommandContext, Handler } from '../framework/run/context.ts';
import { EXIT } from '../framework/run/exit-codes.ts';
import type { worker, workerRun } from './run.ts';
import { workHere } from './work-here.ts';

const DEFAULT_WAIT_MS = 60_000;

/** An item of `oss.drain/1`. */
export type Drained = {
  /** Orders that were brought as far as they come without people and later days. */
  readonly done: number;
  readonly waiting: number;
  readonly held: number;
  readonly nextDueAt: string | null;
  readonly simulated: boolean;
};

export const run: Handler<typeof worker | typeof workerRun> = async (ctx, { flags }) => {
  const { services, t } = ctx;
  if (flags.wait !== undefined && !flags.drain) {
    throw new Refusal('USAGE', {
      fault: { code: 'GOES_WITH', flag: '--wait', partner: '--drain' },
      example: 'worker --drain --wait 5m',
    });
  }
  const { done, waiting, held, nextDueAt, closed } = await workHere(ctx, {
    jobs: flags.jobs,
    drain: flags.drain,
    waitMs: flags.wait ?? DEFAULT_WAIT_MS,
    signal: ctx.signal,
  });
  const data: Drained = {
    done,
    waiting,
    held,
    nextDueAt: nextDueAt === null ? null : iso(nextDueAt),
    simulated: await services.simulated(),
  };
  return object<Drained>({
    schema: 'oss.drain/1',
    data,
    id: String(data.done),
    exit: exitOf({ waiting, closed }),
    show: (shown, view) => [
      {
        kind: 'card',
        sections: [
          {
            rows: [
              [t.worker.done, String(shown.done)],
              [t.worker.waiting, shown.waiting === 0 ? '0' : tone('warn', String(shown.waiting))],
              [t.worker.held, shown.held === 0 ? '0' : tone('warn', String(shown.held))],
              [t.worker.nextDue, shown.nextDueAt === null ? t.common.none : view.time(shown.nextDueAt)],
            ],
          },
        ],
      },
    ],
    notes: [...closed].map(([lane, until]) =>
      t.worker.breakerOpen(t.changes.peers[lane], Number.isFinite(until) ? view(ctx, until) : null),
    ),
    hints: data.waiting === 0 ? [] : [{ command: 'worker status' }],
  });
};

const view = (ctx: CommandContext, at: number): string => ctx.view.clock(at);

/** 0: nothing technical is left; 75: a breaker is open; 8: work remains. */
const exitOf = ({ waiting, closed }: Pick<WorkerResult, 'waiting' | 'closed'>): number => {
  if (waiting === 0) return EXIT.done;
  return closed.size > 0 ? EXIT.tryLater : EXIT.notFinished;
};
