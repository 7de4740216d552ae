import { expect, test } from 'vitest';
import { unusedProxy } from './unused-proxy.ts';

const NE = 'https://ne.example.net/tmf-api/v4';

test.each([
  [NE, { HTTPS_PROXY: 'http://proxy:3128' }, 'HTTPS_PROXY'],
  [NE, { https_proxy: 'http://proxy:3128', HTTPS_PROXY: 'x' }, 'https_proxy'],
  [NE, { ALL_PROXY: 'socks5://proxy' }, 'ALL_PROXY'],
  [NE, { HTTP_PROXY: 'http://proxy:3128' }, null],
  ['http://ne.example.net/', { HTTP_PROXY: 'http://proxy:3128', HTTPS_PROXY: 'x' }, 'HTTP_PROXY'],
  [NE, { HTTPS_PROXY: '' }, null],
  [NE, {}, null],
  [NE, { HTTPS_PROXY: 'x', NO_PROXY: '*' }, null],
  [NE, { HTTPS_PROXY: 'x', NO_PROXY: 'a.net, ne.example.net' }, null],
  [NE, { HTTPS_PROXY: 'x', no_proxy: '.example.net' }, null],
  [NE, { HTTPS_PROXY: 'x', NO_PROXY: 'Example.NET:443' }, null],
  [NE, { HTTPS_PROXY: 'x', NO_PROXY: 'example.net:8443' }, 'HTTPS_PROXY'],
  [NE, { HTTPS_PROXY: 'x', NO_PROXY: 'ample.net' }, 'HTTPS_PROXY'],
  ['http://127.0.0.1:9/', { HTTP_PROXY: 'x' }, null],
  ['https://localhost:9/', { HTTPS_PROXY: 'x' }, null],
  ['https://[::1]:9/', { HTTPS_PROXY: 'x' }, null],
  ['no url', { HTTPS_PROXY: 'x' }, null],
] as const)('%s with %j: %s', (url, env, name) => {
  expect(unusedProxy(url, env)).toBe(name);
});
