import type { FaultRule } from './fault-rule.ts';
import { type FaultCase, strikingEffects, strikingRule } from './faults.ts';
import type { Journal } from './journal.ts';
import type { LedgerDb } from './open-ledger.ts';
import { effectFaultsOf, type Peer } from './peer.ts';
import { type Answer, errorAnswer, type SimRequest, type Target } from './request.ts';

/** What became of one request, before anything of it is sent. */
export type Exchange = {
  readonly answer: Answer;
  /** Struck before anything happened: `answer` is not sent. */
  readonly gate: FaultRule | null;
  readonly effects: readonly FaultRule[];
  /** Struck after it had happened: `answer` is lost or spoilt. */
  readonly delivery: FaultRule | null;
};

export type ExchangeOptions = {
  readonly db: LedgerDb;
  readonly peer: Peer;
  readonly journal: Journal;
  readonly rules: () => readonly FaultRule[];
  readonly seed: number;
  readonly now: () => number;
};

const NOTHING: Answer = { status: 500 };

type Waiting = {
  readonly request: SimRequest;
  readonly target: Target;
  readonly resolve: (exchange: Exchange) => void;
  readonly reject: (error: unknown) => void;
};

/**
 * Carries out requests: what is due first, then the request is counted, its faults are chosen, its effect is done.
 * Requests that came together share one write transaction of the ledger; the simulator answers after its commit.
 */
export const createExchange = ({ db, peer, journal, rules, seed, now }: ExchangeOptions) => {
  const carryOut = (request: SimRequest, target: Target): Exchange => {
    const at = now();
    peer.applyDue(at);
    const nth = journal.countRequest(target);
    const asked: FaultCase = { peer: peer.kind, request, target, nth, seed };
    const gate = strikingRule(rules(), 'gate', asked, journal.takeUse);
    if (gate !== null) {
      if (gate.what === 'late-after') {
        const job = { kind: 'request', request: peer.scrub(request), target } as const;
        journal.addJob(at + Number(gate.value), job);
      }
      return { answer: NOTHING, gate, effects: [], delivery: null };
    }
    const effects = strikingEffects(rules(), asked, journal.takeUse);
    const faults = effectFaultsOf(effects);
    const creates = ['create', 'call', 'book'].includes(target.operation);
    const answer =
      faults.reject !== undefined && !creates
        ? errorAnswer(422, faults.reject, `Refused: ${faults.reject}`)
        : peer.perform(request, target, faults, at);
    const delivery = strikingRule(rules(), 'delivery', asked, journal.takeUse);
    return { answer, gate: null, effects, delivery };
  };
  let waiting: Waiting[] = [];
  const together = db.transaction((group: readonly Waiting[]) =>
    group.map(({ request, target }) => carryOut(request, target)),
  ).immediate;
  const flush = (): void => {
    const group = waiting;
    waiting = [];
    try {
      const done = together(group);
      done.forEach((exchange, index) => {
        group[index]?.resolve(exchange);
      });
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
  };
  return {
    /** Rejects when the ledger cannot be written; then nothing has happened. */
    carryOut: (request: SimRequest, target: Target): Promise<Exchange> =>
      new Promise((resolve, reject) => {
        if (waiting.length === 0) setImmediate(flush);
        waiting.push({ request, target, resolve, reject });
      }),
    /** Does what is due and returns when the next is (epoch ms). */
    catchUp: db.transaction((): number | null => {
      peer.applyDue(now());
      return journal.nextDue();
    }).immediate,
  };
};
