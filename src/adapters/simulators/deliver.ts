import type { ServerResponse } from 'node:http';
import type { FaultRule } from './fault-rule.ts';
import { type Answer, errorAnswer } from './request.ts';

const HUGE_BYTES = 2 * 1024 * 1024;
const DRIP_MS = 50;

/** Sends an answer as it should be sent. */
export const sendAnswer = (response: ServerResponse, { status, headers, body }: Answer): void => {
  if (body === undefined) {
    response.writeHead(status, headers).end();
    return;
  }
  sendText(response, status, JSON.stringify(body), { 'Content-Type': 'application/json', ...headers });
};

const sendText = (
  response: ServerResponse,
  status: number,
  text: string,
  headers: Readonly<Record<string, string>>,
): void => {
  response.writeHead(status, { ...headers, 'Content-Length': Buffer.byteLength(text) }).end(text);
};

/** Cuts the connection, so that the caller reads "connection reset". */
const cut = (response: ServerResponse): void => {
  response.socket?.resetAndDestroy();
};

/** Plays a fault of stage `gate`: nothing has happened. */
export const playGate = (response: ServerResponse, { what, value }: FaultRule, path: string): void => {
  const retryAfter = value === null ? {} : { 'Retry-After': value };
  switch (what) {
    case 'reset-before':
    case 'late-after':
      cut(response);
      return;
    case 'timeout-before':
      return;
    case '503':
      sendAnswer(response, errorAnswer(503, 'OVERLOADED', 'Come back later', retryAfter));
      return;
    case '429':
      sendAnswer(response, errorAnswer(429, 'TOO_MANY_REQUESTS', 'Come back later', retryAfter));
      return;
    case 'redirect':
      sendAnswer(response, { status: 307, headers: { Location: `${path}-moved` } });
      return;
    case 'unauthorized': {
      const headers = { 'WWW-Authenticate': 'Bearer' };
      sendAnswer(response, errorAnswer(401, 'UNAUTHORIZED', 'A valid token is needed', headers));
      return;
    }
    case 'no-lookup':
      sendAnswer(response, errorAnswer(501, 'NO_LOOKUP', 'Looking up by key is not supported'));
      return;
    case 'revert-fails':
      sendAnswer(response, errorAnswer(500, 'REVERT_FAILED', 'The NE could not switch it off'));
      return;
    default:
      sendAnswer(response, errorAnswer(500, 'BROKEN', 'The peer broke down before it did anything'));
  }
};

/** Plays a fault of stage `delivery`: the effect has happened, and the caller does not get to know. */
export const playDelivery = (
  response: ServerResponse,
  { what, value }: FaultRule,
  answer: Answer,
  key: string,
): void => {
  const status = answer.status === 204 ? 200 : answer.status;
  const headers = { 'Content-Type': 'application/json', ...answer.headers };
  const text = JSON.stringify(answer.body ?? {});
  switch (what) {
    case 'reset-after':
      cut(response);
      return;
    case 'timeout-after':
      return;
    case 'slow-drip':
      drip(response, status, headers, value === null ? DRIP_MS : Number(value));
      return;
    case 'truncate': {
      const bytes = Buffer.from(text);
      response.writeHead(status, { ...headers, 'Content-Length': bytes.length });
      response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => response.socket?.destroy());
      return;
    }
    case 'garbage':
      sendText(response, status, '{"id": NE-\u001b[31m\u0000]]', headers);
      return;
    case 'html':
      sendText(response, 200, '<!doctype html><html><body><h1>Please log in</h1></body></html>', {
        'Content-Type': 'text/html; charset=utf-8',
      });
      return;
    case 'huge':
      sendText(response, status, `${' '.repeat(HUGE_BYTES)}${text}`, headers);
      return;
    case 'wrong-key':
      sendAnswer(response, { ...answer, body: withOtherKey(answer.body, key) });
      return;
    default:
      sendAnswer(response, errorAnswer(500, 'BROKEN', 'The peer broke down after it had done it'));
  }
};

/** White space is valid at the start of JSON, so only a deadline over the whole answer ends this. */
const drip = (
  response: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string>>,
  everyMs: number,
): void => {
  response.writeHead(status, headers);
  const timer = setInterval(() => response.write(' '), everyMs);
  response.once('close', () => clearInterval(timer));
};

/** The same answer, about another business: every text that names the key names another one. */
const withOtherKey = (body: unknown, key: string): unknown => {
  const other = `${key}-other`;
  const text = JSON.stringify(body ?? {}).replaceAll(JSON.stringify(key), JSON.stringify(other));
  return JSON.parse(text);
};
