import { describe, expect, test } from 'vitest';
import { Refusal } from '../../core/rules/refusal.ts';
import { peerPlace } from './peer-url.ts';

const BASE = 'http://127.0.0.1:8701/tmf-api/ServiceActivationAndConfiguration/v4';

test('a place and its names', () => {
  expect(peerPlace('ne', `${BASE}/`)).toEqual({
    url: BASE,
    origin: 'http://127.0.0.1:8701',
    basePath: '/tmf-api/ServiceActivationAndConfiguration/v4',
    identity: `ne:${BASE}`,
    breakerName: 'ne:http://127.0.0.1:8701',
  });
  expect(peerPlace('tm', 'HTTPS://Desk.Example:443')).toMatchObject({
    url: 'https://desk.example',
    basePath: '',
    identity: 'tm:https://desk.example',
    breakerName: 'tm:https://desk.example',
  });
});

test('the simulator within the command is one peer, whatever its port', () => {
  for (const port of [4001, 4002]) {
    const place = peerPlace('ne', `http://127.0.0.1:${port}/v4`, { embedded: true });
    expect(place).toMatchObject({
      identity: 'ne:simulated',
      breakerName: 'ne:simulated',
      origin: `http://127.0.0.1:${port}`,
    });
  }
});

test.each([
  'http://localhost:1',
  'http://127.1:1',
  'http://[::1]:1',
  'http://ne.localhost',
  'https://10.0.0.5/x',
])('allowed: %s', (url) => {
  expect(() => peerPlace('ne', url)).not.toThrow();
});

const CREDENTIALS = { code: 'CREDENTIALS', file: 'ne.tokenFile', command: 'ne.tokenCommand' };

describe('refused', () => {
  const causeOf = (text: string): unknown => {
    try {
      return peerPlace('ne', text);
    } catch (error) {
      return error instanceof Refusal ? [error.code, error.kind, error.detail] : error;
    }
  };

  test.each([
    ['', { code: 'NOT_ABSOLUTE' }],
    ['127.0.0.1:8701', { code: 'NOT_ABSOLUTE' }],
    ['localhost:8701', { code: 'NOT_HTTP', protocol: 'localhost:' }],
    ['file:///etc/passwd', { code: 'NOT_HTTP', protocol: 'file:' }],
    ['ftp://ne', { code: 'NOT_HTTP', protocol: 'ftp:' }],
    ['https://user:s3cret@ne', CREDENTIALS],
    ['https://s3cret@ne', CREDENTIALS],
    ['https://ne/?key=s3cret', { code: 'QUERY' }],
    ['https://ne/#s3cret', { code: 'QUERY' }],
    ['http://ne.example', { code: 'NOT_HTTPS', lifts: 'ne.allowHttp' }],
    ['http://127.0.0.1.example', { code: 'NOT_HTTPS', lifts: 'ne.allowHttp' }],
    ['http://localhost.example', { code: 'NOT_HTTPS', lifts: 'ne.allowHttp' }],
    ['http://0.0.0.0', { code: 'NOT_HTTPS', lifts: 'ne.allowHttp' }],
  ])('%s', (text, cause) => {
    expect(causeOf(text)).toEqual(['PEER_URL', 'configuration', { key: 'ne.url', cause }]);
  });
});

test('plain http away from loopback, when it is allowed', () => {
  expect(peerPlace('tm', 'http://10.0.0.5', { allowHttp: true }).origin).toBe('http://10.0.0.5');
});
