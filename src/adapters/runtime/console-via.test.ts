import { expect, test } from 'vitest';
import { consoleVia } from './console-via.ts';

test.each([
  [{ SSH_CONNECTION: '10.1.2.3 50122 10.1.2.9 22' }, '10.1.2.3'],
  [{ SSH_CONNECTION: 'fe80::1%eth0 50122 fe80::2 22' }, 'fe80::1%eth0'],
  [{}, null],
  [{ SSH_CONNECTION: '' }, null],
  [{ SSH_CONNECTION: '\u001b[31mx 1 y 2' }, null],
])('the address of who sits at another machine: %j', (env, client) => {
  expect(consoleVia(env)).toEqual({ face: 'console', client });
  expect(consoleVia(env, 'a complaint')).toEqual({ face: 'console', client, purpose: 'a complaint' });
});
