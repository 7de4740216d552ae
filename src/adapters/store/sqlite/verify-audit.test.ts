import { describe, expect, it } from 'vitest';
import type { AuditEntry } from '../../../core/ports/audit.ts';
import { asIntruder } from '../../../testing/store/as-intruder.ts';
import { usePlace } from '../../../testing/store/place.fixture.ts';
import { chainedFrom, type StoredAudit } from '../sql/audit-chain.ts';
import type { SqliteStore } from './open-store.ts';

const place = usePlace();

const entry = (subject: string): AuditEntry => ({
  at: '2024-01-01T00:00:00.000Z',
  actor: 'cs:kim',
  action: 'pii.read',
  subject,
  detail: {},
});

/** Four rows of one machine, two of another. */
const filled = async (): Promise<SqliteStore> => {
  for (const host of ['desk-1', 'desk-2', 'desk-1']) {
    const store = await place.open({ origin: () => ({ host, osUser: 'kim' }) });
    await store.write(async (tx) => {
      for (const subject of ['A', 'B']) await tx.audit.add(entry(subject));
    });
    await store.close();
  }
  return place.open();
};

const vandalise = (sql: string): void => asIntruder(place.raw(place.file()), sql);
const problemsOf = async (store: SqliteStore) =>
  (await store.verify()).problems.map(({ problem }) => problem);

describe('the chains of the audit', () => {
  it('are whole as they were written, and say where they end', async () => {
    const { problems, audit } = await (await filled()).verify();
    expect(problems).toEqual([]);
    expect(audit).toMatchObject([
      { host: 'desk-1', seq: 4 },
      { host: 'desk-2', seq: 2 },
    ]);
  });

  it.each([
    ["at = '2024-02-01T00:00:00.000Z'"],
    ["actor = 'cs:lee'"],
    ["action = 'denied'"],
    ["subject = 'C'"],
    [`detail = '{"n":1}'`],
    [`order_ids = '["ORD-000001"]'`],
    [`customer_ids = '["CUS-000001"]'`],
    ["purpose = 'x'"],
    ["face = 'page'"],
    ["client = '10.0.0.1'"],
    ["os_user = 'lee'"],
  ])('find a row in which somebody set %s', async (change) => {
    const store = await filled();
    vandalise(`update audit set ${change} where host = 'desk-1' and seq = 2`);
    expect(await problemsOf(store)).toEqual(['audit-hash: desk-1 #2']);
  });

  it('find a row that was removed, or given to another machine', async () => {
    const store = await filled();
    vandalise("delete from audit where host = 'desk-1' and seq = 2");
    expect(await problemsOf(store)).toEqual(['audit-gap: desk-1 #3']);
    vandalise("update audit set host = 'desk-3' where host = 'desk-2' and seq = 2");
    expect(await problemsOf(store)).toEqual(['audit-gap: desk-1 #3', 'audit-gap: desk-3 #2']);
  });

  it('go on over an anchor that stands for what was taken away, and find one that stands for what was not', async () => {
    const store = await filled();
    const db = place.raw(place.file());
    db.exec(
      "insert into audit_anchors select host, 1, 2, hash, '2026-01-01T00:00:00.000Z', '' from audit where host = 'desk-1' and seq = 2",
    );
    expect(await problemsOf(store)).toEqual(['audit-anchor: desk-1 #1']);
    db.exec("delete from audit where host = 'desk-1' and seq <= 2");
    expect(await problemsOf(store)).toEqual([]);
    await store.write((tx) => tx.audit.add(entry('C')));
    expect(await problemsOf(store)).toEqual([]);
  });

  it('begin where the oldest one ends, which is of no machine', async () => {
    const store = await filled();
    const oldest = { ...entry('OLD'), host: '', seq: 1, order_ids: '[]', customer_ids: '[]', purpose: null };
    const row = { ...oldest, detail: '{}', face: '', client: null, os_user: '' };
    place
      .raw(place.file())
      .prepare("insert into audit values (null, '', 1, ?, ?, ?, ?, '{}', '[]', '[]', null, '', null, '', ?)")
      .run(
        row.at,
        row.actor,
        row.action,
        row.subject,
        chainedFrom('', row satisfies Omit<StoredAudit, 'id' | 'hash'>),
      );
    expect(await problemsOf(store)).toEqual(['audit-hash: desk-1 #1', 'audit-hash: desk-2 #1']);
  });
});
