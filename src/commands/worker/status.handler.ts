import { isSomeRunning, type WorkerState } from '../../core/app/engine/worker-state.ts';
import { failingLanes, readWork, type Work } from '../../core/app/worker/read-work.ts';
import type { Cause } from '../../core/codes/cause.ts';
import type { PaceNote } from '../../core/codes/pace-note.ts';
import type { Lane } from '../../core/rules/lanes.ts';
import { iso } from '../../core/time/iso.ts';
import { processName } from '../../core/values/process-name.ts';
import type { Block } from '../../faces/cli/terminal/blocks.ts';
import { inWords } from '../../texts/coded.ts';
import { decisions } from '../../texts/en/worker.ts';
import { englishCause } from '../../texts/english-cause.ts';
import { actorDeps } from '../changing.ts';
import { object } from '../framework/print/result.ts';
import type { View } from '../framework/print/view.ts';
import type { Handler } from '../framework/run/context.ts';
import type { workerStatus } from './status.ts';

type Worker = {
  /** host, pid and process start. */
  readonly owner: string;
  readonly host: string;
  readonly state: WorkerState;
  readonly startedAt: string;
  readonly beatAt: string;
  readonly concurrency: number;
  readonly inFlight: number;
  readonly done: number;
  /** In English words; '': the number is fixed. */
  readonly note: string;
  readonly noteCode: PaceNote | null;
};

/** Who works on an order, and until when nobody else does. */
type InHand = {
  readonly orderId: string;
  readonly owner: string;
  readonly host: string;
  readonly leaseUntil: string;
};

type Backlog = { readonly lane: Lane; readonly due: number; readonly later: number };

type Failing = {
  readonly orderId: string;
  readonly lane: Lane;
  readonly tries: number;
  readonly nextAt: string | null;
  /** In English words. */
  readonly error: string | null;
  readonly errorCode: Cause | null;
};

/** `oss.workers/1`. */
export type WorkersStatus = {
  readonly workers: readonly Worker[];
  readonly backlog: readonly Backlog[];
  /** Orders that a process works on now. */
  readonly leased: number;
  /** The first ones of those, by process and order. */
  readonly inHand: readonly InHand[];
  readonly nextDueAt: string | null;
  /** Most tries first. */
  readonly failing: readonly Failing[];
  readonly simulated: boolean;
};

const MOST_FAILING = 50;
/** On a screen. */
const MOST_IN_HAND = 20;

export const run: Handler<typeof workerStatus> = async (ctx) => {
  const { services } = ctx;
  const work = await readWork(await actorDeps(ctx, 'read'));
  return object<WorkersStatus>({
    schema: 'oss.workers/1',
    data: toldWork(work, { now: services.clock.now(), simulated: await services.simulated() }),
    id: String(work.workers.length),
    show: shown,
    hints: isSomeRunning(work.workers) ? [] : [{ command: 'worker --drain' }],
  });
};

const moment = (at: number | null): string | null => (at === null ? null : iso(at));

/** In English words, as every figure for scripts. */
const toldWork = (
  { workers, backlog, leased, leases, nextDueAt, failing }: Work,
  { now, simulated }: { readonly now: number; readonly simulated: boolean },
): WorkersStatus => ({
  workers: workers.map(({ owner, state, startedAt, beatAt, concurrency, inFlight, stepsDone, note }) => ({
    owner,
    host: processName(owner).host,
    state,
    startedAt: iso(startedAt),
    beatAt: iso(beatAt),
    concurrency,
    inFlight,
    done: stepsDone,
    note: note === null ? '' : inWords(decisions, note),
    noteCode: note,
  })),
  backlog,
  leased,
  inHand: leases.map(({ orderId, owner, leaseUntil }) => ({
    orderId,
    owner,
    host: processName(owner).host,
    leaseUntil: iso(leaseUntil),
  })),
  nextDueAt: moment(nextDueAt),
  failing: failing
    .slice(0, MOST_FAILING)
    .flatMap((row) => failingLanes(row, now))
    .map(({ orderId, lane, tries, nextAt, error }) => ({
      orderId,
      lane,
      tries,
      nextAt: moment(nextAt),
      error: englishCause(error),
      errorCode: error,
    })),
  simulated,
});

/** A host, and the number of a process there. */
const processCells = (owner: string): readonly [string, string] => {
  const { host, pid } = processName(owner);
  return [host, pid === null ? '' : String(pid)];
};

const TONES = { running: 'good', silent: 'warn', gone: 'bad' } as const;

const shown = (data: WorkersStatus, view: View): readonly Block[] => {
  const { t, time } = view;
  const { columns, states } = t.worker;
  const workers: Block = {
    kind: 'table',
    columns: [
      { title: columns.host, drop: 0 },
      { title: columns.process, drop: 1, align: 'right' },
      { title: columns.state, drop: 0 },
      { title: columns.since, drop: 0 },
      { title: columns.jobs, drop: 4, align: 'right' },
      { title: columns.inFlight, drop: 3, align: 'right' },
      { title: columns.done, drop: 5, align: 'right' },
      { title: columns.note, drop: 2 },
    ],
    rows: data.workers.map((worker) => [
      ...processCells(worker.owner),
      { text: states[worker.state], tone: TONES[worker.state] },
      time(worker.startedAt),
      String(worker.concurrency),
      String(worker.inFlight),
      String(worker.done),
      worker.noteCode === null ? '' : inWords(t.worker.decisions, worker.noteCode),
    ]),
    empty: t.worker.none,
  };
  const inHand: Block = {
    kind: 'table',
    columns: [
      { title: t.common.columns.order, drop: 0 },
      { title: columns.host, drop: 0 },
      { title: columns.process, drop: 1, align: 'right' },
      { title: columns.until, drop: 2 },
    ],
    rows: data.inHand
      .slice(0, MOST_IN_HAND)
      .map(({ orderId, owner, leaseUntil }) => [orderId, ...processCells(owner), time(leaseUntil)]),
  };
  const backlog: Block = {
    kind: 'table',
    columns: [
      { title: columns.lane, drop: 0 },
      { title: columns.due, drop: 0, align: 'right' },
      { title: columns.later, drop: 0, align: 'right' },
    ],
    rows: data.backlog.map(({ lane, due, later }) => [t.changes.peers[lane], String(due), String(later)]),
  };
  const failing: Block = {
    kind: 'table',
    columns: [
      { title: t.common.columns.order, drop: 0 },
      { title: columns.lane, drop: 0 },
      { title: columns.tries, drop: 2, align: 'right' },
      { title: columns.next, drop: 0 },
      { title: columns.error, drop: 1 },
    ],
    rows: data.failing.map(({ orderId, lane, tries, nextAt, errorCode }) => [
      orderId,
      t.changes.peers[lane],
      String(tries),
      time(nextAt),
      errorCode === null ? '' : inWords(t.causes, errorCode),
    ]),
    empty: t.worker.noneFailing,
  };
  return [workers, ...(data.inHand.length === 0 ? [] : [inHand]), backlog, failing];
};
