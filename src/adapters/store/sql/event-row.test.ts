import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type HashedEvent, hashInput } from '../../../core/process/event-hash.ts';
import { canonicalJson } from '../../../core/values/canonical-json.ts';
import { hashOfRow, readRow } from './event-row.ts';

const text = fc.string({ unit: 'binary' });

describe('the row of an event', () => {
  it('is hashed as the core says, whatever is in it', () => {
    fc.assert(
      fc.property(
        fc.record({ previous: text, orderId: text, eventId: text, at: text, actor: text, note: text }),
        fc.option(text),
        fc.nat(),
        ({ previous, note, ...envelope }, causationId, version) => {
          const event: HashedEvent = {
            ...envelope,
            version,
            causationId,
            schema: 1,
            type: 'NoteAdded',
            data: { textId: note },
          };
          const hash = hashOfRow(previous, {
            order_id: event.orderId,
            version,
            event_id: event.eventId,
            type: event.type,
            schema: 1,
            data: canonicalJson(event.data),
            at: event.at,
            actor: event.actor,
            causation_id: causationId,
          });
          expect(hash).toBe(createHash('sha256').update(hashInput(previous, event)).digest('hex'));
        },
      ),
    );
  });

  const row = {
    position: 7,
    order_id: 'ORD-000001',
    version: 3,
    event_id: 'e',
    type: 'NoteAdded',
    schema: 1,
    data: '{"textId":"T1"}',
    at: '2026-11-24T05:00:00.000Z',
    actor: 'cs:kim',
    causation_id: null,
    hash: 'h',
  };

  it.each([
    [{ type: 'OrderExploded' }, 'unknown-type'],
    [{ type: 'toString' }, 'unknown-type'],
    [{ schema: 2 }, 'unknown-schema'],
    [{ data: '{"textId":' }, 'data'],
    [{ data: '' }, 'data'],
    [{ data: 'null' }, 'data'],
    [{ data: '[]' }, 'data'],
  ] as const)('that cannot be read says why: %o', (change, problem) => {
    expect(readRow({ ...row, ...change })).toEqual({ ok: false, problem });
  });

  it('becomes its event', () => {
    expect(readRow(row)).toMatchObject({ ok: true, event: { position: 7, data: { textId: 'T1' } } });
  });
});

it('a payload of an older schema is read in the shape of today, and keeps its schema and its hash', () => {
  const row = {
    order_id: 'ORD-000001',
    version: 1,
    event_id: 'e1',
    type: 'ServiceInDoubt',
    schema: 1,
    data: '{"cause":"HTTP 503","key":"K"}',
    at: '2026-11-24T00:00:00.000Z',
    actor: 'system:oss',
    causation_id: null,
  };
  const read = readRow({ ...row, position: 1, hash: hashOfRow('', row) });
  expect(read).toMatchObject({
    ok: true,
    event: {
      schema: 1,
      hash: hashOfRow('', row),
      data: { key: 'K', cause: { code: 'AS_WRITTEN', text: 'HTTP 503' } },
    },
  });
});
