import { expect, it } from 'vitest';
import { memoryProcesses } from './memory-processes.ts';

it('a process lives until it dies, for everybody who looks', () => {
  const one = memoryProcesses('host/1/0');
  const two = one.as('host/2/0');
  expect([one.self, two.self, two.alive(one.self), two.alive('elsewhere/9/9')]).toEqual([
    'host/1/0',
    'host/2/0',
    true,
    true,
  ]);
  two.die(one.self);
  expect([two.alive(one.self), one.alive(one.self), one.alive(two.self)]).toEqual([false, false, true]);
});
