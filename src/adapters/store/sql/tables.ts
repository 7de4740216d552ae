import { readCause } from '../../../core/codes/cause.ts';
import type { Binding } from '../../../core/peers/binding.ts';
import type { BreakerRow } from '../../../core/peers/breaker-row.ts';
import type { BreakerTable } from '../../../core/ports/breakers.ts';
import type {
  KeyProof,
  KeyProofs,
  Meta,
  RequestRecord,
  Requests,
  Technicians,
} from '../../../core/ports/store.ts';
import type { Technician } from '../../../core/technicians/technician.ts';
import type { KeyMarks } from '../../../core/values/keys.ts';
import { parseDoc } from './json-column.ts';
import { KEY_MARKS, marksOfText } from './key-marks.ts';
import { keyedHash } from './keyed-hash.ts';
import { query, type Values } from './query.ts';
import type { Session } from './session.ts';

const putTechnician = query((db, p: { id: string; active: number; doc: string }) =>
  db
    .insertInto('technicians')
    .values({ technician_id: p.id, active: p.active, doc: p.doc })
    .onConflict((conflict) => conflict.column('technician_id').doUpdateSet({ active: p.active, doc: p.doc })),
);
const getTechnician = query((db, p: { id: string }) =>
  db.selectFrom('technicians').selectAll().where('technician_id', '=', p.id),
);
const allTechnicians = query((db, _: Values) =>
  db.selectFrom('technicians').selectAll().orderBy('technician_id'),
);

export const sqlTechnicians = (session: Session): Technicians => {
  const read = (row: { technician_id: string; doc: string }): Technician =>
    parseDoc<Technician>(session, ['technician', row.technician_id], row.doc);
  return {
    put: async (technician) => {
      await session.run(putTechnician, {
        id: technician.technicianId,
        active: technician.active ? 1 : 0,
        doc: JSON.stringify(technician),
      });
    },
    get: async (id) => {
      const row = await session.one(getTechnician, { id });
      return row === undefined ? null : read(row);
    },
    list: async (options) =>
      (await session.all(allTechnicians, {}))
        .filter((row) => row.active === 1 || options?.all === true)
        .map(read),
  };
};

const getRequest = query((db, p: { scope: string; key: string }) =>
  db
    .selectFrom('requests')
    .select(['order_id', 'fingerprint', 'at'])
    .where('scope', '=', p.scope)
    .where('key', '=', p.key),
);
const putRequest = query((db, p: RequestRecord & { scope: string; key: string }) => {
  const record = { order_id: p.orderId, fingerprint: p.fingerprint, at: p.at };
  return db
    .insertInto('requests')
    .values({ scope: p.scope, key: p.key, ...record })
    .onConflict((conflict) => conflict.columns(['scope', 'key']).doUpdateSet(record));
});
export const getMeta = query((db, p: { name: string }) =>
  db.selectFrom('meta').select('value').where('name', '=', p.name),
);
const putMeta = query((db, p: { name: string; value: string }) =>
  db
    .insertInto('meta')
    .values({ name: p.name, value: p.value })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: p.value })),
);

export const sqlRequests = (session: Session): Requests => {
  /** Made with the database and never changed, so it is read once. */
  let keyed: ((content: string) => string) | null = null;
  const readSecret = async (): Promise<string> => {
    const row = await session.one(getMeta, { name: 'secret' });
    if (row === undefined) throw session.damaged({ code: 'NO_SECRET' });
    return row.value;
  };
  return {
    get: async (scope, key) => {
      const row = await session.one(getRequest, { scope, key });
      return row === undefined ? null : { orderId: row.order_id, fingerprint: row.fingerprint, at: row.at };
    },
    put: async (scope, key, record) => {
      await session.run(putRequest, { scope, key, ...record });
    },
    fingerprint: async (content) => {
      keyed ??= keyedHash(await readSecret());
      return keyed(content);
    },
  };
};

/** Of a database that no program that draws marks has opened to write. */
const UNMARKED: KeyMarks = { current: null, before: [] };

export const sqlMeta = (session: Session): Meta => ({
  binding: async () => {
    const row = await session.one(getMeta, { name: 'binding' });
    return row === undefined ? null : parseDoc<Binding>(session, ['binding'], row.value);
  },
  bind: async (binding) => {
    await session.run(putMeta, { name: 'binding', value: JSON.stringify(binding) });
  },
  keyMarks: async () => {
    const row = await session.one(getMeta, { name: KEY_MARKS });
    const marks = row === undefined ? UNMARKED : marksOfText(row.value);
    if (marks === null) throw session.damaged({ code: 'NOT_AN_OBJECT', document: 'key-marks', of: '' });
    return marks;
  },
});

const getKeyProof = query((db, p: { peer: string; spec: string }) =>
  db
    .selectFrom('key_proofs')
    .select(['proven_at', 'asked_at'])
    .where('peer', '=', p.peer)
    .where('spec', '=', p.spec),
);
const putKeyProof = query((db, p: KeyProof & { peer: string; spec: string }) => {
  const proof = { proven_at: p.provenAt, asked_at: p.askedAt };
  return db
    .insertInto('key_proofs')
    .values({ peer: p.peer, spec: p.spec, ...proof })
    .onConflict((conflict) => conflict.columns(['peer', 'spec']).doUpdateSet(proof));
});

export const sqlKeyProofs = (session: Session): KeyProofs => ({
  get: async (peer, spec) => {
    const row = await session.one(getKeyProof, { peer, spec });
    return { provenAt: row?.proven_at ?? null, askedAt: row?.asked_at ?? null };
  },
  put: async (peer, spec, proof) => {
    await session.run(putKeyProof, { peer, spec, ...proof });
  },
});

const getBreaker = query((db, p: { name: string }) =>
  db.selectFrom('breakers').selectAll().where('name', '=', p.name),
);
const allBreakers = query((db, _: Values) => db.selectFrom('breakers').selectAll().orderBy('name'));
const insertBreaker = query((db, p: { name: string; gen: number; doc: string }) =>
  db
    .insertInto('breakers')
    .values({ name: p.name, gen: p.gen, doc: p.doc })
    .onConflict((conflict) => conflict.doNothing()),
);
const replaceBreaker = query((db, p: { name: string; gen: number; doc: string; expected: number }) =>
  db
    .updateTable('breakers')
    .set({ gen: p.gen, doc: p.doc })
    .where('name', '=', p.name)
    .where('gen', '=', p.expected),
);

export const sqlBreakers = (session: Session): BreakerTable => {
  const read = (row: { name: string; doc: string }): BreakerRow => {
    const stored = parseDoc<BreakerRow>(session, ['breaker', row.name], row.doc);
    // Older programs wrote what failed last in words.
    return typeof stored.lastError === 'string'
      ? { ...stored, lastError: readCause(stored.lastError) }
      : stored;
  };
  return {
    get: async (name) => {
      const row = await session.one(getBreaker, { name });
      return row === undefined ? null : read(row);
    },
    list: async () => (await session.all(allBreakers, {})).map(read),
    compareAndSet: async (row, expected) => {
      const values = { name: row.name, gen: row.gen, doc: JSON.stringify(row) };
      const changed =
        expected === null
          ? await session.run(insertBreaker, values)
          : await session.run(replaceBreaker, { ...values, expected });
      return changed === 1;
    },
  };
};
