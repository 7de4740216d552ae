import { noteOfText, noteToText } from '../../../core/codes/pace-note.ts';
import type { WorkerBeat, WorkQueue } from '../../../core/ports/work.ts';
import { query, type Values } from './query.ts';
import type { Session } from './session.ts';

const putBeat = query((db, p: Omit<WorkerBeat, 'note'> & { readonly note: string }) => {
  const row = {
    started_at: p.startedAt,
    beat_at: p.beatAt,
    concurrency: p.concurrency,
    in_flight: p.inFlight,
    steps_done: p.stepsDone,
    note: p.note,
  };
  return db
    .insertInto('workers')
    .values({ owner: p.owner, ...row })
    .onConflict((conflict) => conflict.column('owner').doUpdateSet(row));
});

const allBeats = query((db, _: Values) => db.selectFrom('workers').selectAll().orderBy('owner'));

const removeBeat = query((db, p: { owner: string }) => db.deleteFrom('workers').where('owner', '=', p.owner));

/** Worker processes that said they live. */
export const sqlWorkers = (session: Session): Pick<WorkQueue, 'beat' | 'workers' | 'leave'> => ({
  beat: async (worker) => {
    await session.run(putBeat, { ...worker, note: noteToText(worker.note) });
  },
  workers: async () =>
    (await session.all(allBeats, {})).map((row) => ({
      owner: row.owner,
      startedAt: row.started_at,
      beatAt: row.beat_at,
      concurrency: row.concurrency,
      inFlight: row.in_flight,
      stepsDone: row.steps_done,
      note: noteOfText(row.note),
    })),
  leave: async (owner) => {
    await session.run(removeBeat, { owner });
  },
});
