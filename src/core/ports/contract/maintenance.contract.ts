import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MaintainedStore, Restoring } from '../maintenance.ts';
import { appendTo, at, note, placed, technician } from './samples.contract.ts';

/** A database of its own for one test. */
export type Maintained = {
  /** Opens it, and makes it if it is not there. */
  readonly open: () => Promise<MaintainedStore>;
  readonly restoring: Restoring;
  /** Where a file of that name may be made. */
  readonly file: (name: string) => string;
  readonly remove: () => Promise<void>;
};

const A = 'ORD-000001';
const B = 'ORD-000002';

/** What every adapter of `Maintenance` and `Restoring` must do. `make` gives a place without a database. */
export const maintenanceContract = (name: string, make: () => Promise<Maintained>): void => {
  describe(`${name} keeps the contract of maintenance`, () => {
    let place: Maintained;
    let store: MaintainedStore;
    beforeEach(async () => {
      place = await make();
      store = await place.open();
      await store.write((tx) => appendTo(tx, A, placed(), note('T1')));
      await store.write((tx) => appendTo(tx, B, placed()));
    });
    afterEach(async () => {
      await store.close();
      await place.remove();
    });

    it('says what the database is', async () => {
      const { database, bytes, orders, events, lastEventAt, engine } = await store.info();
      expect(database).toBe(store.database);
      expect(bytes).toBeGreaterThan(0);
      expect({ orders, events, lastEventAt }).toEqual({ orders: 2, events: 3, lastEventAt: at(5) });
      expect([engine.name, engine.version].every((text) => text !== '')).toBe(true);
    });

    it('finds it whole, and where the log ends', async () => {
      const verified = await store.verify();
      expect(verified).toMatchObject({ events: 3, orders: 2, problems: [], problemCount: 0 });
      const { position, digest } = await store.head();
      expect({ position, digest }).toEqual({
        position: verified.head.position,
        digest: verified.head.digest,
      });
      const kept = `${position}:${digest}`;
      await store.write((tx) => appendTo(tx, B, note('T2')));
      expect((await store.verify({ head: kept })).problems).toEqual([]);
      const forged = `${position}:${'0'.repeat(64)}`;
      expect((await store.verify({ head: forged })).problems).toMatchObject([{ problem: 'head' }]);
      expect(await store.verifyAudit()).toMatchObject({ problems: [] });
    });

    it('a backup is the beginning of what goes on, and is never written over', async () => {
      const file = place.file('backup.db');
      await store.backup(file);
      await expect(store.backup(file)).rejects.toMatchObject({ code: 'DATABASE_EXISTS', detail: { file } });
      await store.write((tx) => appendTo(tx, B, note('T2')));
      expect((await store.verify({ against: file })).problems).toEqual([]);
      expect(await place.restoring.checkBackup(file)).toEqual({ orders: 2, events: 3 });
      const gone = place.restoring.checkBackup(place.file('none.db'));
      await expect(gone).rejects.toMatchObject({ code: 'NOT_A_BACKUP' });
    });

    it('a restore gives back every event as it was, in an epoch of its own, and no number twice', async () => {
      const before = await store.read((tx) => tx.events.load(A));
      const file = place.file('backup.db');
      await store.write((tx) => tx.technicians.put(technician('T-1')));
      await store.backup(file);
      const lost = await store.write(async (tx) => {
        await appendTo(tx, A, note('lost'));
        return await tx.events.nextOrderId();
      });
      const ahead = await store.read((tx) => tx.events.head());
      await store.close();
      expect(await place.restoring.restore(file)).toMatchObject({ orders: 2, events: 3 });
      store = await place.open();
      expect(await store.read((tx) => tx.events.load(A))).toEqual(before);
      expect(await store.read((tx) => tx.technicians.get('T-1'))).toEqual(technician('T-1'));
      await store.write((tx) => appendTo(tx, B, note('T2')));
      const next = await store.read((tx) => tx.events.page({ after: ahead, limit: 10 }));
      expect(next.map(({ data }) => data)).toEqual([{ textId: 'T2' }]);
      expect((await store.write((tx) => tx.events.nextOrderId())) > lost).toBe(true);
      expect((await store.verify()).problems).toEqual([]);
    });
  });
};
