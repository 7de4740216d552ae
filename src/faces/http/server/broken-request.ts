import type { Socket } from 'node:net';
import type { HttpFaultCode } from '../../../core/codes/http-fault.ts';
import { errorAnswer, tell } from '../answer-of-error.ts';
import type { House } from '../house.ts';
import { HttpFault } from '../http-fault.ts';

const CODES: Readonly<Record<string, HttpFaultCode>> = {
  HPE_HEADER_OVERFLOW: 'HEADERS_TOO_LARGE',
  ERR_HTTP_REQUEST_TIMEOUT: 'TOO_SLOW',
};

/** Answers what Node could not read as a request: no route ever sees it. */
export const answerBrokenRequest = (
  error: { readonly code?: string },
  socket: Socket,
  { texts, lang }: Pick<House, 'texts' | 'lang'>,
): void => {
  if (!socket.writable || error.code === 'ECONNRESET') return void socket.destroy();
  const found = CODES[error.code ?? ''] ?? 'MALFORMED';
  // Of these three, none has a value.
  const fault = new HttpFault({ code: found } as { readonly code: 'MALFORMED' });
  const told = tell(fault, { t: texts[lang], now: 0, refusalOf: () => null });
  if (told === null) return void socket.destroy();
  const answer = errorAnswer(told, 'problem');
  const body = answer.kind === 'json' ? JSON.stringify(answer.value) : '';
  socket.end(
    [
      `HTTP/1.1 ${told.status} `,
      'connection: close',
      'content-type: application/problem+json; charset=utf-8',
      `content-length: ${Buffer.byteLength(body)}`,
      '',
      body,
    ].join('\r\n'),
  );
};
