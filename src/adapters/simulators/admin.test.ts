import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  ACCESS_KEY,
  appointmentCreate,
  CALL_KEY,
  send,
  serviceCreate,
  type TestWorld,
  testWorld,
} from '../../testing/simulators/test-world.ts';

let world: TestWorld;
beforeEach(() => {
  world = testWorld();
});
afterEach(() => world.end());

const started = async (options: Parameters<TestWorld['start']>[0] = {}) => {
  const { ne, tm, adminToken } = await world.start(options);
  if (ne === null || tm === null) throw new Error('both were asked for');
  return { ne, tm, token: { 'x-admin-token': adminToken } };
};

describe('administration of a simulator', () => {
  it('reads the ledger without a token', async () => {
    const { ne, tm } = await started();
    await send('POST', `${ne.url}/service`, serviceCreate(ACCESS_KEY));
    await send('POST', `${tm.url}/appointment`, appointmentCreate(CALL_KEY));
    const read = await send('GET', `${tm.origin}/admin/ledger`);
    expect(read.json).toEqual(world.ledger());
    expect(read.json.services).toHaveLength(1);
    expect(read.json.calls).toHaveLength(1);
  });

  it.each(['GET', 'POST', 'DELETE'])('refuses %s of the faults without the token', async (method) => {
    const { ne, token } = await started();
    const url = `${ne.origin}/admin/faults`;
    for (const given of ['', 'x'.repeat(token['x-admin-token'].length)]) {
      const refused = await send(method, url, method === 'POST' ? { fault: 'html' } : undefined, {
        'x-admin-token': given,
      });
      expect(refused.status).toBe(401);
    }
    expect((await send('POST', `${ne.url}/service`, serviceCreate(ACCESS_KEY))).status).toBe(201);
  });

  it('sets faults at run time, tells how often they struck, and takes them back', async () => {
    const { ne, token } = await started();
    const url = `${ne.origin}/admin/faults`;
    const create = () => send('POST', `${ne.url}/service`, serviceCreate(ACCESS_KEY));
    const added = await send('POST', url, { faults: ['500-before:1@POST', 'html@GET'] }, token);
    expect(added.json).toEqual({
      faults: [{ fault: '500-before:1@POST', used: 0, of: 1 }, { fault: 'html@GET' }],
    });
    expect([(await create()).status, (await create()).status]).toEqual([500, 201]);
    const listed = await send('GET', url, undefined, token);
    expect(listed.json.faults[0]).toEqual({ fault: '500-before:1@POST', used: 1, of: 1 });
    // Adding a rule again gives it its full count again.
    await send('POST', url, { fault: '500-before:1@POST' }, token);
    expect((await create()).status).toBe(500);
    const rule = encodeURIComponent('500-before:1@POST');
    expect((await send('DELETE', `${url}?rule=${rule}`, undefined, token)).json.faults).toHaveLength(1);
    expect((await send('DELETE', url, undefined, token)).json.faults).toEqual([]);
    expect((await send('GET', `${ne.url}/service`)).headers.get('content-type')).toBe('application/json');
  });

  it('refuses what is no rule, and then sets none', async () => {
    const { ne, token } = await started();
    const url = `${ne.origin}/admin/faults`;
    for (const body of [{}, { fault: 1 }, { faults: ['html', 'explode'] }, { fault: 'refuse' }, []]) {
      expect((await send('POST', url, body, token)).status).toBe(400);
    }
    expect((await send('PUT', url, {}, token)).status).toBe(405);
    expect((await send('GET', url, undefined, token)).json.faults).toEqual([]);
  });

  it('leaves a rule to the peer that it names', async () => {
    const { ne, tm } = await started({ faults: ['unauthorized@tm'] });
    expect((await send('GET', `${ne.url}/service`)).status).toBe(200);
    expect((await send('GET', `${tm.url}/appointment`)).status).toBe(401);
  });

  it('is never struck by a fault itself', async () => {
    const { ne } = await started({ faults: ['reset-before'] });
    expect((await send('GET', `${ne.origin}/`)).status).toBe(200);
    expect((await send('GET', `${ne.origin}/admin/ledger`)).status).toBe(200);
  });
});

describe('starting a simulator', () => {
  it('says one line for every request, with the faults that struck', async () => {
    const lines: string[] = [];
    const { ne } = await started({ faults: ['500-after:1@POST'], log: (line) => lines.push(line) });
    await send('POST', `${ne.url}/service`, serviceCreate(ACCESS_KEY));
    await send('GET', `${ne.url}/service?name=${encodeURIComponent(ACCESS_KEY)}`);
    expect(lines).toEqual([
      `ne POST /service create ${ACCESS_KEY} 201 fault 500-after:1@POST`,
      `ne GET /service lookup ${ACCESS_KEY} 200`,
    ]);
  });

  it('refuses a fault rule over HTTP in words', async () => {
    const { ne } = await started();
    const refused = await fetch(`${ne.origin}/admin/faults`, {
      method: 'POST',
      headers: { 'X-Admin-Token': ne.adminToken, 'Content-Type': 'application/json' },
      body: JSON.stringify({ fault: 'explode' }),
    });
    expect(refused.status).toBe(400);
    expect(await refused.json()).toMatchObject({
      code: 'BAD_VALUE',
      message: expect.stringMatching(
        /^fault cannot be "explode": expected a fault: [^{}]*reset-before[^{}]*$/,
      ),
    });
  });

  it('refuses a fault rule that is none', async () => {
    await expect(started({ faults: ['explode'] })).rejects.toMatchObject({ code: 'BAD_VALUE' });
  });

  it('refuses a port that is taken', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    await expect(started({ ports: { ne: port } })).rejects.toMatchObject({
      code: 'BAD_VALUE',
      detail: { flag: '--port', value: String(port) },
    });
    server.close();
  });

  it('refuses a file that is somebody else’s database', async () => {
    const { default: Database } = await import('better-sqlite3');
    const other = new Database(world.ledgerPath);
    other.exec('CREATE TABLE mine (x)');
    other.close();
    await expect(started()).rejects.toThrow(/not a simulator's ledger/);
  });

  it('takes its time when told to', async () => {
    const { ne } = await started({ latencyMs: 60 });
    const before = performance.now();
    await send('GET', `${ne.url}/service`);
    expect(performance.now() - before).toBeGreaterThan(55);
  });
});
