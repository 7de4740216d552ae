import { once } from 'node:events';
import { createServer, request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { validateTmf } from '../../../test/tmf-validator.ts';
import {
  ACCESS_KEY,
  appointmentCreate,
  CALL_KEY,
  effectsOf,
  OFFERED,
  send,
  serviceCreate,
  type TestWorld,
  testWorld,
} from '../../testing/simulators/test-world.ts';
import type { Simulators } from './simulators.ts';

let world: TestWorld;
beforeEach(() => {
  world = testWorld();
});
afterEach(() => world.end());

const NE_URL = (simulators: Simulators): string => simulators.ne?.url ?? '';
const TM_URL = (simulators: Simulators): string => simulators.tm?.url ?? '';

/** The two effects that matter: a service that is created, a customer who is phoned. */
const WRITES = [
  {
    name: 'create',
    effect: 'create',
    key: ACCESS_KEY,
    api: 'tmf640' as const,
    definition: 'Service',
    keyField: 'name',
    send: (s: Simulators) =>
      send('POST', `${NE_URL(s)}/service`, serviceCreate(ACCESS_KEY), { 'idempotency-key': ACCESS_KEY }),
    lookUp: (s: Simulators) => send('GET', `${NE_URL(s)}/service?name=${encodeURIComponent(ACCESS_KEY)}`),
  },
  {
    name: 'call',
    effect: 'call',
    key: CALL_KEY,
    api: 'tmf646' as const,
    definition: 'Appointment',
    keyField: 'externalId',
    send: (s: Simulators) => send('POST', `${TM_URL(s)}/appointment`, appointmentCreate(CALL_KEY)),
    lookUp: (s: Simulators) =>
      send('GET', `${TM_URL(s)}/appointment?externalId=${encodeURIComponent(CALL_KEY)}`),
  },
];

const happened = (effect: string, key: string): number =>
  effectsOf(world.ledger(), key).filter((one) => one === effect).length;

const causeOf = async (sent: Promise<unknown>): Promise<string> => {
  try {
    await sent;
    return 'answered';
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    return cause instanceof Error
      ? `${cause.name} ${'code' in cause ? cause.code : ''} ${cause.message}`
      : '';
  }
};

describe.each(WRITES)('faults of a $name', (write) => {
  const { effect, key } = write;

  it.each([
    ['reset-before', 0],
    ['reset-after', 1],
  ])('%s cuts the connection: effects %i', async (fault, effects) => {
    const simulators = await world.start({ faults: [`${fault}:1@POST`] });
    expect(await causeOf(write.send(simulators))).toMatch(/ECONNRESET/);
    expect(happened(effect, key)).toBe(effects);
    expect((await write.lookUp(simulators)).json).toHaveLength(effects);
    expect((await write.send(simulators)).status).toBe(201);
    expect(happened(effect, key)).toBe(1);
  });

  it.each([
    ['timeout-before', 0],
    ['timeout-after', 1],
  ])('%s never answers: effects %i', async (fault, effects) => {
    const lines: string[] = [];
    const simulators = await world.start({ faults: [`${fault}:1@POST`], log: (line) => lines.push(line) });
    const url = key === ACCESS_KEY ? `${NE_URL(simulators)}/service` : `${TM_URL(simulators)}/appointment`;
    const body = JSON.stringify(key === ACCESS_KEY ? serviceCreate(key) : appointmentCreate(key));
    const answered: string[] = [];
    const pending = httpRequest(url, { method: 'POST', headers: { 'content-type': 'application/json' } });
    pending.on('response', () => answered.push('answer')).on('error', () => answered.push('error'));
    pending.end(body);
    await until(() => lines.length > 0);
    // The simulator has done all it will do; a second request shows that it still serves.
    expect((await write.lookUp(simulators)).json).toHaveLength(effects);
    expect(answered).toEqual([]);
    expect(happened(effect, key)).toBe(effects);
    pending.destroy();
  });

  it.each([
    ['500-before', 500, 0],
    ['500-after', 500, 1],
    ['503', 503, 0],
    ['503:30', 503, 0],
    ['429', 429, 0],
    ['429:7', 429, 0],
    ['unauthorized', 401, 0],
    ['reject:NO_FACILITY', 422, 0],
  ])('%s answers %i: effects %i', async (fault, status, effects) => {
    const simulators = await world.start({ faults: [`${fault}@POST`] });
    const reply = await write.send(simulators);
    expect(reply.status).toBe(status);
    expect(reply.json.status).toBe(String(status));
    expect(validateTmf(write.api, 'Error', reply.json)).toEqual([]);
    expect(reply.headers.get('retry-after')).toBe(fault.split(':')[1]?.match(/^\d+$/)?.[0] ?? null);
    if (status === 422) expect(reply.json.code).toBe('NO_FACILITY');
    expect(happened(effect, key)).toBe(effects);
  });

  it('redirect sends elsewhere, without effect', async () => {
    const simulators = await world.start({ faults: ['redirect@POST'] });
    const reply = await write.send(simulators);
    expect(reply.status).toBe(307);
    expect(reply.headers.get('location')).toMatch(/-moved$/);
    expect(happened(effect, key)).toBe(0);
  });

  it('late-after has its effect once, after the caller has gone', async () => {
    const simulators = await world.start({ faults: ['late-after:5000:1'] });
    expect(await causeOf(write.send(simulators))).toMatch(/ECONNRESET/);
    expect((await write.lookUp(simulators)).json).toEqual([]);
    expect(world.ledger().pending.count).toBe(1);
    world.clock.advance(5_000);
    expect((await write.lookUp(simulators)).json).toHaveLength(1);
    expect((await write.send(simulators)).status).toBe(201);
    expect(happened(effect, key)).toBe(1);
    expect(world.ledger().effects[0]?.at).toBe('2026-11-23T01:00:05.000Z');
  });

  it('late-after keeps no phone number while it waits', async () => {
    const simulators = await world.start({ faults: ['late-after:5000'] });
    await causeOf(write.send(simulators));
    const { default: Database } = await import('better-sqlite3');
    const db = new Database(world.ledgerPath, { readonly: true });
    const jobs = JSON.stringify(db.prepare('SELECT * FROM jobs').all());
    db.close();
    expect(jobs).toContain(key);
    expect(jobs).not.toContain('1234');
  });

  it('late-after is done by the next process when this one is gone', async () => {
    const first = await world.start({ faults: ['late-after:5000:1'] });
    await causeOf(write.send(first));
    await first.close();
    world.clock.advance(5_000);
    expect(happened(effect, key)).toBe(0);
    await world.start();
    expect(happened(effect, key)).toBe(1);
  });

  it('late-after is done by a timer when nobody asks', async () => {
    const simulators = await world.start({ faults: ['late-after:20:1'], now: Date.now });
    await causeOf(write.send(simulators));
    await until(() => happened(effect, key) === 1);
  });

  it.each(['garbage', 'html', 'huge', 'truncate', 'wrong-key'])(
    '%s spoils the answer, not the effect',
    async (fault) => {
      const simulators = await world.start({ faults: [`${fault}:1@POST`] });
      const sent = write.send(simulators);
      if (fault === 'truncate') {
        expect(await causeOf(sent)).toMatch(/terminated|closed|ECONNRESET/);
      } else {
        const reply = await sent;
        expect(reply.status).toBe(fault === 'html' ? 200 : 201);
        if (fault === 'garbage') expect(reply.json).toBeUndefined();
        if (fault === 'html') expect(reply.headers.get('content-type')).toMatch(/^text\/html/);
        if (fault === 'huge') {
          expect(reply.text.length).toBeGreaterThan(2 * 1024 * 1024);
          expect(reply.json[write.keyField]).toBe(key);
        }
        if (fault === 'wrong-key') {
          expect(reply.json[write.keyField]).toBe(`${key}-other`);
          expect(validateTmf(write.api, write.definition, reply.json)).toEqual([]);
        }
      }
      expect(happened(effect, key)).toBe(1);
      const found = await write.lookUp(simulators);
      expect(found.list[0]?.[write.keyField]).toBe(key);
    },
  );

  it('slow-drip sends bytes without end', async () => {
    const simulators = await world.start({ faults: ['slow-drip:1@POST'] });
    const url = key === ACCESS_KEY ? `${NE_URL(simulators)}/service` : `${TM_URL(simulators)}/appointment`;
    const aborter = new AbortController();
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(key === ACCESS_KEY ? serviceCreate(key) : appointmentCreate(key)),
      signal: aborter.signal,
    });
    const reader = response.body?.getReader();
    let bytes = 0;
    while (bytes < 20) {
      const part = await reader?.read();
      expect(part?.done).toBe(false);
      bytes += part?.value?.length ?? 0;
    }
    aborter.abort();
    expect(happened(effect, key)).toBe(1);
  });

  it('no-idempotency gives every request an effect of its own', async () => {
    const simulators = await world.start({ faults: ['no-idempotency'] });
    await write.send(simulators);
    await write.send(simulators);
    expect(happened(effect, key)).toBe(2);
    expect((await write.lookUp(simulators)).json).toHaveLength(2);
  });

  it('duplicate has the effect twice', async () => {
    const simulators = await world.start({ faults: ['duplicate:1'] });
    expect((await write.send(simulators)).status).toBe(201);
    expect(happened(effect, key)).toBe(2);
    expect((await write.lookUp(simulators)).json).toHaveLength(2);
  });

  it('no-lookup cannot look up by key, and can all the rest', async () => {
    const simulators = await world.start({ faults: ['no-lookup'] });
    const { json } = await write.send(simulators);
    expect((await write.lookUp(simulators)).status).toBe(501);
    const base = key === ACCESS_KEY ? `${NE_URL(simulators)}/service` : `${TM_URL(simulators)}/appointment`;
    expect((await send('GET', `${base}/${json.id}`)).status).toBe(200);
    expect((await send('GET', base)).json).toHaveLength(1);
  });

  it('ignore-filter answers with everything', async () => {
    const simulators = await world.start({ faults: ['ignore-filter'] });
    await send('POST', `${NE_URL(simulators)}/service`, serviceCreate('ORD-000009/access.gpon#1/1'));
    await send('POST', `${TM_URL(simulators)}/appointment`, appointmentCreate('ORD-000009/call#1'));
    const found = await write.lookUp(simulators);
    expect(found.json).toHaveLength(1);
    expect(found.list[0]?.[write.keyField]).not.toBe(key);
  });

  it('refuse closes the port until the rule is taken back', async () => {
    const simulators = await world.start({ faults: ['refuse'] });
    expect(await causeOf(write.send(simulators))).toMatch(/ECONNREFUSED/);
    for (const simulator of [simulators.ne, simulators.tm]) {
      simulator?.faults.remove('refuse');
      await simulator?.settled();
    }
    expect((await write.send(simulators)).status).toBe(201);
    expect(happened(effect, key)).toBe(1);
  });
});

describe('faults of the NE alone', () => {
  const create = (s: Simulators, suffix = '') =>
    send('POST', `${NE_URL(s)}/service`, serviceCreate(ACCESS_KEY), {
      'idempotency-key': `${ACCESS_KEY}${suffix}`,
    });
  const lookUp = (s: Simulators) =>
    send('GET', `${NE_URL(s)}/service?name=${encodeURIComponent(ACCESS_KEY)}`);
  const monitor = (s: Simulators) => send('GET', `${NE_URL(s)}/monitor/MON-000001`);

  it('202 answers with a monitor, and has its effect when that ends', async () => {
    const simulators = await world.start({ faults: ['202:3000'] });
    const accepted = await create(simulators);
    expect(accepted.status).toBe(202);
    expect(accepted.headers.get('location')).toMatch(/\/monitor\/MON-000001$/);
    expect(validateTmf('tmf640', 'Monitor', accepted.json)).toEqual([]);
    expect(accepted.json.state).toBe('InProgress');
    expect((await create(simulators)).json.id).toBe('MON-000001');
    expect((await lookUp(simulators)).json).toEqual([]);
    expect(effectsOf(world.ledger(), ACCESS_KEY)).toEqual([]);
    world.clock.advance(3_000);
    const ended = await monitor(simulators);
    expect(validateTmf('tmf640', 'Monitor', ended.json)).toEqual([]);
    expect(ended.json).toMatchObject({ state: 'Completed', response: { statusCode: '201' } });
    expect(JSON.parse(ended.json.response.body)).toEqual((await lookUp(simulators)).list[0]);
    expect((await create(simulators)).status).toBe(201);
    expect(effectsOf(world.ledger(), ACCESS_KEY)).toEqual(['create']);
  });

  it('monitor-error ends in error without effect, and a new attempt may succeed', async () => {
    const simulators = await world.start({ faults: ['monitor-error:ONT_NOT_SEEN:1'] });
    expect((await create(simulators)).status).toBe(202);
    world.clock.advance(1_000);
    const ended = await monitor(simulators);
    expect(validateTmf('tmf640', 'Monitor', ended.json)).toEqual([]);
    expect(ended.json).toMatchObject({ state: 'InError', response: { statusCode: '422' } });
    expect(JSON.parse(ended.json.response.body).code).toBe('ONT_NOT_SEEN');
    expect((await lookUp(simulators)).json).toEqual([]);
    expect((await create(simulators)).status).toBe(422);
    expect((await create(simulators, '~2')).status).toBe(201);
    expect(effectsOf(world.ledger(), ACCESS_KEY)).toEqual(['create']);
  });

  it('reject refuses the same attempt again and lets a new one through', async () => {
    const simulators = await world.start({ faults: ['reject:NO_PORT:1'] });
    expect((await create(simulators)).json.code).toBe('NO_PORT');
    expect((await create(simulators)).json.code).toBe('NO_PORT');
    expect((await create(simulators, '~2')).status).toBe(201);
  });

  it('reject does not undo what the key has already', async () => {
    const simulators = await world.start();
    await create(simulators);
    simulators.ne?.faults.add('reject:NO_PORT');
    expect((await create(simulators)).status).toBe(201);
  });

  it('revert-fails fails the first reverts of each service', async () => {
    const simulators = await world.start({ faults: ['revert-fails:2'] });
    await create(simulators);
    const revert = () => send('PATCH', `${NE_URL(simulators)}/service/NE-000001`, { state: 'terminated' });
    expect([(await revert()).status, (await revert()).status, (await revert()).status]).toEqual([
      500, 500, 200,
    ]);
    expect(effectsOf(world.ledger(), ACCESS_KEY)).toEqual(['create', 'terminate']);
  });

  it.each([
    ['reset-before', 'active'],
    ['reset-after', 'terminated'],
    ['500-before', 'active'],
    ['500-after', 'terminated'],
    ['reject:LOCKED', 'active'],
  ])('%s of a revert leaves the service %s', async (fault, state) => {
    const simulators = await world.start({ faults: [`${fault}@PATCH`] });
    await create(simulators);
    await causeOf(send('PATCH', `${NE_URL(simulators)}/service/NE-000001`, { state: 'terminated' }));
    expect(world.ledger().services[0]?.state).toBe(state);
  });

  it('late-after of a revert terminates later', async () => {
    const simulators = await world.start({ faults: ['late-after:1000@PATCH'] });
    await create(simulators);
    await causeOf(send('PATCH', `${NE_URL(simulators)}/service/NE-000001`, { state: 'terminated' }));
    expect((await lookUp(simulators)).list[0]?.state).toBe('active');
    world.clock.advance(1_000);
    expect((await lookUp(simulators)).list[0]?.state).toBe('terminated');
  });
});

describe('faults of the desk alone', () => {
  it('answer says what the customer says, also when the call takes its time', async () => {
    const simulators = await world.start({ faults: ['answer:busy:1'], callMs: 1_000 });
    const call = (key: string) => send('POST', `${TM_URL(simulators)}/appointment`, appointmentCreate(key));
    await call(CALL_KEY);
    await call('ORD-000002/call#1');
    world.clock.advance(1_000);
    await send('GET', `${TM_URL(simulators)}/appointment`);
    expect(world.ledger().calls.map(({ outcome }) => outcome)).toEqual(['BUSY', 'AGREED']);
  });

  it('500-after of a change has changed it', async () => {
    const simulators = await world.start({ faults: ['500-after@PATCH'] });
    await send('POST', `${TM_URL(simulators)}/appointment`, appointmentCreate(CALL_KEY));
    const body = { validFor: OFFERED, status: 'cancelled' };
    expect((await send('PATCH', `${TM_URL(simulators)}/appointment/APT-000001`, body)).status).toBe(500);
    expect(world.ledger().appointments).toMatchObject([{ status: 'cancelled' }]);
  });
});

describe('how rules are counted', () => {
  const create = (s: Simulators, n: number) =>
    send('POST', `${NE_URL(s)}/service`, serviceCreate(`ORD-00000${n}/access.gpon#1/1`));

  it('a count goes on in the next process, and begins anew when that is asked for', async () => {
    const faults = ['500-before:2'];
    const first = await world.start({ which: 'ne', faults });
    expect((await create(first, 1)).status).toBe(500);
    await first.close();
    const second = await world.start({ which: 'ne', faults });
    expect((await create(second, 2)).status).toBe(500);
    expect((await create(second, 3)).status).toBe(201);
    const fresh = await world.start({ which: 'ne', faults, freshFaults: true });
    expect((await create(fresh, 4)).status).toBe(500);
  });

  it('the same seed meets the same faults', async () => {
    const run = async (seed: number) => {
      const other = testWorld();
      const simulators = await other.start({ which: 'ne', seed, faults: ['500-before:0.5'] });
      const statuses: number[] = [];
      for (let n = 0; n < 20; n++) statuses.push((await create(simulators, n)).status);
      await other.end();
      return statuses;
    };
    const first = await run(3);
    expect(new Set(first)).toEqual(new Set([201, 500]));
    expect(await run(3)).toEqual(first);
    expect(await run(4)).not.toEqual(first);
  });
});

describe('a closed port', () => {
  const opens = (port: number): Promise<boolean> =>
    new Promise((resolve) => {
      const socket = connect(port, '127.0.0.1');
      socket.on('connect', () => resolve(true)).on('error', () => resolve(false));
      socket.on('connect', () => socket.destroy());
    });

  it('opens again by itself after the given ms', async () => {
    const { ne } = await world.start({ which: 'ne' });
    // Far longer than the look after it takes.
    ne?.faults.add('refuse:3000');
    await ne?.settled();
    expect(await opens(ne?.port ?? 0)).toBe(false);
    await until(() => opens(ne?.port ?? 0));
    expect((await send('GET', `${ne?.origin}/`)).status).toBe(200);
  });

  it('opens again when somebody else had taken it in between', async () => {
    const { ne } = await world.start({ which: 'ne' });
    ne?.faults.add('refuse');
    await ne?.settled();
    const other = createServer().listen(ne?.port, '127.0.0.1');
    await once(other, 'listening');
    ne?.faults.remove();
    await ne?.settled();
    other.close();
    await until(() => opens(ne?.port ?? 0));
    expect((await send('GET', `${ne?.origin}/`)).json.simulator).toBe('ne');
  });
});

/** Asks until it is so. */
const until = async (so: () => boolean | Promise<boolean>): Promise<void> => {
  while (!(await so())) await new Promise((resolve) => setTimeout(resolve, 5));
};
