import { describe, expect, test } from 'vitest';
import { and, type GivenEvent, given, typesOf } from '../../../test/support/given.ts';
import { refused } from '../../../test/support/refused.ts';
import {
  allOn,
  called,
  cancelled,
  completed,
  dispatched,
  event,
  held,
  keyOf,
  noTechnician,
  onSite,
  placed,
  proposed,
  queued,
  requested,
  returned,
  scheduled,
  started,
} from '../../../test/support/stories.ts';
import { newProcess } from '../process/process.ts';
import { DEFAULT_POLICY, type Policy } from '../rules/policy.ts';
import type { Skill } from '../technicians/technician.ts';
import {
  addNote,
  amendLines,
  cancelOrder,
  changeContact,
  holdOrder,
  mustBeAtTheDesk,
  placeOrder,
  releaseForUndo,
  retryHold,
} from './decide.ts';
import type { OrderPlaced } from './events.ts';

const HSI2 = keyOf('internet.hsi#2');
const rejectedSecond = [
  ...allOn({ internet: 2, tv: 0 }).slice(0, -1),
  event('ServiceRejected', { key: HSI2, code: 'NO_VLAN' }),
  held(`ActivateService:${HSI2}`),
];
const CODE = { code: 'NO_LONGER_REQUIRED' } as const;

describe('placing', () => {
  const data = (internetCount: number, tvCount: number): OrderPlaced['data'] => ({
    customerId: 'CUS-000001',
    internetCount,
    tvCount,
    area: null,
    channel: 'desk',
    priority: 'normal',
    wishes: {},
  });

  test('says what was asked for', () => {
    expect(placeOrder(data(1, 2), DEFAULT_POLICY)).toEqual([{ type: 'OrderPlaced', data: data(1, 2) }]);
    expect(placeOrder(data(0, 1), DEFAULT_POLICY)).toHaveLength(1);
    expect(placeOrder(data(5, 5), DEFAULT_POLICY)).toHaveLength(1);
  });

  test('needs a line, not too many, and as much Internet as is configured', () => {
    const oneAtLeast: Policy = { ...DEFAULT_POLICY, orders: { minInternetCount: 1, maxLines: 10 } };
    expect(refused(() => placeOrder(data(0, 0), DEFAULT_POLICY)).code).toBe('NO_LINES');
    expect(refused(() => placeOrder(data(6, 5), DEFAULT_POLICY))).toMatchObject({
      code: 'TOO_MANY_LINES',
      detail: { lines: 11, max: 10 },
    });
    expect(refused(() => placeOrder(data(0, 1), oneAtLeast))).toMatchObject({
      code: 'TOO_FEW_INTERNET',
      detail: { internet: 0, min: 1 },
    });
  });
});

describe('amending the lines', () => {
  const amend = (events: readonly GivenEvent[], internet: number, tv: number) =>
    amendLines(given(...events), { internet, tv }, DEFAULT_POLICY);

  test('is said with the new counts; the same counts are no event', () => {
    expect(amend(queued(), 1, 1)).toEqual([{ type: 'OrderAmended', data: { internetCount: 1, tvCount: 1 } }]);
    expect(amend(queued(), 1, 0)).toEqual([]);
  });

  test('releases the holds of what is wanted no more, and keeps the others', () => {
    const events = [...rejectedSecond, held('RequestScheduling'), held(`CheckService:${HSI2}`)];
    expect(amend(events, 1, 0).slice(1)).toEqual([
      { type: 'HoldReleased', data: { hold: `ActivateService:${HSI2}`, action: 'released' } },
      { type: 'HoldReleased', data: { hold: `CheckService:${HSI2}`, action: 'released' } },
    ]);
    expect(typesOf(amend(rejectedSecond, 3, 0))).toEqual(['OrderAmended']);
  });

  test('goes by the same rules as placing', () => {
    expect(refused(() => amend(queued(), 0, 0)).code).toBe('NO_LINES');
    expect(refused(() => amend(queued(), 9, 9)).code).toBe('TOO_MANY_LINES');
  });

  test('is refused on site and after the end', () => {
    expect(refused(() => amend(onSite(), 1, 1))).toMatchObject({
      code: 'ILLEGAL_IN_STAGE',
      detail: { stage: 'on-site' },
    });
    for (const events of [completed(), returned(), [...queued(), cancelled()]]) {
      expect(refused(() => amend(events, 1, 1)).code).toBe('ALREADY_FINAL');
    }
  });

  test('needs an agreed time that is long enough: move first', () => {
    for (const events of [scheduled(), dispatched()]) {
      expect(refused(() => amend(events, 2, 0))).toMatchObject({
        code: 'VISIT_TOO_SHORT',
        detail: { minutes: 60, needed: 90 },
      });
    }
    const longer = { start: '2026-11-26T05:00:00.000Z', end: '2026-11-26T06:30:00.000Z' };
    const moving = event('MoveRequested', { slot: longer, technicianId: 'T-01', code: 'X' });
    expect(typesOf(amend([...scheduled(), moving], 2, 0))).toEqual(['OrderAmended']);
    expect(refused(() => amend(noTechnician(), 2, 0)).code).toBe('VISIT_TOO_SHORT');
  });

  const skilled = (events: readonly GivenEvent[], skills: readonly Skill[]) =>
    amendLines(given(...events), { internet: 0, tv: 1 }, DEFAULT_POLICY, skills);

  test('needs a technician who can do it for what is agreed', () => {
    expect(typesOf(skilled(scheduled(), ['internet', 'tv']))).toEqual(['OrderAmended']);
    expect(refused(() => skilled(scheduled(), ['internet']))).toMatchObject({
      code: 'VISIT_SKILL',
      detail: { technicianId: 'T-01', skills: ['tv'] },
    });
  });

  test('gives up what is only held when it does not fit any more, but not under a call', () => {
    const released = { type: 'VisitReleased', data: { why: 'amended' } };
    expect(skilled(proposed(), ['internet', 'tv'])).not.toContainEqual(released);
    expect(skilled(proposed(), ['internet'])).toContainEqual(released);
    expect(amend(proposed(), 2, 0)).toContainEqual(released);
    expect(typesOf(amend(called(), 1, 0))).toEqual([]);
    expect(refused(() => amend(called(), 2, 0)).code).toBe('CALL_RUNNING');
  });
});

describe('changing contact data', () => {
  test('says which fields, never the values, and the area only when it moved', () => {
    expect(changeContact(given(placed()), ['phone'], undefined)).toEqual([
      { type: 'ContactChanged', data: { fields: ['phone'] } },
    ]);
    expect(changeContact(given(placed()), ['address'], '분당구')).toEqual([
      { type: 'ContactChanged', data: { fields: ['address'] } },
    ]);
    expect(changeContact(given(placed()), ['address'], 'Mapo')).toEqual([
      { type: 'ContactChanged', data: { fields: ['address'], area: 'Mapo' } },
    ]);
    expect(changeContact(given(placed()), [], undefined)).toEqual([]);
  });

  test('keeps the area once something is planned there', () => {
    expect(refused(() => changeContact(given(...started()), ['address'], 'Mapo'))).toMatchObject({
      code: 'AREA_FIXED',
      detail: { from: '분당구', to: 'Mapo' },
    });
    expect(changeContact(given(...started()), ['address'], '분당구')).toHaveLength(1);
  });

  test('is for open orders', () => {
    const over = given(placed(), cancelled('placed'), event('OrderClosed', { outcome: 'cancelled' }));
    expect(refused(() => changeContact(over, ['phone'], undefined)).code).toBe('ORDER_CLOSED');
  });
});

describe('a note', () => {
  test('may be added to any order, also a closed one', () => {
    const over = given(placed(), cancelled('placed'), event('OrderClosed', { outcome: 'cancelled' }));
    expect(addNote(over, 'text-1')).toEqual([{ type: 'NoteAdded', data: { textId: 'text-1' } }]);
    expect(refused(() => addNote(newProcess('ORD-000042'), 'text-1')).code).toBe('ORDER_NOT_FOUND');
  });
});

describe('cancelling', () => {
  test('says why and at which stage', () => {
    expect(cancelOrder(given(...queued()), { ...CODE, textId: 'text-9' })).toEqual([
      { type: 'OrderCancelled', data: { ...CODE, stage: 'tm-queue', textId: 'text-9' } },
    ]);
  });

  test('releases every hold but a revert that the network refuses', () => {
    const process = given(
      ...rejectedSecond,
      held('CallCustomer'),
      held(`RevertService:${keyOf('tv.stb#1')}`),
      held(`CheckService:${HSI2}`),
    );
    expect(cancelOrder(process, CODE).slice(1)).toEqual(releaseForUndo(process));
    expect(releaseForUndo(process).map((one) => one.type === 'HoldReleased' && one.data.hold)).toEqual([
      `ActivateService:${HSI2}`,
      'CallCustomer',
      `CheckService:${HSI2}`,
    ]);
  });

  test('again is already so; after another final intent it is refused', () => {
    expect(cancelOrder(given(...queued(), cancelled()), CODE)).toEqual([]);
    for (const events of [completed(), returned()]) {
      expect(refused(() => cancelOrder(given(...events), CODE)).code).toBe('ALREADY_FINAL');
    }
    expect(refused(() => cancelOrder(newProcess('ORD-000042'), CODE)).code).toBe('ORDER_NOT_FOUND');
  });

  test('is possible while anything is on its way, and while held', () => {
    const stories = [
      [placed()],
      [...started(), requested('access.gpon#1')],
      called(),
      noTechnician(),
      onSite(),
    ];
    for (const events of stories) {
      expect(cancelOrder(given(...events), CODE)[0]?.type).toBe('OrderCancelled');
    }
  });
});

describe('a hold', () => {
  test('is set once a cause', () => {
    const process = given(...queued());
    const once = holdOrder(process, 'CallCustomer', 'CallCustomer', { peer: 'BAD_PHONE' });
    expect(once).toHaveLength(1);
    const again = and(process, ...once);
    expect(holdOrder(again, 'CallCustomer', 'CallCustomer', { peer: 'BAD_PHONE' })).toEqual([]);
    expect(holdOrder(again, 'CallCustomer', 'CallCustomer', 'NO_PHONE')).toHaveLength(1);
  });

  test('is released by a person who says: again', () => {
    const process = given(...rejectedSecond);
    expect(retryHold(process, `ActivateService:${HSI2}`, 'text-1')).toEqual([
      {
        type: 'HoldReleased',
        data: { hold: `ActivateService:${HSI2}`, action: 'retry', textId: 'text-1' },
      },
    ]);
    expect(refused(() => retryHold(process, 'CallCustomer'))).toMatchObject({
      code: 'HOLD_NOT_FOUND',
      kind: 'not-found',
      detail: { hold: 'CallCustomer', holds: [`ActivateService:${HSI2}`] },
    });
  });
});

describe('the desk may work on an order', () => {
  test('in the queue, while the customer is not reached, and for want of a technician', () => {
    const pending = event('CustomerCalled', {
      callKey: 'ORD-000042/call#1',
      outcome: 'REFUSED',
      nextCallAt: null,
      by: 'desk',
    });
    for (const events of [queued(), [...called(), pending], noTechnician()]) {
      expect(() => mustBeAtTheDesk(given(...events), 'schedule assign')).not.toThrow();
    }
  });

  test('and at no other time', () => {
    const stories = [[placed()], allOn(), scheduled(), [...queued(), held('FieldVisit')], rejectedSecond];
    for (const events of stories) {
      expect(refused(() => mustBeAtTheDesk(given(...events), 'x')).code).toBe('ILLEGAL_IN_STAGE');
    }
  });
});
