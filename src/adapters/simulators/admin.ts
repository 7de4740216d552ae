import { timingSafeEqual } from 'node:crypto';
import type { Expected } from '../../core/codes/expected.ts';
import { isRefusal } from '../../core/rules/refusal.ts';
import { faultShape } from './fault-kinds.ts';
import { parseFault } from './fault-rule.ts';
import type { Journal } from './journal.ts';
import { readLedgerOf } from './ledger.ts';
import type { LedgerDb } from './open-ledger.ts';
import { type Answer, errorAnswer, fieldsOf, itemsOf } from './request.ts';
import type { RuleSet } from './rule-set.ts';

/** Version of what a simulator offers, for those who ask it with `GET /`. */
const SIMULATOR_VERSION = 1;

export type AdminOptions = {
  readonly kind: 'ne' | 'tm';
  readonly base: string;
  readonly seed: number;
  readonly db: LedgerDb;
  readonly journal: Journal;
  readonly rules: RuleSet;
  readonly token: string;
};

export type AdminRequest = {
  readonly method: string;
  readonly path: string;
  readonly token: string;
  readonly rule: string | null;
  readonly body: unknown;
};

/**
 * What a simulator says of itself: `GET /`, `GET /admin/ledger`, and `GET|POST|DELETE /admin/faults` with the token.
 * Null: the path is none of these.
 */
export const createAdmin = ({ kind, base, seed, db, journal, rules, token }: AdminOptions) => {
  const list = (): Answer => ({
    status: 200,
    body: {
      faults: rules.all().map(({ text, frequency }) => ({
        fault: text,
        ...(frequency.kind === 'count' ? { used: journal.usesOf(text), of: frequency.count } : {}),
      })),
    },
  });

  const add = (body: unknown): Answer => {
    const { fault, faults } = fieldsOf(body);
    const texts = [...(fault === undefined ? [] : [fault]), ...itemsOf(faults)];
    if (texts.length === 0 || texts.some((text) => typeof text !== 'string')) {
      return errorAnswer(400, 'BAD_VALUE', 'Send {"fault": "<rule>"} or {"faults": ["<rule>", …]}');
    }
    try {
      // All are read before the first one counts.
      const parsed = texts.map((text) => parseFault(String(text), 'fault'));
      if (parsed.some(({ what, value }) => faultShape(what).stage === 'listener' && value === null)) {
        return errorAnswer(
          400,
          'BAD_VALUE',
          'Give refuse its ms: nobody could take it back over a closed port',
        );
      }
      for (const { text } of parsed) rules.add(text);
      return list();
    } catch (error) {
      if (!isRefusal(error, 'BAD_VALUE')) throw error;
      const { flag, value, expected } = error.detail;
      return errorAnswer(400, error.code, `${flag} cannot be "${value}": expected ${shortly(expected)}`);
    }
  };

  return ({ method, path, token: given, rule, body }: AdminRequest): Answer | null => {
    if (method === 'GET' && path === '/') {
      return { status: 200, body: { simulator: kind, version: SIMULATOR_VERSION, base, seed } };
    }
    if (method === 'GET' && path === '/admin/ledger') return { status: 200, body: readLedgerOf(db) };
    if (path !== '/admin/faults') return null;
    if (!sameToken(given, token)) {
      return errorAnswer(401, 'UNAUTHORIZED', 'Send the token printed at start as X-Admin-Token');
    }
    switch (method) {
      case 'GET':
        return list();
      case 'POST':
        return add(body);
      case 'DELETE':
        rules.remove(rule ?? undefined);
        return list();
      default:
        return errorAnswer(405, 'METHOD_NOT_ALLOWED', 'GET, POST or DELETE', { Allow: 'GET, POST, DELETE' });
    }
  };
};

const sameToken = (given: string, token: string): boolean => {
  const [a, b] = [Buffer.from(given), Buffer.from(token)];
  return a.length === b.length && timingSafeEqual(a, b);
};

/** For a developer who talks to a simulator over HTTP: the answer tells a developer how to write the rule. */
const shortly = (expected: Expected): string => {
  if ('form' in expected) return expected.form;
  return expected.code === 'FAULT' ? `a fault: ${expected.faults.join(', ')}` : expected.code;
};
