import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Clock } from '../../../core/ports/runtime.ts';
import { errorAnswer, tell, tellBug } from '../answer-of-error.ts';
import { bearerOf } from '../bearer.ts';
import type { Caller, House } from '../house.ts';
import { HttpFault } from '../http-fault.ts';
import { langAsked, traceOf } from '../negotiate.ts';
import { readBody } from '../read-body.ts';
import type { Answer, Call, Route } from '../route.ts';
import { sendStream } from './stream.ts';

/** What is remembered of a request from its head to its answer. */
export type Known = { caller: Caller | null; readonly gone: AbortController };

type Exchanging = {
  readonly house: House;
  readonly clock: Pick<Clock, 'now'>;
  /** Aborts when the server ends. */
  readonly ending: AbortSignal;
  readonly onBug: (error: unknown) => void;
  readonly stalledMs: number;
};

/** Between a framework's request and reply, and a call and its answer. */
export type Exchange = {
  readonly knownOf: (request: FastifyRequest) => Known;
  readonly callOf: (route: Route, request: FastifyRequest) => Call;
  readonly send: (answer: Answer, request: FastifyRequest, reply: FastifyReply) => void;
  readonly fail: (
    error: unknown,
    to: { readonly request: FastifyRequest; readonly reply: FastifyReply; readonly shape: Route['errors'] },
  ) => void;
};

/** What is answered is for the caller alone, and of no other type than it says. */
const SAFE = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' } as const;

export const headerOf = (request: FastifyRequest, name: string): string | undefined => {
  const value = request.headers[name];
  return Array.isArray(value) ? value.join(', ') : value;
};

export const exchange = ({ house, clock, ending, onBug, stalledMs }: Exchanging): Exchange => {
  const known = new WeakMap<FastifyRequest, Known>();
  const knownOf = (request: FastifyRequest): Known => {
    const found = known.get(request) ?? { caller: null, gone: new AbortController() };
    known.set(request, found);
    return found;
  };
  const langOf = (request: FastifyRequest) => langAsked(headerOf(request, 'accept-language'), house.lang);
  const send: Exchange['send'] = (answer, request, reply) => {
    if (answer.kind === 'stream') {
      if (request.method === 'HEAD') return void reply.code(200).headers(answer.headers).send();
      reply.hijack();
      const signal = AbortSignal.any([knownOf(request).gone.signal, ending]);
      return void sendStream(reply.raw, answer, { signal, stalledMs }).catch(onBug);
    }
    reply.code(answer.status).headers(SAFE);
    switch (answer.kind) {
      case 'json':
        reply.header('content-type', 'application/json; charset=utf-8').headers(answer.headers ?? {});
        return void reply.send(JSON.stringify(answer.value));
      case 'text':
        return void reply.headers(answer.headers).send(answer.text);
      case 'empty':
        return void reply.headers(answer.headers ?? {}).send();
    }
  };
  return {
    knownOf,
    send,
    fail: (error, { request, reply, shape }) => {
      const t = house.texts[langOf(request)];
      const told = tell(error, { t, now: clock.now(), refusalOf: house.refusalOf });
      if (told === null) onBug(error);
      send(errorAnswer(told ?? tellBug(t), shape), request, reply);
    },
    callOf: (route, request) => {
      const { caller, gone } = knownOf(request);
      return {
        house,
        params: request.params as Readonly<Record<string, string>>,
        query: new URLSearchParams(request.url.split('?')[1] ?? ''),
        header: (name) => headerOf(request, name),
        body: bodyOf(route, request),
        caller,
        deps: () => {
          if (caller === null) throw new Error(`${route.path} is for anybody: nobody is known to call`);
          return house.deps(caller, request.ip);
        },
        isStillKnown: () => {
          const token = bearerOf(headerOf(request, 'authorization'));
          return token === null
            ? Promise.resolve(false)
            : house.callerOf(token).then(
                () => true,
                (error: unknown) => !(error instanceof HttpFault),
              );
        },
        lang: langOf(request),
        traceparent: traceOf(headerOf(request, 'traceparent')),
        signal: gone.signal,
      };
    },
  };
};

const bodyOf = (route: Route, request: FastifyRequest): unknown => {
  const bytes = request.body instanceof Uint8Array ? request.body : new Uint8Array();
  if (route.takes === undefined) {
    if (bytes.length > 0) throw new HttpFault({ code: 'BODY_UNWANTED' });
    return undefined;
  }
  const [type, encoding] = [headerOf(request, 'content-type'), headerOf(request, 'content-encoding')];
  return readBody(bytes, { type, encoding }, route.takes);
};
