import type { HttpFaultValues } from '../../core/codes/http-fault.ts';
import { inWords } from '../coded.ts';
import type { Wording } from '../wording.ts';
import { causes } from './causes.ts';
import { count } from './count.ts';

/** Texts for every fault of a request: the compiler says which is missing. */
export type HttpFaultTexts = {
  readonly [C in keyof HttpFaultValues]: (values: Readonly<HttpFaultValues[C]>) => Wording;
};

const faults: HttpFaultTexts = {
  NO_ROUTE: () => ({ what: 'there is nothing at this path', why: 'what there is: /openapi.json' }),
  METHOD_NOT_ALLOWED: ({ method, allowed }) => ({
    what: `${method} is not possible here`,
    why: `what is: ${allowed.join(', ')}`,
  }),
  NOT_ACCEPTABLE: ({ offered }) => ({
    what: 'nothing of what Accept asks for is offered here',
    why: `what is: ${offered.join(', ')}`,
  }),
  MALFORMED: () => ({ what: 'the request is not valid HTTP' }),
  HEADERS_TOO_LARGE: () => ({ what: 'the headers of the request are too large' }),
  TOO_SLOW: () => ({ what: 'the request came too slowly', why: 'nothing was done: it can be sent again' }),
  BODY_TYPE: ({ type, accepted }) => ({
    what: type === '' ? 'the body says of no type that it is' : `a body of type ${type} is not read here`,
    why: `the header Content-Type must be ${accepted.join(' or ')}`,
  }),
  BODY_TOO_LARGE: ({ most }) => ({ what: `the body is larger than ${most} bytes` }),
  BODY_UNREADABLE: ({ cause }) => ({ what: 'the body cannot be read', why: inWords(causes, cause) }),
  BODY_UNWANTED: () => ({ what: 'no body is read here, and one was sent' }),
  TOKEN_MISSING: () => ({
    what: 'a token is needed',
    why: 'the header Authorization must be Bearer and a token of oss access token new',
  }),
  TOKEN_REFUSED: () => ({ what: 'the token is not valid', why: 'it is unknown, expired or revoked' }),
  TOO_MANY_REQUESTS: ({ seconds }) => ({
    what: 'these are too many requests of one caller',
    why: `come back in ${count(seconds, 'second', 'seconds')}`,
  }),
  OVERLOADED: ({ seconds }) => ({
    what: 'there is too much to do just now',
    why: `nothing was done: come back in ${count(seconds, 'second', 'seconds')}`,
  }),
  ENDING: ({ seconds }) => ({
    what: 'this server is about to end',
    why: `another one goes on: come back in ${count(seconds, 'second', 'seconds')}`,
  }),
};

export const http = {
  faults,
  bug: 'something went wrong here that should not; it is in the log of the server',
  listening: (url: string, listen: string): string =>
    url === `http://${listen}` ? `serving at ${url}` : `serving at ${url}, listening on ${listen}`,
  listens: 'LISTENS ON',
  worker: 'the steps of all orders run in this process too',
  ending: (seconds: number): string =>
    seconds === 0
      ? 'no more connections are taken'
      : `for ${count(seconds, 'second', 'seconds')} requests are still answered while /readyz says no`,
  ended: (cut: number): string =>
    cut === 0 ? 'all requests were answered' : `${count(cut, 'request was', 'requests were')} cut off`,
  stop: 'Ctrl-C stops it',
  cancelDenied: (code: string): string =>
    `the order cannot be cancelled any more (${code}); it goes on as it was`,
};
