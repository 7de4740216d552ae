import type { Scope } from '../ports/scope.ts';
import { ERASED_PRINT, type Tx } from '../ports/store.ts';
import type { Claim } from '../ports/work.ts';
import type { Envelope, NewEvent } from '../process/events.ts';
import { mustExist } from '../process/legal.ts';
import type { OrderProcess } from '../process/process.ts';
import { Refusal } from '../rules/refusal.ts';
import type { UseCase } from '../rules/who-may.ts';
import { iso } from '../time/iso.ts';
import { canonicalJson } from '../values/canonical-json.ts';
import { isPersonalKey } from '../values/personal-key.ts';
import { keepingDenials, mustBeAllowed } from './allow.ts';
import type { AppDeps } from './deps.ts';
import { LEASE_MS } from './due/lease.ts';
import { type FoundOrder, foundOrder } from './found-order.ts';
import { append, project, readOrder, type WriteContext } from './write-order.ts';

export type ChangeOptions = {
  /** Which row of `WHO_MAY` it is. */
  readonly command: UseCase;
  /** The version the asker saw; another one is refused. */
  readonly ifVersion?: number | undefined;
  /** Idempotency key, unique per command and order. */
  readonly key?: string | undefined;
  /** What the key stands for: the same key with other content is refused. */
  readonly content?: unknown;
  /** Load and decide, then roll everything back. */
  readonly dryRun?: boolean | undefined;
  /** Take the order's lease in the same commit, to run its steps inline. */
  readonly claim?: boolean | undefined;
};

/** What a change came to. `already`: it was so before; nothing was appended. */
export type Change = {
  readonly status: 'done' | 'already';
  readonly process: OrderProcess;
  readonly events: readonly Envelope[];
  /** null: the caller wants none, or another process works on the order. */
  readonly claim: Claim | null;
  /** Of a dry run: the order as it would be, read before all was rolled back. null: a change that stands. */
  readonly rehearsed: FoundOrder | null;
};

/** What a change makes of the order as it is inside the write. No event: it is so already. Throws Refusal. */
export type Decide = (
  process: OrderProcess,
  context: WriteContext,
) => readonly NewEvent[] | Promise<readonly NewEvent[]>;

/** The write of a dry run is rolled back; a real one is durable when it resolves. */
export const writer = (
  deps: AppDeps,
  dryRun: boolean | undefined,
): (<T>(work: (tx: Tx) => Promise<T>, scope?: Scope) => Promise<T>) =>
  dryRun === true ? deps.store.rehearse : deps.store.write;

/**
 * One command on one order: load, decide, append, project, in one write.
 * Throws Refusal: DENIED, ORDER_NOT_FOUND, STALE_VERSION, KEY_CONFLICT, or what `decide` throws.
 */
export const changeOrder = (
  deps: AppDeps,
  orderId: string,
  options: ChangeOptions,
  decide: Decide,
): Promise<Change> =>
  keepingDenials(deps, { subject: orderId, command: options.command }, async () => {
    mustBeAllowed(deps.actor, options.command);
    const write = writer(deps, options.dryRun);
    return write(
      async (tx) => {
        const context = { tx, ...contextOf(deps) };
        const change = await changeIn(context, deps, { orderId, options, decide });
        return asRehearsed(context, change, options.dryRun);
      },
      { orders: [orderId] },
    );
  });

/** The change with what a rehearsal has to tell, inside its write. */
export const asRehearsed = async (
  { tx, now, policy }: WriteContext,
  change: Change,
  dryRun: boolean | undefined,
): Promise<Change> => {
  if (dryRun !== true) return change;
  const events = await tx.events.load(change.process.orderId);
  return { ...change, rehearsed: await foundOrder(tx, change.process, { events, now, policy }) };
};

const contextOf = ({ policy, actor, clock }: AppDeps) => ({ policy, actor, now: clock.now() });

type Changing = { readonly orderId: string; readonly options: ChangeOptions; readonly decide: Decide };

/** The change itself, inside its write. */
const changeIn = async (
  write: WriteContext,
  deps: AppDeps,
  { orderId, options, decide }: Changing,
): Promise<Change> => {
  const before = await readOrder(write.tx, orderId);
  mustExist(before);
  const known = await usedKey(write.tx, orderId, options);
  if (known) return { status: 'already', process: before, events: [], claim: null, rehearsed: null };
  const { ifVersion } = options;
  if (ifVersion !== undefined && ifVersion !== before.version) {
    throw new Refusal('STALE_VERSION', { orderId, expected: ifVersion, actual: before.version });
  }
  const { process, events } = await append(write, before, await decide(before, write));
  await recordKey(write, orderId, options);
  if (events.length === 0) return { status: 'already', process, events, claim: null, rehearsed: null };
  await project(write, { before, after: process });
  const claim = await claimInline(write, deps, orderId, options.claim);
  return { status: 'done', process, events, claim, rehearsed: null };
};

/** The lease in the commit of the change itself; null: the caller wants none, or another process has it. */
export const claimInline = async (
  { tx, now }: WriteContext,
  { processes }: AppDeps,
  orderId: string,
  wanted: boolean | undefined,
): Promise<Claim | null> =>
  wanted === true ? tx.work.claimOne(orderId, { now, owner: processes.self, leaseMs: LEASE_MS }) : null;

type Keyed = Pick<ChangeOptions, 'key' | 'content'> & { readonly command: string };

const scopeOf = (orderId: string | null, command: string): string =>
  orderId === null ? command : `${command}:${orderId}`;

/** The order that the key was used for with the same content; throws KEY_CONFLICT for other content, KEY_ERASED for erased. */
export const usedKey = async (
  tx: Tx,
  orderId: string | null,
  { command, key, content }: Keyed,
): Promise<string | false> => {
  if (key === undefined) return false;
  const known = await tx.requests.get(scopeOf(orderId, command), key);
  if (known === null) return false;
  if (known.fingerprint === ERASED_PRINT)
    throw new Refusal('KEY_ERASED', { key, orderId: known.orderId, command });
  if (known.fingerprint !== (await tx.requests.fingerprint(canonicalJson(content ?? null)))) {
    throw new Refusal('KEY_CONFLICT', { key, orderId: known.orderId, command });
  }
  return known.orderId;
};

/** Whether a key was used for this command on this order, whatever it stood for. */
export const isKeyUsed = async (
  tx: Tx,
  orderId: string,
  { command, key }: { readonly command: string; readonly key: string },
): Promise<boolean> => (await tx.requests.get(scopeOf(orderId, command), key)) !== null;

/** Whether a key says who the customer of the order is. */
export const isKeyPersonal = async (
  { vault }: Pick<Tx, 'vault'>,
  orderId: string,
  key: string,
): Promise<boolean> => {
  const contact = (await vault.contacts([orderId])).get(orderId);
  return contact !== undefined && isPersonalKey(key, contact);
};

/** Recorded with the success, in its commit. Throws KEY_PERSONAL for a key that says who the customer is. */
export const recordKey = async (
  { tx, now }: WriteContext,
  orderId: string,
  { command, key, content, isNew = false }: Keyed & { readonly isNew?: boolean },
): Promise<void> => {
  if (key === undefined) return;
  if (await isKeyPersonal(tx, orderId, key)) throw new Refusal('KEY_PERSONAL', {});
  const fingerprint = await tx.requests.fingerprint(canonicalJson(content ?? null));
  await tx.requests.put(scopeOf(isNew ? null : orderId, command), key, {
    orderId,
    fingerprint,
    at: iso(now),
  });
};
