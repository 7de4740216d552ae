import type { Coded } from '../../core/codes/coded.ts';
import type { HttpFaultCode, HttpFaultValues } from '../../core/codes/http-fault.ts';
import type { Headers } from './route.ts';

/** The statuses of RFC 9110 and RFC 6585. */
export const FAULT_STATUS: Readonly<Record<HttpFaultCode, number>> = {
  NO_ROUTE: 404,
  METHOD_NOT_ALLOWED: 405,
  NOT_ACCEPTABLE: 406,
  MALFORMED: 400,
  HEADERS_TOO_LARGE: 431,
  TOO_SLOW: 408,
  BODY_TYPE: 415,
  BODY_TOO_LARGE: 413,
  BODY_UNREADABLE: 400,
  BODY_UNWANTED: 400,
  TOKEN_MISSING: 401,
  TOKEN_REFUSED: 401,
  TOO_MANY_REQUESTS: 429,
  OVERLOADED: 503,
  ENDING: 503,
};

/** A request that reaches no use case. */
export class HttpFault extends Error {
  override readonly name = 'HttpFault';
  readonly fault: Coded<HttpFaultValues>;

  constructor(fault: Coded<HttpFaultValues>) {
    super(fault.code);
    this.fault = fault;
  }
}

/** What its answer has besides. */
export const faultHeaders = (fault: Coded<HttpFaultValues>): Headers => {
  switch (fault.code) {
    case 'METHOD_NOT_ALLOWED':
      return { allow: fault.allowed.join(', ') };
    case 'TOKEN_MISSING':
      return { 'www-authenticate': 'Bearer' };
    case 'TOKEN_REFUSED':
      return { 'www-authenticate': 'Bearer error="invalid_token"' };
    case 'TOO_MANY_REQUESTS':
    case 'OVERLOADED':
    case 'ENDING':
      return { 'retry-after': String(fault.seconds) };
    // What is left of such a request is not read: the connection cannot be used for another one.
    case 'BODY_TOO_LARGE':
    case 'TOO_SLOW':
      return { connection: 'close' };
    default:
      return {};
  }
};
