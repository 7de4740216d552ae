import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Clock } from '../../../core/ports/runtime.ts';
import { Refusal } from '../../../core/rules/refusal.ts';
import { type ListenAddress, listenAddressText } from '../../../core/values/listen-address.ts';
import type { Answered } from '../answered.ts';
import type { House } from '../house.ts';
import { HttpFault } from '../http-fault.ts';
import { methodsAt, shapeAt } from '../matching.ts';
import { traceOf } from '../negotiate.ts';
import { BOUNDS, type Bounds, type Load, watchLoop } from '../pressure.ts';
import type { Route } from '../route.ts';
import { answerBrokenRequest } from './broken-request.ts';
import { drain } from './drain.ts';
import { exchange, headerOf } from './exchange.ts';
import { gatekeeper } from './gatekeeper.ts';
import { LIMITS, type Limits } from './limits.ts';

export type ServerOptions = {
  readonly listen: ListenAddress;
  readonly trustedProxies: readonly string[];
  /** Requests a second of one caller. */
  readonly callerRate: number;
  readonly clock: Clock;
  /** Hears of each request that was answered. */
  readonly onAnswered: (answered: Answered) => void;
  /** Hears of what should not have happened. */
  readonly onBug: (error: unknown) => void;
  readonly limits?: Partial<Limits>;
  readonly bounds?: Bounds;
};

export type RunningServer = {
  readonly address: ListenAddress;
  readonly load: () => Load;
  /** Answers what is under way, and ends. Gives how many requests were cut off. */
  readonly drain: (options?: { readonly cutMs?: number }) => Promise<number>;
};

/** Serves the routes. Throws Refusal CANNOT_LISTEN. */
export const startServer = async (
  routes: readonly Route[],
  house: House,
  options: ServerOptions,
): Promise<RunningServer> => {
  const { clock, onAnswered, onBug, trustedProxies } = options;
  const limits = { ...LIMITS, ...options.limits };
  const loop = watchLoop(clock.monotonic);
  const underWay = { probe: 0, read: 0, intake: 0 };
  const load = (): Load => ({ lagMs: loop.lagMs(), reads: underWay.read, intake: underWay.intake });
  const ending = new AbortController();
  const { knownOf, callOf, send, fail } = exchange({
    house,
    clock,
    ending: ending.signal,
    onBug,
    stalledMs: limits.stalledMs,
  });
  const keeper = gatekeeper(house, {
    load,
    bounds: options.bounds ?? BOUNDS,
    perSecond: options.callerRate,
    now: clock.monotonic,
  });
  const { default: fastify } = await import('fastify');
  const app = fastify({
    logger: false,
    bodyLimit: limits.bodyBytes,
    requestTimeout: limits.requestMs,
    connectionTimeout: limits.silentMs,
    keepAliveTimeout: limits.keepAliveMs,
    trustProxy: trustedProxies.length === 0 ? false : [...trustedProxies],
    exposeHeadRoutes: false,
    requestIdHeader: false,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 200 },
    http: { headersTimeout: limits.headersMs, connectionsCheckingInterval: limits.lookMs },
    clientErrorHandler: (error, socket) => answerBrokenRequest(error, socket, house),
    frameworkErrors: (_error, request, reply) =>
      fail(new HttpFault({ code: 'MALFORMED' }), { request, reply, shape: shapeAt(request.url) }),
  });
  // Bodies are read by us: no parser of the framework decides what a type is.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  app.addHook('onRequest', async (request, reply) => {
    // What comes on a connection that stays open after this would be cut off.
    if (ending.signal.aborted) reply.header('connection', 'close');
    reply.raw.once('close', () => knownOf(request).gone.abort());
  });
  app.addHook('onResponse', async (request, reply) => {
    onAnswered({
      method: request.method,
      route: request.routeOptions.url ?? null,
      status: reply.statusCode,
      ms: reply.elapsedTime,
      tokenId: knownOf(request).caller?.tokenId ?? null,
      traceparent: traceOf(headerOf(request, 'traceparent')),
    });
  });
  const onError =
    (route: Route | null) =>
    (error: unknown, request: FastifyRequest, reply: FastifyReply): void => {
      const type = headerOf(request, 'content-type') ?? '';
      const fault = faultOf(error, { type, accepted: route?.takes ?? [], most: limits.bodyBytes });
      fail(fault, { request, reply, shape: route?.errors ?? shapeAt(request.url) });
    };
  app.setErrorHandler(onError(null));
  app.setNotFoundHandler((request, reply) => {
    const { method, url } = request;
    const allowed = methodsAt(routes, url);
    const fault =
      allowed.length === 0
        ? ({ code: 'NO_ROUTE' } as const)
        : ({ code: 'METHOD_NOT_ALLOWED', method, allowed } as const);
    fail(new HttpFault(fault), { request, reply, shape: shapeAt(url) });
  });
  for (const route of routes) {
    const { weight, errors: shape } = route;
    app.route({
      method: route.method === 'GET' ? ['GET', 'HEAD'] : [route.method],
      url: route.path,
      errorHandler: onError(route),
      onRequest: async (request, reply) => {
        underWay[weight] += 1;
        reply.raw.once('close', () => {
          underWay[weight] -= 1;
        });
        try {
          const authorization = headerOf(request, 'authorization');
          knownOf(request).caller = await keeper.admit({ route, authorization, client: request.ip });
        } catch (error) {
          fail(error, { request, reply, shape });
          return reply;
        }
      },
      handler: async (request, reply) => {
        try {
          send(await route.handle(callOf(route, request)), request, reply);
        } catch (error) {
          fail(error, { request, reply, shape });
        }
        return reply;
      },
    });
  }
  await app.ready();
  await listenOn(app.server, options.listen);
  const { port } = app.server.address() as AddressInfo;
  return {
    address: { host: options.listen.host, port },
    load,
    drain: async ({ cutMs } = {}) => {
      const cut = await drain(app.server, {
        clock,
        close: () => ending.abort(),
        underWay: () => underWay.read + underWay.intake,
        ...(cutMs === undefined ? {} : { cutMs }),
      });
      loop.stop();
      return cut;
    },
  };
};

type Asked = { readonly type: string; readonly accepted: readonly string[]; readonly most: number };

/** What the framework refuses before a route is asked, as a fault of ours; anything else is a bug. */
const faultOf = (error: unknown, { type, accepted, most }: Asked): unknown => {
  const { code = '', statusCode = 500 } = error as { readonly code?: string; readonly statusCode?: number };
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return new HttpFault({ code: 'BODY_TOO_LARGE', most });
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE')
    return new HttpFault({ code: 'BODY_TYPE', type: type.slice(0, 80), accepted });
  return statusCode < 500 ? new HttpFault({ code: 'MALFORMED' }) : error;
};

const listenOn = (server: Server, address: ListenAddress): Promise<void> =>
  new Promise((resolve, reject) => {
    const failed = (error: NodeJS.ErrnoException): void =>
      reject(
        new Refusal('CANNOT_LISTEN', {
          address: listenAddressText(address),
          error: error.code ?? error.message,
        }),
      );
    server.once('error', failed);
    server.listen(address.port, address.host, () => {
      server.off('error', failed);
      resolve();
    });
  });
