import { memoryIds } from '../../adapters/memory/memory-ids.ts';
import { memoryProcesses } from '../../adapters/memory/memory-processes.ts';
import { memoryStore } from '../../adapters/memory/memory-store.ts';
import { systemClock } from '../../adapters/runtime/system-clock.ts';
import { admit } from '../../core/app/admit.ts';
import { operation } from '../../core/app/deps.ts';
import { feedSource } from '../../core/app/orders/feed.ts';
import type { Store } from '../../core/ports/store.ts';
import { ADVICE } from '../../core/rules/account-roles.ts';
import { DEFAULT_POLICY } from '../../core/rules/policy.ts';
import { broadcast } from '../../faces/http/feed/broadcast.ts';
import type { Caller, House } from '../../faces/http/house.ts';
import { HttpFault } from '../../faces/http/http-fault.ts';
import { requestFigures } from '../../faces/http/metrics/requests.ts';
import { BOUNDS } from '../../faces/http/pressure.ts';
import type { Route } from '../../faces/http/route.ts';
import { type RunningServer, type ServerOptions, startServer } from '../../faces/http/server/start-server.ts';
import { loadTexts } from '../../texts/texts.ts';

export type TestHouse = {
  readonly origin: string;
  readonly port: number;
  readonly house: House;
  readonly store: Store;
  readonly server: RunningServer;
  /** Of each request that was answered, in their order. */
  readonly answered: readonly Parameters<ServerOptions['onAnswered']>[0][];
  /** What should not have happened. */
  readonly bugs: readonly unknown[];
};

type Options = {
  /** By token; default: `t-cs`, `t-noc`, `t-technician` of their roles. */
  readonly callers?: Readonly<Record<string, Caller>>;
  readonly store?: Store;
  readonly house?: Partial<House>;
  readonly server?: Partial<ServerOptions>;
};

const caller = (role: string, name: string): Caller => ({
  tokenId: `TOK-${role}`,
  actor: `${role}:${name}`,
  client: `client of ${role}`,
  seesClear: false,
});

const CALLERS: Readonly<Record<string, Caller>> = {
  't-cs': caller('cs', 'shop'),
  't-noc': caller('noc', 'monitor'),
  't-technician': caller('technician', 'T-01'),
};

const opened = new Set<RunningServer>();
let ended = new AbortController();

/** Ends every server of the test; to be called in afterEach. */
export const closeHouses = async (): Promise<void> => {
  await Promise.all([...opened].map((server) => server.drain({ cutMs: 0 })));
  opened.clear();
  ended.abort();
  ended = new AbortController();
};

/** Serves routes on a free port, on a store in memory. */
export const testHouse = async (routes: readonly Route[], options: Options = {}): Promise<TestHouse> => {
  const clock = systemClock();
  const store = options.store ?? memoryStore();
  const parts = { store, clock, ids: memoryIds(), processes: memoryProcesses(), policy: DEFAULT_POLICY };
  const { as } = operation(parts);
  const callers = options.callers ?? CALLERS;
  const answered: Parameters<ServerOptions['onAnswered']>[0][] = [];
  const bugs: unknown[] = [];
  const house: House = {
    own: as('system:test'),
    deps: ({ actor }, client) => as(actor, { face: 'http', client }),
    callerOf: async (token) => {
      const known = callers[token];
      if (known === undefined) throw new HttpFault({ code: 'TOKEN_REFUSED' });
      return known;
    },
    admit: (deps, useCase) => admit(deps, async () => store, { access: ADVICE, command: useCase }),
    publicUrl: 'https://oss.example',
    version: '0.0.0-test',
    areas: ['강남구', '분당구', '서울 중구', '부산 중구'],
    texts: { en: await loadTexts('en'), ko: await loadTexts('ko') },
    lang: 'en',
    refusalOf: () => null,
    readiness: async () => ({ ne: 'asked', tm: 'asked' }),
    standing: () => 'serving',
    feed: { source: await feedSource(parts), listen: broadcast(parts, ended.signal).listen },
    watched: {
      load: () => ({ lagMs: 0, reads: 0, intake: 0 }),
      requests: requestFigures(),
      figures: async () => ({
        stages: { placed: 2 },
        backlog: [{ lane: 'ne', due: 1, later: 0 }],
        leased: 0,
        failing: 0,
        aside: 0,
        isWorkerRunning: true,
        breakers: { ne: 'open', tm: 'closed' },
      }),
    },
    ...options.house,
  };
  const server = await startServer(routes, house, {
    listen: { host: '127.0.0.1', port: 0 },
    trustedProxies: [],
    callerRate: 10_000,
    // However slow the machine of the test is.
    bounds: { ...BOUNDS, readLagMs: Number.POSITIVE_INFINITY, intakeLagMs: Number.POSITIVE_INFINITY },
    clock,
    onAnswered: (one) => void answered.push(one),
    onBug: (error) => void bugs.push(error),
    ...options.server,
  });
  opened.add(server);
  const { port } = server.address;
  return { origin: `http://127.0.0.1:${port}`, port, house, store, server, answered, bugs };
};
