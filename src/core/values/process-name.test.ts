import { expect, test } from 'vitest';
import { processName } from './process-name.ts';

test.each([
  ['desk-3~9f2c41aa/4711/8823104', { host: 'desk-3', pid: 4711 }],
  ['a~b~9f2c41aa/1/2', { host: 'a~b', pid: 1 }],
  ['host/1/100', { host: 'host', pid: 1 }],
  ['worker-1', { host: 'worker-1', pid: null }],
  ['', { host: '', pid: null }],
])('%s', (owner, name) => {
  expect(processName(owner)).toEqual(name);
});
