import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { CONTEXT_OF } from '../src/core/process/context-of.ts';
import { hashInput } from '../src/core/process/event-hash.ts';
import { type Envelope, type EventType, schemaOf } from '../src/core/process/events.ts';
import { evolve } from '../src/core/process/process.ts';
import { upcast } from '../src/core/process/upcast.ts';
import { orderView } from '../src/core/views/project.ts';
import { given } from './support/given.ts';
import { calling, completed, event, held, LATER_SLOT, proposal } from './support/stories.ts';

const FOLDER = new URL('./fixtures/events/', import.meta.url);
const TYPES = Object.keys(CONTEXT_OF) as EventType[];

/** `Type.json` is of schema 1, `Type.2.json` of schema 2. */
const SHAPES = TYPES.flatMap((type) =>
  Array.from({ length: schemaOf(type) }, (_, i) => ({
    type,
    schema: i + 1,
    file: i === 0 ? `${type}.json` : `${type}.${i + 1}.json`,
  })),
);

/** As a database of the shipped version holds it. The hash is that of a stream that begins with this event. */
const stored = (file: string): Envelope =>
  JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8')) as Envelope;

/** An order in which every event changes something of its own context. */
const before = given(
  ...completed(),
  held('CallCustomer'),
  event('VisitProposed', proposal()),
  calling(2),
  event('CallNotPlaced', { callKey: 'ORD-000042/call#2', why: 'absent' }),
  calling(2),
  event('MoveRequested', { slot: LATER_SLOT, technicianId: 'T-02', code: 'X' }),
  event('RevertRequested', { key: 'ORD-000042/access.gpon#1/1', peer: 'ne:simulated' }),
);

describe('an event that was stored', () => {
  test('has a fixture of every shape of every type, and there is no other', () => {
    expect(readdirSync(FOLDER).sort()).toEqual(SHAPES.map(({ file }) => file).sort());
  });

  test.each(SHAPES)('$file is folded as it was, and keeps its hash', ({ type, schema, file }) => {
    const envelope = stored(file);
    expect(envelope).toMatchObject({ type, schema, orderId: before.orderId });
    const hash = createHash('sha256').update(hashInput('', envelope)).digest('hex');
    expect(hash).toBe(envelope.hash);
    const today = { ...envelope, data: upcast(type, schema, envelope.data) } as Envelope;
    const after = evolve(before, { ...today, version: before.version + 1 });
    const context = CONTEXT_OF[type];
    expect(after[context]).not.toEqual(before[context]);
    expect(after.version).toBe(before.version + 1);
    expect(orderView(after).orderId).toBe(before.orderId);
  });

  test.each([
    ['ServiceInDoubt', 'HTTP 202'],
    ['ServiceNotFound', 'the breaker is open'],
    ['CallNotPlaced', 'BAD_PHONE'],
  ] as const)('%s of schema 1 keeps the words of its cause', (type, text) => {
    const { data } = stored(`${type}.json`);
    expect(upcast(type, 1, data)).toMatchObject({ cause: { code: 'AS_WRITTEN', text } });
  });
});
