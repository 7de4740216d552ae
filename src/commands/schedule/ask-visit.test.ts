import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DeskHome, deskHome } from '../../testing/cli/desk.fixture.ts';

let desk: DeskHome;
let orderId: string;
beforeEach(async () => {
  desk = await deskHome();
  orderId = await desk.place();
});
afterEach(() => desk.close());

const asking = (line: string, ...answers: readonly (string | boolean)[]) =>
  desk.oss(line, { tty: true, answers });
const held = async () =>
  (await desk.calendar()).map(({ kind, technicianId, slot }) => `${kind} ${technicianId} ${slot.start}`);

describe('on a terminal', () => {
  it('assign shows when, and only then asks how the customer is told', async () => {
    const run = await asking(`schedule assign ${orderId} --lang ko`, '2026-11-25 (수)', '가배정만');
    expect(run.exitCode, run.stderr).toBe(0);
    expect(run.questions).toEqual([`${orderId}, 언제 누가 방문할까요?`, '고객에게는 어떻게 할까요?']);
    expect(await held()).toEqual([expect.stringMatching(/^held T-0\d 2026-11-25T/)]);
    expect(await desk.types(orderId)).not.toContain('CallRequested');
  });

  it('goes back without phoning anybody', async () => {
    const run = await asking(`schedule assign ${orderId}`, '<');
    expect(run.exitCode).toBe(130);
    expect(await held()).toEqual([]);
  });

  it('books what the customer has agreed to, and asks nothing that was said', async () => {
    const run = await asking(
      `schedule assign ${orderId} --technician 박서진 --agreed`,
      '2026-11-24 (Tue) 10:00',
    );
    expect(run.questions).toHaveLength(1);
    expect(run.exitCode, run.stderr).toBe(0);
    expect(await held()).toEqual(['agreed T-02 2026-11-24T01:00:00.000Z']);
    expect((await asking(`schedule assign ${await desk.place()} -y --no-call`)).questions).toEqual([]);
  });

  it('call asks what the customer said, and when they are to be called again', async () => {
    const run = await asking(`schedule call ${orderId} --lang ko`, 'CALLBACK', '내일 10:00');
    expect(run.exitCode, run.stderr).toBe(0);
    const [, at] = run.questions;
    expect(at).toBe('언제 다시 전화할까요?');
    const events = await desk.events(orderId);
    expect(events.at(-1)).toMatchObject({ type: 'CustomerCalled', data: { outcome: 'CALLBACK' } });
  });

  it('call shows when before the desk phones for what is not held yet', async () => {
    const run = await asking(`schedule call ${orderId}`, 'nobody has phoned yet', '<');
    expect(run.questions[1]).toBe(`When is ${orderId} visited, and by whom?`);
    expect(await desk.types(orderId)).not.toContain('CallRequested');
  });

  it('move asks what is to change, and whether the customer has agreed', async () => {
    await desk.oss(`schedule assign ${orderId} --at ${'2026-11-25T10:00'} --agreed -y`);
    const run = await asking(
      `schedule move ${orderId} --code CUSTOMER_RESCHEDULE`,
      'new time',
      '2026-11-25 14:00',
      'that is all',
      true,
    );
    expect(run.exitCode, run.stderr).toBe(0);
    expect(run.stderr).toContain(`schedule move ${orderId} --at '2026-11-25 14:00'`);
  });

  it('amend asks what is to change, one after the other', async () => {
    const run = await desk.oss(['order', 'amend', orderId], {
      tty: true,
      answers: ['TV lines', '1', 'phone number', 'abc', '010-9999-0000', 'that is all'],
    });
    expect(run.exitCode, run.stderr).toBe(0);
    expect(run.stdout).toContain('lines 1 Internet + 1 TV; phone 010-9999-0000');
    expect((await desk.oss(['order', 'amend', orderId])).exitCode).toBe(2);
  });
});
