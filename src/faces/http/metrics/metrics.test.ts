import { afterEach, expect, test } from 'vitest';
import { closeHouses, testHouse } from '../../../testing/http/test-house.ts';
import { METRICS } from '../routes/metrics.ts';
import { metricsText } from './prometheus.ts';
import { requestFigures } from './requests.ts';

afterEach(closeHouses);

test('labels are written so that nothing in them ends them', () => {
  const text = metricsText([
    { name: 'a', help: 'b.', type: 'gauge', samples: [{ labels: { c: 'x"y\\z\n' }, value: 1.5 }] },
    { name: 'empty', help: 'none.', type: 'gauge', samples: [] },
  ]);
  expect(text).toBe('# HELP a b.\n# TYPE a gauge\na{c="x\\"y\\\\z\\n"} 1.5\n');
});

test('requests are counted by route, and their times add up from bucket to bucket', () => {
  const figures = requestFigures();
  const one = { method: 'GET', route: '/orders/:id', status: 200, tokenId: null, traceparent: null };
  for (const ms of [1, 30, 20_000]) figures.add({ ...one, ms });
  figures.add({ ...one, route: null, status: 404, ms: 1 });
  const lines = metricsText([figures.metric()]).split('\n');
  const labels = 'route="/orders/:id",method="GET",status="2xx"';
  const name = 'oss_http_request_duration_seconds';
  expect(lines).toContain(`${name}_bucket{${labels},le="0.005"} 1`);
  expect(lines).toContain(`${name}_bucket{${labels},le="0.05"} 2`);
  expect(lines).toContain(`${name}_bucket{${labels},le="10"} 2`);
  expect(lines).toContain(`${name}_bucket{${labels},le="+Inf"} 3`);
  expect(lines).toContain(`${name}_sum{${labels}} 20.031`);
  expect(lines).toContain(`${name}_count{route="none",method="any",status="4xx"} 1`);
});

test('a monitor reads how the operation stands; a technician does not', async () => {
  const { origin, store } = await testHouse([METRICS]);
  await store.write((tx) =>
    tx.technicians.put({
      technicianId: 'T-01',
      name: '이준호',
      phone: '010-1111-2222',
      skills: ['internet'],
      areas: ['마포구'],
      hours: {},
      dailyLimit: 5,
      daysOff: [],
      active: true,
    } as never),
  );
  const ask = (token: string) =>
    fetch(`${origin}/metrics`, { headers: { authorization: `Bearer ${token}` } });
  const answer = await ask('t-noc');
  expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
  const text = await answer.text();
  expect(text).toContain('oss_orders{stage="placed"} 2\n');
  expect(text).toContain('oss_work_due{lane="ne"} 1\n');
  expect(text).toContain('oss_breaker_state{peer="ne",state="open"} 1\n');
  expect(text).toMatch(/^process_resident_memory_bytes \d+$/m);
  expect((await ask('t-technician')).status).toBe(403);
});
