import { describe, expect, it } from 'vitest';
import { breakerNow, DEFAULT_BREAKER } from '../../../core/peers/breaker.ts';
import { IDLE, workRow } from '../../../core/ports/contract/samples.contract.ts';
import { START } from '../../../core/ports/cursor.ts';
import { META, usePlace } from '../../../testing/store/place.fixture.ts';
import { hashOfRow } from '../sql/event-row.ts';

const place = usePlace();
const ID = 'ORD-000001';
const WORDS = 'no complete answer within 5000 ms';

/** As a program before the codes wrote them: an event of schema 1, a lane and a breaker with their words. */
const oldDatabase = async () => {
  const store = await place.open();
  const lanes = { local: IDLE, ne: { due: 5, tries: 2, retryAt: 5, error: null }, tm: IDLE };
  const { row: breaker } = breakerNow(null, 'ne:simulated', DEFAULT_BREAKER);
  await store.write(async (tx) => {
    await tx.events.append(ID, 'none', [{ type: 'NoteAdded', data: { textId: 'T-1' } }], META);
    await tx.work.put({ ...workRow(ID), lanes });
    await tx.breakers.compareAndSet(breaker, null);
  });
  const db = place.raw(place.file());
  const [first] = await store.read((tx) => tx.events.load(ID));
  const old = {
    order_id: ID,
    version: 2,
    event_id: '01932e5b-5f00-7000-8000-000000000002',
    type: 'ServiceInDoubt',
    schema: 1,
    data: JSON.stringify({ cause: WORDS, key: `${ID}/internet.hsi#1/1` }),
    at: META.at,
    actor: META.actor,
    causation_id: null,
  };
  db.prepare(
    'insert into events (order_id, version, event_id, type, schema, data, at, actor, causation_id, hash) values (@order_id, @version, @event_id, @type, @schema, @data, @at, @actor, @causation_id, @hash)',
  ).run({ ...old, hash: hashOfRow(first?.hash ?? '', old) });
  db.prepare('update work set ne_error = ?').run(WORDS);
  db.prepare("update breakers set doc = json_set(doc, '$.lastError', ?)").run(WORDS);
  return store;
};

describe('what an older program told in words', () => {
  it('is read as it was written, and the log proves whole', async () => {
    const store = await oldDatabase();
    const asWritten = { code: 'AS_WRITTEN', text: WORDS };
    const read = await store.read(async (tx) => ({
      event: (await tx.events.load(ID)).at(-1),
      page: (await tx.events.page({ after: START, limit: 10 })).at(-1),
      work: await tx.work.get(ID),
      breaker: await tx.breakers.get('ne:simulated'),
    }));
    expect(read.event).toMatchObject({ type: 'ServiceInDoubt', schema: 1, data: { cause: asWritten } });
    expect(read.page).toEqual({ ...read.event, cursor: { epoch: 1, n: 2 } });
    expect(read.work?.lanes.ne.error).toEqual(asWritten);
    expect(read.breaker?.lastError).toEqual(asWritten);
    expect(await store.verify()).toMatchObject({ events: 2, problems: [] });
  });

  it('is followed by what is written today', async () => {
    const store = await oldDatabase();
    const cause = { code: 'NO_ANSWER', ms: 5_000 } as const;
    const data = { key: `${ID}/internet.hsi#1/1`, cause };
    await store.write((tx) => tx.events.append(ID, 2, [{ type: 'ServiceInDoubt', data }], META));
    expect((await store.read((tx) => tx.events.load(ID))).at(-1)).toMatchObject({ schema: 2, data });
    expect(await store.verify()).toMatchObject({ events: 3, problems: [] });
  });
});
