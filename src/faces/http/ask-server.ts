import { get } from 'node:http';
import type { ListenAddress } from '../../core/values/listen-address.ts';

/** What answers where a server would listen. none: nothing does; other: it is none of ours. */
export type Standing = 'ready' | 'not ready' | 'other' | 'none';

const PATIENCE_MS = 1_000;

/** An address on which a server listens for all is asked at this machine's own. */
const ownHost = (host: string): string => {
  if (host === '0.0.0.0') return '127.0.0.1';
  return host === '::' ? '::1' : host;
};

/** Asks `/readyz`. Never throws. */
export const askServer = ({ host, port }: ListenAddress): Promise<Standing> =>
  new Promise((resolve) => {
    const request = get({ host: ownHost(host), port, path: '/readyz', agent: false, timeout: PATIENCE_MS });
    request.on('timeout', () => request.destroy());
    request.on('error', () => resolve('none'));
    request.on('response', (answer) => {
      let text = '';
      answer.setEncoding('utf8');
      answer.on('data', (part) => {
        text += String(part).slice(0, 1_000 - text.length);
      });
      answer.on('error', () => resolve('other'));
      answer.on('end', () => resolve(standingOf(answer.statusCode ?? 0, text)));
    });
  });

const standingOf = (status: number, text: string): Standing => {
  if (!/"status":"(?:ready|ending|no database)"/.test(text)) return 'other';
  return status === 200 ? 'ready' : 'not ready';
};
