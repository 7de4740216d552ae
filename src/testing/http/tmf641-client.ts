import { expect } from 'vitest';
import { validateTmf } from '../../../test/tmf-validator.ts';
import { TMF641_BASE } from '../../faces/http/tmf641/profile.ts';
import type { TestHouse } from './test-house.ts';

/** The parts of any document that tests look at. */
export type Document = Readonly<Record<string, unknown>> & {
  readonly id: string;
  readonly href: string;
  readonly state: string;
  readonly code: string;
  readonly reason: string;
};

export type Answered = {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: Document;
  /** `json` where it is a list. */
  readonly list: readonly Document[];
};

type Sending = {
  readonly body?: unknown;
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
};

export type Tmf641Client = (method: string, path: string, sending?: Sending) => Promise<Answered>;

/** What a body that is sent there must be, by the published description. */
const REQUESTS: Readonly<Record<string, string>> = {
  'POST serviceOrder': 'ServiceOrder_Create',
  'PATCH serviceOrder': 'ServiceOrder_Update',
  'POST cancelServiceOrder': 'CancelServiceOrder_Create',
};
const ANSWERS: Readonly<Record<string, string>> = {
  serviceOrder: 'ServiceOrder',
  cancelServiceOrder: 'CancelServiceOrder',
};

/** A client of the API that holds every answer, and every request that was taken, to the published description. */
export const tmf641Client =
  ({ origin }: Pick<TestHouse, 'origin'>): Tmf641Client =>
  async (method, path, { body, token = 't-cs', headers = {} } = {}) => {
    const response = await fetch(`${origin}${TMF641_BASE}${path}`, {
      method,
      headers: {
        ...(token === '' ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const json = JSON.parse(text) as Document | readonly Document[];
    const [, resource = ''] = /^\/(\w+)/.exec(path) ?? [];
    const isFine = response.status < 300;
    if (isFine && body !== undefined && typeof body === 'object' && body !== null) {
      // What a merge patch takes back is null, which the description has no word for.
      const said = Object.fromEntries(Object.entries(body).filter(([, value]) => value !== null));
      expect(validateTmf('tmf641', REQUESTS[`${method} ${resource}`] ?? '', said)).toEqual([]);
    }
    const definition = isFine ? (ANSWERS[resource] ?? '') : 'Error';
    // Chosen fields are a part of a document.
    const whole = path.includes('fields=') ? [] : Array.isArray(json) ? json : [json];
    for (const one of whole) {
      expect(validateTmf('tmf641', definition, one)).toEqual([]);
    }
    return {
      status: response.status,
      headers: response.headers,
      text,
      json: json as Document,
      list: Array.isArray(json) ? json : [],
    };
  };
