import { describe, expect, it } from 'vitest';
import { doubtContract } from '../../core/ports/contract/doubt.contract.ts';
import { storeContract } from '../../core/ports/contract/store.contract.ts';
import { ANSWERED, type CommitAnswer } from './commit-answer.ts';
import { memoryIds } from './memory-ids.ts';
import { memoryStore } from './memory-store.ts';

storeContract('the memory store', async () => {
  const store = memoryStore();
  return { store, close: () => store.close() };
});

storeContract('the memory store that runs each write twice', async () => {
  const store = memoryStore({ runsTwice: true });
  return { store, close: () => store.close() };
});

doubtContract('the memory store', async () => {
  let next: CommitAnswer = ANSWERED;
  const answers = (): CommitAnswer => {
    const answer = next;
    next = ANSWERED;
    return answer;
  };
  const store = memoryStore({ answers });
  const lose = (lost: Omit<CommitAnswer & { kind: 'lost' }, 'kind'>): void => {
    next = { kind: 'lost', ...lost };
  };
  return { store, lose, close: () => store.close() };
});

const META = { at: '2026-11-24T05:00:00.000Z', actor: 'cs:kim' };
const NOTE = { type: 'NoteAdded', data: { textId: 'T1' } } as const;

describe('memoryStore', () => {
  it('gives the same log for the same run', async () => {
    const run = async () => {
      const store = memoryStore({ ids: memoryIds(3), secret: 's' });
      await store.write((tx) => tx.events.append('ORD-000001', 'none', [NOTE, NOTE], META));
      return await store.read(async (tx) => [
        await tx.events.load('ORD-000001'),
        await tx.requests.fingerprint('x'),
      ]);
    };
    expect(await run()).toEqual(await run());
  });

  it('a transaction inside another one is an error', async () => {
    const store = memoryStore();
    await expect(store.read(() => store.read(async () => 1))).rejects.toThrow('a read inside a read');
    await expect(store.write(() => store.read(async () => 1))).rejects.toThrow('a read inside a write');
    await expect(store.read(() => store.write(async () => 1))).rejects.toThrow('a write inside a read');
  });

  it('what was started in a write and goes on after it may write of its own', async () => {
    const store = memoryStore();
    let afterwards: Promise<unknown> = Promise.resolve();
    await store.write(async () => {
      afterwards = new Promise<void>((resolve) => setImmediate(resolve)).then(() =>
        store.write((tx) => tx.events.append('ORD-000001', 'none', [NOTE], META)),
      );
    });
    await afterwards;
    expect(await store.read((tx) => tx.events.load('ORD-000001'))).toHaveLength(1);
  });

  it('its tx is of no use after the write', async () => {
    const store = memoryStore();
    const tx = await store.write(async (inner) => inner);
    await expect(tx.events.append('ORD-000001', 'none', [NOTE], META)).rejects.toThrow('outside a write');
    expect(await store.read((inner) => inner.events.load('ORD-000001'))).toEqual([]);
  });

  it('tells nobody of a write that changed nothing, nor of a rehearsal', async () => {
    const store = memoryStore();
    const ending = new AbortController();
    const told: string[] = [];
    const listening = (async () => {
      for await (const _ of await store.changes(ending.signal)) told.push('change');
    })();
    await store.write(async () => undefined);
    await store.rehearse((tx) => tx.events.append('ORD-000001', 'none', [NOTE], META));
    ending.abort();
    await listening;
    expect(told).toEqual([]);
  });

  it('finishes what waits before it closes, and refuses what comes then', async () => {
    const store = memoryStore();
    const waiting = store.write((tx) => tx.events.append('ORD-000001', 'none', [NOTE], META));
    await store.close();
    expect(await waiting).toHaveLength(1);
    await expect(store.read(async () => 1)).rejects.toThrow('closed');
  });

  it('refuses a cursor that is none', async () => {
    const store = memoryStore();
    const list = store.read((tx) => tx.views.list({ limit: 1, cursor: '["a"]' }));
    await expect(list).rejects.toMatchObject({ code: 'BAD_VALUE' });
  });
});
