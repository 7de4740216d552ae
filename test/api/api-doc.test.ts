import { readFileSync } from 'node:fs';
import { afterEach, expect, it } from 'vitest';
import { ROUTES } from '../../src/faces/http/table.ts';
import { closeHouses, testHouse } from '../../src/testing/http/test-house.ts';
import { curlExamples } from './curl.ts';

afterEach(closeHouses);

const API = readFileSync(new URL('../../docs/api.md', import.meta.url), 'utf8');
it('the examples of docs/api.md are answered as they say, one after the other', async () => {
  const { origin, bugs } = await testHouse(ROUTES);
  const examples = curlExamples(API, { OSS: origin, TOKEN: 't-cs' });
  expect(examples.length).toBeGreaterThanOrEqual(6);
  for (const { request, status, told } of examples) {
    const { method, url, headers, body } = request;
    const answer = await fetch(url, { method, headers, ...(body === undefined ? {} : { body }) });
    const text = await answer.text();
    expect([url, answer.status]).toEqual([url, status]);
    for (const word of told) expect(text).toContain(JSON.stringify(word));
  }
  expect(bugs).toEqual([]);
});
