import { asideReason } from '../../core/app/engine/set-aside.ts';
import { type WorkerState, workerState } from '../../core/app/engine/worker-state.ts';
import type { Cause } from '../../core/codes/cause.ts';
import type { PaceNote } from '../../core/codes/pace-note.ts';
import type { WorkRow } from '../../core/ports/work.ts';
import { LANES, type Lane } from '../../core/rules/lanes.ts';
import { iso } from '../../core/time/iso.ts';
import type { Block } from '../../faces/cli/terminal/blocks.ts';
import { inWords } from '../../texts/coded.ts';
import { decisions } from '../../texts/en/worker.ts';
import { englishCause } from '../../texts/english-cause.ts';
import { object } from '../framework/print/result.ts';
import type { View } from '../framework/print/view.ts';
import type { CommandContext, Handler } from '../framework/run/context.ts';
import type { workerStatus } from './status.ts';

type Worker = {
  /** host, pid and process start. */
  readonly owner: string;
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
  readonly nextDueAt: string | null;
  /** Most tries first. */
  readonly failing: readonly Failing[];
  readonly simulated: boolean;
};

const MOST_FAILING = 50;
const MOST_LOOKED_AT = 1_000;

/** What nobody can read does not mend itself, however few tries it has had. */
const asideFirst = (rows: readonly WorkRow[]): readonly WorkRow[] => [
  ...rows.filter((row) => asideReason(row) !== null),
  ...rows.filter((row) => asideReason(row) === null),
];

export const run: Handler<typeof workerStatus> = async (ctx) => {
  const data = await statusOf(ctx);
  return object<WorkersStatus>({
    schema: 'oss.workers/1',
    data,
    id: String(data.workers.length),
    show: shown,
    hints: data.workers.some(({ state }) => state === 'running') ? [] : [{ command: 'worker --drain' }],
  });
};

const statusOf = async ({ services }: CommandContext): Promise<WorkersStatus> => {
  const { clock, processes } = services;
  const now = clock.now();
  const store = await services.store('read');
  const { beats, counts, failing } = await store.read(async ({ work }) => ({
    beats: await work.workers(),
    counts: await work.counts(now),
    failing: asideFirst(await work.failing(MOST_LOOKED_AT)).slice(0, MOST_FAILING),
  }));
  return {
    workers: beats.map(({ owner, startedAt, beatAt, concurrency, inFlight, stepsDone, note }) => ({
      owner,
      state: workerState({ owner, beatAt }, { now, processes }),
      startedAt: iso(startedAt),
      beatAt: iso(beatAt),
      concurrency,
      inFlight,
      done: stepsDone,
      note: note === null ? '' : inWords(decisions, note),
      noteCode: note,
    })),
    backlog: LANES.map((lane) => ({ lane, due: counts.due[lane], later: counts.later[lane] })),
    leased: counts.leased,
    nextDueAt: counts.nextDueAt === null ? null : iso(Math.max(counts.nextDueAt, now)),
    failing: failing.flatMap((row) => failingLanes(row, now)),
    simulated: await services.simulated(),
  };
};

/** What is due is due now, whenever it became so. */
const failingLanes = ({ orderId, lanes }: WorkRow, now: number): readonly Failing[] =>
  LANES.filter((lane) => lanes[lane].tries > 0).map((lane) => {
    const { tries, due, error } = lanes[lane];
    const nextAt = due === null ? null : iso(Math.max(due, now));
    return { orderId, lane, tries, nextAt, error: englishCause(error), errorCode: error };
  });

const TONES = { running: 'good', silent: 'warn', gone: 'bad' } as const;

const shown = (data: WorkersStatus, view: View): readonly Block[] => {
  const { t, time } = view;
  const { columns, states } = t.worker;
  const workers: Block = {
    kind: 'table',
    columns: [
      { title: columns.process, drop: 0 },
      { title: columns.state, drop: 0 },
      { title: columns.since, drop: 0 },
      { title: columns.jobs, drop: 3, align: 'right' },
      { title: columns.inFlight, drop: 2, align: 'right' },
      { title: columns.done, drop: 4, align: 'right' },
      { title: columns.note, drop: 1 },
    ],
    rows: data.workers.map((worker) => [
      worker.owner,
      { text: states[worker.state], tone: TONES[worker.state] },
      time(worker.startedAt),
      String(worker.concurrency),
      String(worker.inFlight),
      String(worker.done),
      worker.noteCode === null ? '' : inWords(t.worker.decisions, worker.noteCode),
    ]),
    empty: t.worker.none,
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
  return [workers, backlog, failing];
};
