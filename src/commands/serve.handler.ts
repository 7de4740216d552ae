import { Refusal } from '../core/rules/refusal.ts';
import {
  isLoopback,
  type ListenAddress,
  listenAddressText,
  parseListenAddress,
} from '../core/values/listen-address.ts';
import type { House } from '../faces/http/house.ts';
import { requestFigures } from '../faces/http/metrics/requests.ts';
import { BOUNDS, type Load } from '../faces/http/pressure.ts';
import { requestLine } from '../faces/http/request-line.ts';
import { type RunningServer, startServer } from '../faces/http/server/start-server.ts';
import { ROUTES } from '../faces/http/table.ts';
import { list } from './framework/print/result.ts';
import type { CommandContext, Handler } from './framework/run/context.ts';
import { houseHere } from './serve/house-here.ts';
import type { serve } from './serve.ts';
import { workHere } from './worker/work-here.ts';

/** An item of `oss.servers/1`. */
type Served = {
  /** By what URL callers reach it. */
  readonly url: string;
  /** `host:port`. */
  readonly listen: string;
  readonly worker: boolean;
};

export const run: Handler<typeof serve> = async (ctx, { flags }) => {
  const listen = placeOf(ctx, flags.listen);
  return list<Served>({
    schema: 'oss.servers/1',
    items: served(ctx, listen, flags.worker),
    id: ({ url }) => url,
    columns: [
      { title: 'URL', drop: 0, cell: ({ url }) => url },
      { title: ctx.t.http.listens, drop: 0, cell: ({ listen: place }) => place },
    ],
    line: ({ url, listen: place }) => ctx.t.http.listening(url, place),
  });
};

/** Where to listen. Throws Refusal BAD_VALUE, PLAIN_HTTP. */
const placeOf = ({ services }: CommandContext, given: string | undefined): ListenAddress => {
  const { listen, trustedProxies, allowHttp } = services.settings.serve;
  const value = given ?? listen;
  const place = parseListenAddress(value);
  if (place === null)
    throw new Refusal('BAD_VALUE', { flag: '--listen', value, expected: { code: 'LISTEN_ADDRESS' } });
  if (!isLoopback(place.host) && trustedProxies.length === 0 && !allowHttp)
    throw new Refusal('PLAIN_HTTP', { address: listenAddressText(place) });
  return place;
};

/** Before the server is there. */
const NOTHING: Load = { lagMs: 0, reads: 0, intake: 0 };

/** The server as it is there, and then nothing until a signal has ended it, and the worker beside it. */
async function* served(ctx: CommandContext, place: ListenAddress, worker: boolean): AsyncGenerator<Served> {
  const { services, t, signal } = ctx;
  const { publicUrl, trustedProxies, callerRate, readDelayMs } = services.settings.serve;
  let standing: ReturnType<House['standing']> = 'serving';
  let url = publicUrl ?? '';
  const requests = requestFigures();
  const ended = new AbortController();
  let server: RunningServer | null = null;
  const house = await houseHere(ctx, {
    requests,
    ending: ended.signal,
    load: () => server?.load() ?? NOTHING,
    standing: () => standing,
    get publicUrl() {
      return url;
    },
  });
  server = await startServer(ROUTES, house, {
    listen: place,
    trustedProxies,
    callerRate,
    bounds: { ...BOUNDS, readLagMs: readDelayMs },
    clock: services.clock,
    onAnswered: (answered) => {
      requests.add(answered);
      void ctx.note(requestLine(answered, services.clock.now()));
    },
    onBug: (error) => void ctx.warn(error instanceof Error ? (error.stack ?? error.message) : String(error)),
  });
  const listen = listenAddressText(server.address);
  url = publicUrl ?? `http://${listen}`;
  yield { url, listen, worker };
  const over = new AbortController();
  // A worker that cannot go on ends the server too: whoever looks after the process starts both again.
  const working = worker
    ? workHere(ctx, { jobs: 'auto', drain: false, waitMs: 0, signal }).finally(() => over.abort())
    : null;
  const worked = working?.then(
    () => null,
    (error: unknown) => ({ error }),
  );
  if (worker) await ctx.note(t.http.worker);
  await ctx.note(t.http.stop);
  await aborted(AbortSignal.any([signal, over.signal]));
  standing = 'ending';
  await end(ctx, server);
  ended.abort();
  const failed = await worked;
  if (failed) throw failed.error;
}

const end = async ({ services, t, note }: CommandContext, server: RunningServer): Promise<void> => {
  const { drainMs } = services.settings.serve;
  await note(t.http.ending(Math.ceil(drainMs / 1_000)));
  await services.clock.wait(drainMs);
  await note(t.http.ended(await server.drain()));
};

const aborted = (signal: AbortSignal): Promise<void> =>
  signal.aborted
    ? Promise.resolve()
    : new Promise((resolve) => {
        signal.addEventListener('abort', () => resolve(), { once: true });
      });
