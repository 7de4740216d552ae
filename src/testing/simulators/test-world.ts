import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LedgerContents, readLedger } from '../../adapters/simulators/ledger.ts';
import {
  type Simulators,
  type SimulatorsOptions,
  startSimulators,
} from '../../adapters/simulators/simulators.ts';

/** A clock for tests: it stands still until it is moved. */
export type TestClock = { readonly now: () => number; readonly advance: (ms: number) => void };

const testClock = (start = '2026-11-23T01:00:00.000Z'): TestClock => {
  let at = Date.parse(start);
  return {
    now: () => at,
    advance: (ms) => {
      at += ms;
    },
  };
};

/** Simulators on a ledger of their own in a temporary folder. */
export type TestWorld = {
  readonly ledgerPath: string;
  readonly clock: TestClock;
  readonly start: (options?: Partial<SimulatorsOptions>) => Promise<Simulators>;
  readonly ledger: () => LedgerContents;
  /** Closes what is still open and removes the folder. */
  readonly end: () => Promise<void>;
};

export const testWorld = (): TestWorld => {
  const folder = mkdtempSync(join(tmpdir(), 'oss-simulators-'));
  const ledgerPath = join(folder, 'simulators.db');
  const clock = testClock();
  const open: Simulators[] = [];
  return {
    ledgerPath,
    clock,
    start: async (options = {}) => {
      const simulators = await startSimulators({
        which: 'all',
        ledgerPath,
        seed: 1,
        now: clock.now,
        ...options,
      });
      open.push(simulators);
      return simulators;
    },
    ledger: () => readLedger(ledgerPath),
    end: async () => {
      await Promise.all(open.map((simulators) => simulators.close()));
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

/** The fields of any answer that tests look at; a field that did not come is undefined all the same. */
export type Body = {
  readonly id: string;
  readonly status: string;
  readonly state: string;
  readonly code: string;
  readonly validFor: { readonly startDateTime: string; readonly endDateTime: string };
  readonly note: readonly { readonly text: string }[];
  readonly availableTimeSlot: readonly Pick<Body, 'validFor'>[];
  readonly response: { readonly body: string };
  readonly faults: readonly unknown[];
} & Readonly<Record<string, unknown>>;

/** What came back for one request. */
export type Reply = {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: Body;
  /** `json` when it is a list, else nothing. */
  readonly list: readonly Body[];
};

/** Sends one request and reads the whole answer. Rejects as fetch does. */
export const send = async (
  method: string,
  url: string,
  body?: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<Reply> => {
  const response = await fetch(url, {
    method,
    redirect: 'manual',
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    signal: AbortSignal.timeout(60_000),
  });
  const text = await response.text();
  const json = jsonOf(text);
  return {
    status: response.status,
    headers: response.headers,
    text,
    json: json as Body,
    list: Array.isArray(json) ? json : [],
  };
};

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

export const ACCESS_KEY = 'ORD-000001/access.gpon#1/1';

/** A Service_Create as the console sends it. */
export const serviceCreate = (key: string, area = '강남구'): Readonly<Record<string, unknown>> => {
  const [orderId = '', service = ''] = key.split('/');
  const spec = service.slice(0, service.indexOf('#'));
  return {
    name: key,
    category: 'RFS',
    serviceType: spec,
    state: 'active',
    serviceSpecification: { id: spec },
    serviceCharacteristic: [
      { name: 'lineProfile', value: 'GPON-2.5G' },
      { name: 'area', value: area },
    ],
    serviceOrderItem: [{ serviceOrderId: orderId, itemId: service, itemAction: 'add', role: 'activates' }],
  };
};

export const CALL_KEY = 'ORD-000001/call#1';
export const OFFERED = { startDateTime: '2026-11-24T05:00:00.000Z', endDateTime: '2026-11-24T06:00:00.000Z' };

/** An Appointment_Create as the console sends it. */
export const appointmentCreate = (
  callKey: string,
  category: 'outbound-call' | 'agreed' = 'outbound-call',
): Readonly<Record<string, unknown>> => ({
  externalId: callKey,
  category,
  validFor: OFFERED,
  contactMedium: [{ mediumType: 'phone', characteristic: { phoneNumber: '010-1234-5678' } }],
  relatedParty: [{ id: 'T-01', role: 'technician', '@referredType': 'Individual' }],
});

/** How often a key had an effect. */
export const effectsOf = (ledger: LedgerContents, key: string): readonly string[] =>
  ledger.effects.filter((effect) => effect.key === key).map(({ effect }) => effect);
