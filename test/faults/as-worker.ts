import type { SagaDeps } from '../../src/core/app/deps.ts';
import { drain } from '../../src/core/app/engine/drain.ts';
import { reconcile } from '../../src/core/app/reconcile/reconcile.ts';
import type { Finding } from '../../src/core/peers/finding.ts';
import type { Refusal } from '../../src/core/rules/refusal.ts';
import { shownKey } from '../../src/core/values/keys.ts';

/** What a worker does at the end of a day: what is due, a comparison with the peers, and what follows from it. */
export const workAndCompare = async (deps: SagaDeps): Promise<readonly string[]> => {
  await work(deps);
  const found = await compare(deps);
  await work(deps);
  // Each comparison has mended what it found: the next one has nothing left to find.
  const left = await compare(deps);
  return [
    ...found.map(({ kind, key, state }) => `${kind} ${shownKey(key)} ${state}`),
    ...left.map(({ kind, key }) => `${kind} ${shownKey(key)} is still there`),
  ].sort();
};

const work = (deps: SagaDeps) =>
  drain(deps, {
    concurrency: 8,
    drain: true,
    waitMs: 10_000,
    signal: new AbortController().signal,
    closedLanes: async () => new Map(),
    places: { local: 8, ne: 8, tm: 8 },
  });

const compare = async (deps: SagaDeps): Promise<readonly Finding[]> => {
  const unread = (refusal: Refusal): never => {
    throw refusal;
  };
  const findings: Finding[] = [];
  for await (const one of reconcile(deps, { fix: true, onDeskUnread: unread })) findings.push(one);
  return findings;
};
