import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { CONTEXT_OF } from '../src/core/process/context-of.ts';
import { hashInput } from '../src/core/process/event-hash.ts';
import type { Envelope, EventType } from '../src/core/process/events.ts';
import { evolve } from '../src/core/process/process.ts';
import { orderView } from '../src/core/views/project.ts';
import { given } from './support/given.ts';
import { calling, completed, event, held, LATER_SLOT, proposal } from './support/stories.ts';

const FOLDER = new URL('./fixtures/events/', import.meta.url);
const TYPES = Object.keys(CONTEXT_OF) as EventType[];

/** As a database of the shipped version holds it. The hash is that of a stream that begins with this event. */
const stored = (type: EventType): Envelope =>
  JSON.parse(readFileSync(new URL(`${type}.json`, FOLDER), 'utf8')) as Envelope;

/** An order in which every event changes something of its own context. */
const before = given(
  ...completed(),
  held('CallCustomer'),
  event('VisitProposed', proposal()),
  calling(2),
  event('MoveRequested', { slot: LATER_SLOT, technicianId: 'T-02', code: 'X' }),
  event('RevertRequested', { key: 'ORD-000042/access.gpon#1/1', peer: 'ne:simulated' }),
);

describe('an event that was stored', () => {
  test('has a fixture of every type, and there is no other', () => {
    const files = readdirSync(FOLDER).map((name) => name.replace(/\.json$/, ''));
    expect(files.sort()).toEqual([...TYPES].sort());
  });

  test.each(TYPES)('%s is folded as it was, and keeps its hash', (type) => {
    const envelope = stored(type);
    expect(envelope).toMatchObject({ type, schema: 1, orderId: before.orderId });
    const hash = createHash('sha256').update(hashInput('', envelope)).digest('hex');
    expect(hash).toBe(envelope.hash);
    const after = evolve(before, { ...envelope, version: before.version + 1 });
    const context = CONTEXT_OF[type];
    expect(after[context]).not.toEqual(before[context]);
    expect(after.version).toBe(before.version + 1);
    expect(orderView(after).orderId).toBe(before.orderId);
  });
});
