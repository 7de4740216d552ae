import { describe, expect, test } from 'vitest';
import { sagaWorld } from '../../../test/support/saga-world.ts';
import { addNote, amendLines, cancelOrder } from '../order/decide.ts';
import { DEFAULT_POLICY } from '../rules/policy.ts';
import { Refusal } from '../rules/refusal.ts';
import { type ChangeOptions, changeOrder } from './change-order.ts';
import { LEASE_MS } from './due/lease.ts';

const setUp = async () => {
  const world = await sagaWorld();
  const id = await world.place();
  const amend = (tv: number, options: Partial<ChangeOptions> = {}) =>
    changeOrder(world.deps, id, { command: 'order amend', content: { tv }, ...options }, (process) =>
      amendLines(process, { internet: 1, tv }, DEFAULT_POLICY),
    );
  return { world, id, amend };
};
const codeOf = async (work: Promise<unknown>): Promise<string> => {
  const result = await work.catch((error: unknown) => error);
  if (result instanceof Refusal) return result.code;
  throw new Error('nothing was refused');
};

describe('a change', () => {
  test('answers what it appended, and the read model shows it', async () => {
    const { world, id, amend } = await setUp();
    const change = await amend(2);
    expect(change).toMatchObject({ status: 'done', claim: null, process: { version: 2 } });
    expect(change.events.map(({ type, version, actor }) => [type, version, actor])).toEqual([
      ['OrderAmended', 2, 'supervisor:test'],
    ]);
    expect(await world.view(id)).toMatchObject({ tvCount: 2, version: 2 });
  });

  test('that changes nothing is already so', async () => {
    const { id, amend, world } = await setUp();
    expect(await amend(0)).toMatchObject({ status: 'already', events: [] });
    expect(await world.types(id)).toEqual(['OrderPlaced']);
  });

  test('of an order that does not exist is refused', async () => {
    const { world } = await setUp();
    expect(await codeOf(world.change('ORD-999999', (process) => addNote(process, 'text-1')))).toBe(
      'ORDER_NOT_FOUND',
    );
  });

  test('with a lease hands it out in the same commit, unless another has it', async () => {
    const { world, id, amend } = await setUp();
    const { claim } = await amend(1, { claim: true });
    expect(claim).toMatchObject({ orderId: id, owner: 'test/1/0', leaseUntil: world.clock.now() + LEASE_MS });
    expect((await amend(2, { claim: true })).claim).toBeNull();
  });
});

describe('a version that was seen', () => {
  test('must be the present one', async () => {
    const { amend } = await setUp();
    expect(await amend(1, { ifVersion: 1 })).toMatchObject({ status: 'done' });
    expect(await codeOf(amend(2, { ifVersion: 1 }))).toBe('STALE_VERSION');
    expect(await amend(2, { ifVersion: 2 })).toMatchObject({ status: 'done' });
  });
});

describe('a key', () => {
  test('with the same content again is already so, whatever happened since', async () => {
    const { amend } = await setUp();
    await amend(1, { key: 'K-1' });
    await amend(2);
    const again = await amend(1, { key: 'K-1', ifVersion: 1 });
    expect(again).toMatchObject({ status: 'already', process: { version: 3, order: { lines: { tv: 2 } } } });
  });

  test('with other content is a conflict', async () => {
    const { amend } = await setUp();
    await amend(1, { key: 'K-1' });
    expect(await codeOf(amend(2, { key: 'K-1' }))).toBe('KEY_CONFLICT');
  });

  test('belongs to its command and its order', async () => {
    const { world, id, amend } = await setUp();
    await amend(1, { key: 'K-1' });
    const cancelled = await changeOrder(world.deps, id, { command: 'order cancel', key: 'K-1' }, (process) =>
      cancelOrder(process, { code: 'TEST' }),
    );
    expect(cancelled.status).toBe('done');
    const other = await world.place();
    const change = changeOrder(
      world.deps,
      other,
      { command: 'order amend', key: 'K-1', content: 7 },
      (process) => addNote(process, 'text-1'),
    );
    expect((await change).status).toBe('done');
  });

  test('of a change that was refused is free', async () => {
    const { amend } = await setUp();
    expect(await codeOf(amend(99, { key: 'K-1' }))).toBe('TOO_MANY_LINES');
    expect(await amend(1, { key: 'K-1' })).toMatchObject({ status: 'done' });
  });

  test('does not depend on the order of the content’s fields', async () => {
    const { world, id } = await setUp();
    const note = (content: unknown) =>
      changeOrder(world.deps, id, { command: 'order note', key: 'K-1', content }, (process) =>
        addNote(process, 'text-1'),
      );
    await note({ a: 1, b: [2, { c: 3, d: 4 }] });
    expect(await note({ b: [2, { d: 4, c: 3 }], a: 1 })).toMatchObject({ status: 'already' });
  });
});

describe('a dry run', () => {
  test('answers what would be, and leaves nothing', async () => {
    const { world, id, amend } = await setUp();
    const before = { view: await world.view(id), row: await world.row(id) };
    const change = await amend(2, { dryRun: true, key: 'K-1', claim: true });
    expect(change).toMatchObject({ status: 'done', process: { version: 2 } });
    expect(await world.types(id)).toEqual(['OrderPlaced']);
    expect({ view: await world.view(id), row: await world.row(id) }).toEqual(before);
    expect(await amend(1, { key: 'K-1', claim: true })).toMatchObject({
      status: 'done',
      claim: { fence: 1 },
    });
  });

  test('is refused as the real one is', async () => {
    const { amend } = await setUp();
    expect(await codeOf(amend(99, { dryRun: true }))).toBe('TOO_MANY_LINES');
  });
});
