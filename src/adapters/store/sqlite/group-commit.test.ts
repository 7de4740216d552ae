import { describe, expect, it } from 'vitest';
import type { Tx } from '../../../core/ports/store.ts';
import { append, note, orderId, usePlace } from '../../../testing/store/place.fixture.ts';
import { connect } from './connect.ts';
import { type GroupCommit, groupCommit } from './group-commit.ts';
import { type Handle, handle } from './handle.ts';

const place = usePlace();
const ids = { uuid: () => crypto.randomUUID() };

type Faults = {
  readonly begin?: () => void;
  readonly commit?: () => void;
  readonly rollback?: () => void;
};

/** A group commit on a real database that notes what it does to it, and fails where `faults` says so. */
const watched = async (faults: Faults = {}, busyTimeoutMs = 1_000) => {
  await (await place.open()).close();
  const db = connect(place.file(), { readonly: false, timeoutMs: 0 });
  place.later(() => db.close());
  const log: string[] = [];
  const real = handle(db, { path: place.file(), ids });
  const { connection } = real;
  const noted = (name: string, act: () => void) => () => {
    act();
    log.push(name);
  };
  const writer: Handle = {
    ...real,
    connection: {
      ...connection,
      begin: (mode) => {
        faults.begin?.();
        connection.begin(mode);
        log.push('begin');
      },
      commit: noted('commit', () => {
        faults.commit?.();
        connection.commit();
      }),
      rollback: noted('rollback', () => {
        connection.rollback();
        faults.rollback?.();
      }),
      savepoint: noted('savepoint', connection.savepoint),
      rollbackToSavepoint: noted('undo', connection.rollbackToSavepoint),
    },
  };
  // Stands still: a busy machine ends no group. Some tests let it go on.
  let ms = 0;
  const passes = (more: number): void => {
    ms += more;
  };
  const options = { path: place.file(), busyTimeoutMs, assertSameFiles: () => {}, monotonic: () => ms };
  return { db, log, passes, writes: groupCommit(writer, options) };
};

const write = <T>(writes: GroupCommit, work: (tx: Tx) => Promise<T>) =>
  writes.add(work, { rehearsal: false });
const one = (n: number) => (tx: Tx) => append(tx, orderId(n), note('T'));
const sqliteError = (code: string): Error =>
  Object.assign(new Error('told to fail'), { name: 'SqliteError', code });
const eventsIn = (db: ReturnType<typeof connect>): unknown =>
  db.prepare('select count(*) from events').pluck().get();

describe('group commit', () => {
  it('a write that is alone is one plain transaction', async () => {
    const { log, writes } = await watched();
    await write(writes, one(1));
    expect(log).toEqual(['begin', 'commit']);
  });

  it('writes that wait share one transaction', async () => {
    const { db, log, writes } = await watched();
    await Promise.all(Array.from({ length: 10 }, (_, i) => write(writes, one(i))));
    expect(log).toEqual(['begin', ...Array.from({ length: 9 }, () => 'savepoint'), 'commit']);
    expect(eventsIn(db)).toBe(10);
  });

  it('no more than 256 share one', async () => {
    const { log, writes } = await watched();
    await Promise.all(Array.from({ length: 300 }, () => write(writes, async () => undefined)));
    expect(log.filter((name) => name === 'commit').length).toBeGreaterThanOrEqual(2);
    expect(log.slice(0, log.indexOf('commit')).length).toBeLessThanOrEqual(256);
  });

  it('a group that has run for 20 ms is committed, others wait or not', async () => {
    const { log, passes, writes } = await watched();
    const slow = async (): Promise<void> => passes(8);
    await Promise.all(Array.from({ length: 8 }, () => write(writes, slow)));
    // Three of 8 ms are more than 20.
    const group = ['begin', 'savepoint', 'savepoint', 'commit'];
    expect(log).toEqual([...group, ...group, 'begin', 'savepoint', 'commit']);
  });

  it('nobody is answered before the commit, not even with an error', async () => {
    const { log, writes } = await watched();
    const told: string[] = [];
    const tell = (name: string) => () => told.push(`${name} after ${log.at(-1)}`);
    await Promise.all([
      write(writes, one(1)).then(tell('first')),
      write(writes, async () => {
        throw new Error('no');
      }).catch(tell('error')),
      write(writes, one(2)).then(tell('last')),
    ]);
    expect(told).toEqual(['first after commit', 'error after commit', 'last after commit']);
  });

  it.each([0, 1, 2])('what number %i throws undoes only its own', async (failing) => {
    const { db, writes } = await watched();
    const results = await Promise.allSettled(
      [0, 1, 2].map((n) =>
        write(writes, async (tx) => {
          await append(tx, orderId(n + 1), note('T'));
          if (n === failing) throw new Error('no');
        }),
      ),
    );
    expect(results.map(({ status }) => status)).toEqual(
      [0, 1, 2].map((n) => (n === failing ? 'rejected' : 'fulfilled')),
    );
    expect(eventsIn(db)).toBe(2);
  });

  it('a commit that fails fails all of them, also the one that had thrown by itself, and keeps nothing', async () => {
    let failures = 1;
    const { db, writes } = await watched({
      commit: () => {
        failures -= 1;
        if (failures === 0) throw sqliteError('SQLITE_FULL');
      },
    });
    const results = await Promise.allSettled([
      write(writes, one(1)),
      write(writes, async () => {
        throw new Error('mine');
      }),
      write(writes, one(2)),
    ]);
    for (const result of results) {
      expect(result).toMatchObject({ status: 'rejected', reason: { code: 'DISK_FULL' } });
    }
    expect(eventsIn(db)).toBe(0);
    await write(writes, one(3));
    expect(eventsIn(db)).toBe(1);
  });

  it('a disk that fills up in the middle fails the group, also when the error is caught, and resumes', async () => {
    const { db, writes } = await watched();
    const pages = Number(db.pragma('page_count', { simple: true }));
    db.pragma(`max_page_count = ${pages + 3}`);
    const fill = async (tx: Tx): Promise<void> => {
      const text = 'x'.repeat(100_000);
      await tx.vault.putText('T1', orderId(1), text).catch(() => undefined);
    };
    const results = await Promise.allSettled([
      write(writes, one(1)),
      write(writes, fill),
      write(writes, one(2)),
    ]);
    expect(results.slice(0, 2)).toMatchObject([
      { status: 'rejected', reason: { code: 'DISK_FULL' } },
      { status: 'rejected', reason: { code: 'DISK_FULL' } },
    ]);
    // The third was still waiting: it is written in the next transaction.
    expect(results[2]).toMatchObject({ status: 'fulfilled' });
    expect(eventsIn(db)).toBe(1);
    db.pragma('max_page_count = 1073741823');
    await write(writes, fill);
    expect(db.prepare('select count(*) from texts').pluck().get()).toBe(1);
  });

  it('is refused when another process writes for too long', async () => {
    const { writes } = await watched({}, 40);
    const other = place.raw(place.file());
    other.exec('begin immediate');
    const refused = await Promise.allSettled([write(writes, one(1)), write(writes, one(2))]);
    for (const result of refused) {
      expect(result).toMatchObject({ status: 'rejected', reason: { code: 'DATABASE_BUSY' } });
    }
    other.exec('commit');
    await write(writes, one(3));
  });

  it('waits for another process, and goes on when that has ended', async () => {
    const { writes } = await watched({}, 60_000);
    const other = place.raw(place.file());
    other.exec('begin immediate');
    const waiting = write(writes, one(1));
    setTimeout(() => other.exec('commit'), 5);
    await waiting;
  });

  it('an error at begin that is not busy fails those that wait, and only those', async () => {
    let broken = true;
    const { writes } = await watched({
      begin: () => {
        if (broken) throw sqliteError('SQLITE_PERM');
      },
    });
    const results = await Promise.allSettled([write(writes, one(1)), write(writes, one(2))]);
    for (const result of results) {
      expect(result).toMatchObject({ status: 'rejected', reason: { code: 'DATABASE_READONLY' } });
    }
    broken = false;
    await write(writes, one(3));
  });

  it('answers everybody even when the connection breaks', async () => {
    const { writes } = await watched({
      rollback: () => {
        throw sqliteError('SQLITE_IOERR');
      },
    });
    const results = await Promise.allSettled([
      write(writes, async () => {
        throw sqliteError('SQLITE_IOERR_WRITE');
      }),
      writes.add(one(1), { rehearsal: true }),
      write(writes, one(2)),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
  });

  it('a rehearsal is alone in its transaction and is rolled back', async () => {
    const { db, log, writes } = await watched();
    await Promise.all([
      write(writes, one(1)),
      writes.add(one(2), { rehearsal: true }),
      write(writes, one(3)),
    ]);
    expect(log).toEqual(['begin', 'commit', 'begin', 'rollback', 'begin', 'commit']);
    expect(eventsIn(db)).toBe(2);
  });

  it('timers get their turn while writes follow each other without end', async () => {
    const { writes } = await watched();
    let fired = false;
    setTimeout(() => {
      fired = true;
    }, 1);
    let count = 0;
    while (!fired && count < 100_000) {
      await write(writes, async () => undefined);
      count += 1;
    }
    expect(fired).toBe(true);
  });
});
