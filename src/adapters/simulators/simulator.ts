import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createAdmin } from './admin.ts';
import { playDelivery, playGate, sendAnswer } from './deliver.ts';
import { createExchange, type Exchange } from './exchange.ts';
import type { FaultRule } from './fault-rule.ts';
import type { Journal } from './journal.ts';
import { listen } from './listener.ts';
import type { LedgerDb } from './open-ledger.ts';
import type { Peer } from './peer.ts';
import { readRequest } from './read-request.ts';
import { type Answer, errorAnswer, type SimRequest, type Target } from './request.ts';
import { createRuleSet, type RuleSet } from './rule-set.ts';

/** A simulated peer that is being served. */
export type Simulator = {
  readonly kind: 'ne' | 'tm';
  /** Base URL of its API, as `ne.url` or `tm.url` takes it. */
  readonly url: string;
  /** `http://127.0.0.1:<port>`, where `GET /` and `/admin/…` are. */
  readonly origin: string;
  readonly port: number;
  /** For the header `X-Admin-Token` of `/admin/faults`. */
  readonly adminToken: string;
  readonly faults: Pick<RuleSet, 'add' | 'remove'>;
  /** Resolves when a port that a `refuse` rule closes or opens has followed the rules. */
  readonly settled: () => Promise<void>;
  readonly close: () => Promise<void>;
};

export type SimulatorOptions = {
  readonly peer: Peer;
  readonly db: LedgerDb;
  readonly journal: Journal;
  readonly seed: number;
  readonly adminToken: string;
  /** 0: a free one. */
  readonly port: number;
  readonly faults: readonly string[];
  readonly freshFaults: boolean;
  readonly latencyMs: number;
  readonly now: () => number;
  readonly log: (line: string) => void;
};

/** A job that another process holds the ledger for is tried again after this. */
const RETRY_MS = 200;
/** A timer is set no further ahead; the clock may have been moved. */
const MAX_TIMER_MS = 60_000;
/** Longer than any client keeps an idle connection, so that no request meets one that is just being closed. */
const KEEP_ALIVE_MS = 75_000;

/** Serves one peer on 127.0.0.1. Throws Refusal BAD_VALUE for a port that is taken or a fault rule that is none. */
export const serveSimulator = async (options: SimulatorOptions): Promise<Simulator> => {
  const { peer, db, journal, seed, log, now, adminToken } = options;
  let timer: NodeJS.Timeout | undefined;
  let settled: Promise<void> = Promise.resolve();
  const followRules = (): void => {
    const rule = rules.closing();
    if (rule === null) settled = listener.reopen();
    else if (rule !== closing) settled = listener.refuse(rule.value === null ? null : Number(rule.value));
    closing = rule;
  };
  const rules = createRuleSet({
    peer: peer.kind,
    journal,
    initial: options.faults,
    fresh: options.freshFaults,
    changed: followRules,
  });
  let closing: FaultRule | null = null;
  const admin = createAdmin({
    kind: peer.kind,
    base: peer.base,
    seed,
    db,
    journal,
    rules,
    token: adminToken,
  });
  const exchange = createExchange({ db, peer, journal, rules: rules.all, seed, now });

  const catchUp = (): void => {
    clearTimeout(timer);
    try {
      const due = exchange.catchUp();
      if (due !== null) arm(due - now());
    } catch (error) {
      log(`${peer.kind} could not do what is due: ${String(error)}`);
      arm(RETRY_MS);
    }
  };
  const arm = (ms: number): void => {
    clearTimeout(timer);
    timer = setTimeout(catchUp, Math.min(Math.max(ms, 1), MAX_TIMER_MS)).unref();
  };

  const serve = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    response.setHeader('X-Oss-Simulator', peer.kind);
    const read = await readRequest(incoming, peer.base);
    if ('status' in read) return void sendAnswer(response, read);
    const administered = read.underBase ? null : admin({ ...read.request, ...read.admin });
    if (administered !== null) return void sendAnswer(response, administered);
    const { request } = read;
    const target: Target | Answer = read.underBase
      ? peer.identify(request)
      : errorAnswer(404, 'NOT_FOUND', `Nothing is served at ${request.path}`);
    if ('status' in target) {
      log(`${peer.kind} ${request.method} ${request.path} - ${target.status}`);
      return void sendAnswer(response, target);
    }
    const done = await exchange.carryOut(request, target);
    log(lineOf(peer.kind, request, target, done));
    const due = journal.nextDue();
    if (due !== null) arm(due - now());
    if (options.latencyMs > 0) await new Promise((resolve) => setTimeout(resolve, options.latencyMs));
    if (done.gate !== null) playGate(response, done.gate, incoming.url ?? '/');
    else if (done.delivery !== null) playDelivery(response, done.delivery, done.answer, target.key);
    else sendAnswer(response, done.answer);
  };

  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, (incoming, response) => {
    serve(incoming, response).catch((error: unknown) => {
      log(`${peer.kind} failed: ${String(error)}`);
      if (response.headersSent || response.destroyed) response.destroy();
      else sendAnswer(response, errorAnswer(500, 'SIMULATOR_FAILED', 'The simulator itself failed'));
    });
  });
  const listener = await listen(server, options.port);
  followRules();
  await settled;
  catchUp();

  const origin = `http://127.0.0.1:${listener.port}`;
  return {
    kind: peer.kind,
    url: `${origin}${peer.base}`,
    origin,
    port: listener.port,
    adminToken,
    faults: rules,
    settled: () => settled,
    close: async () => {
      clearTimeout(timer);
      await listener.close();
      clearTimeout(timer);
    },
  };
};

/** One line of the log: what came, about which key, what was answered, which faults struck. */
const lineOf = (kind: 'ne' | 'tm', request: SimRequest, target: Target, done: Exchange): string => {
  const struck = [done.gate, ...done.effects, done.delivery].filter((rule) => rule !== null);
  const faults = struck.map(({ text }) => ` fault ${text}`).join('');
  const status = done.gate === null ? String(done.answer.status) : '-';
  return `${kind} ${request.method} ${request.path} ${target.operation} ${target.key} ${status}${faults}`;
};
