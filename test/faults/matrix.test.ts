import { monitorEventLoopDelay } from 'node:perf_hooks';
import { describe, expect, test } from 'vitest';
import { expectedOf } from './expected.ts';
import { type Lived, liveThrough } from './matrix-world.ts';
import { FAULT_NAMES, type FaultName } from './operations.ts';

/** What was appended about the key of the request that was struck. */
const eventOf = ({ cell: { operation, moment }, events }: Lived): string | null => {
  const intents = events.filter(
    ({ type, data }) =>
      (operation.asks === 'create' &&
        type === 'ServiceRequested' &&
        'key' in data &&
        `${data.key}`.includes('hsi')) ||
      (operation.asks === 'call' && type === 'CallRequested'),
  );
  const intent = intents[moment === 'retry' ? 1 : 0];
  const answer = events.find(({ causationId }) => intent !== undefined && causationId === intent.eventId);
  if (answer === undefined) return null;
  return 'why' in answer.data ? `${answer.type}(${answer.data.why})` : answer.type;
};

/** A desk that books twice for one call and answers once: nothing that the console is told hints at the other one. */
const isUntold = (fault: string, sentence: string): boolean =>
  fault === 'duplicate' && /^ORD-0000(13|14): is cancelled while APT-\d+ is confirmed$/.test(sentence);

const judge = (fault: string, lived: readonly Lived[], broken: readonly string[]): void => {
  expect(broken.filter((sentence) => !isUntold(fault, sentence))).toEqual([]);
  for (const one of lived) {
    const { operation, moment } = one.cell;
    const cell = `${operation.name}, ${moment}`;
    expect(one.stage, cell).toBe('cancelled');
    const expected = expectedOf(one.cell);
    if (expected === null) continue;
    expect(one.settled, cell).toBe(expected.settled);
    if (expected.event !== null) expect(eventOf(one), cell).toBe(expected.event);
  }
};

/** Half of what a peer may take after its caller has gone. */
const MOST_STANDING_MS = 200;

/** Lives through a fault. Peers and console share this process: while it stands still, the peers break rule 3. */
const prove = async (fault: FaultName, honoursKeys: boolean): Promise<void> => {
  for (let tries = 1; ; tries += 1) {
    const delays = monitorEventLoopDelay({ resolution: 10 });
    delays.enable();
    try {
      const { lived, broken } = await liveThrough(fault, { honoursKeys });
      judge(fault, lived, broken);
      return;
    } catch (error) {
      if (delays.max / 1e6 < MOST_STANDING_MS || tries === 5) throw error;
    } finally {
      delays.disable();
    }
  }
};

describe.each([true, false])(
  'every fault at every request, of an NE that honours keys: %s',
  (honoursKeys) => {
    test.concurrent.each(FAULT_NAMES)('%s', (fault) => prove(fault, honoursKeys), 240_000);
  },
);
