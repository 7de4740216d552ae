import { afterEach, expect, test } from 'vitest';
import { closeHouses } from '../../src/testing/http/test-house.ts';
import { fuzz } from './fuzz.ts';
import { guardedHouse } from './requests.ts';

afterEach(closeHouses);

test('a thousand requests of nonsense are all answered', async () => {
  const home = await guardedHouse();
  await fuzz(home, 1_000);
  expect(home.bugs).toEqual([]);
});
