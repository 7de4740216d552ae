import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { actionsOn } from '../../core/views/order-actions.ts';
import { type Desk, HONG, hire, newDesk, technician } from '../../testing/cli/orders.fixture.ts';
import { CTRL_C } from '../../testing/cli/scripted-prompts.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await newDesk();
  await hire(desk, technician('T-01', ['강남구']));
  await desk.oss(['order', 'new', ...HONG, '--internet', '1', '--no-input']);
});
afterAll(() => desk.close());

const home = (answers: readonly (string | typeof CTRL_C)[], more: readonly string[] = []) =>
  desk.oss([...more], { tty: true, answers });

describe('the program alone on a terminal', () => {
  it('says who it is for and what waits for them, and is left by Esc', async () => {
    const { exitCode, questions } = await home(['<'], ['--lang', 'ko', '--actor', 'dispatcher:kim']);
    expect(exitCode).toBe(0);
    expect(questions).toHaveLength(1);
    expect(questions[0]).toMatch(/^배차 kim, 2026-11-24 10:\d\d\. 찾거나 고르세요:$/);
    const cs = await home(['leave']);
    expect(cs.questions[0]).toContain('customer service kim');
    expect((await home([CTRL_C])).exitCode).toBe(130);
  });

  it('leads from what waits over an order to what may be done with it, and comes back', async () => {
    const answers = ['방문을 배정할 청약 1건', '메모', '문 앞에서 전화', '<', '끝내기'];
    const { exitCode, stdout, questions } = await home(answers, [
      '--lang',
      'ko',
      '--actor',
      'dispatcher:kim',
    ]);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('ORD-000001: 메모를 남겼습니다');
    expect(questions).toHaveLength(5);
    expect(questions[1]).toContain('ORD-000001, 무엇을 할까요?');
    expect(questions[3]).toBe(questions[1]);
  });

  it('finds what is typed, and says so when there is nothing', async () => {
    const { stdout, stderr } = await home(['5678', '<', '없는 사람', 'leave']);
    expect(stdout).toContain('ORD-000001');
    expect(stderr).toContain('nothing is found');
  });

  it('survives a command that is refused, and one that is not answered', async () => {
    const { exitCode, stderr } = await home(['take an order', CTRL_C, 'leave']);
    expect(exitCode).toBe(0);
    expect(stderr).toContain('was not answered');
  });
});

describe('what may be done with an order', () => {
  const visit = {
    start: '',
    end: '',
    technicianId: 'T-01',
    appointmentId: null,
    status: 'agreed',
    expiresAt: null,
  } as const;
  const order = { holds: [], open: true, visit: null };

  it.each([
    [
      'cs:a',
      { ...order, stage: 'tm-queue' },
      ['order amend', 'order cancel', 'order note', 'order show', 'events'],
    ],
    [
      'tm:a',
      { ...order, stage: 'tm-queue' },
      ['schedule assign', 'schedule call', 'order note', 'order show', 'events'],
    ],
    [
      'technician:T-01',
      { ...order, stage: 'dispatched', visit },
      [
        'field start',
        'field complete',
        'field revisit',
        'field return',
        'order note',
        'order show',
        'events',
      ],
    ],
    ['technician:T-02', { ...order, stage: 'dispatched', visit }, ['order show', 'events']],
    ['cs:a', { ...order, stage: 'cancelled', open: false }, ['order note', 'order show', 'events']],
    [
      'noc:a',
      {
        ...order,
        stage: 'held',
        holds: [{ hold: 'h', step: 'ActivateService', cause: 'NO_PORT', since: '' }],
      },
      ['fallout show', 'fallout retry', 'order note', 'order show', 'events'],
    ],
  ] as const)('%s', (actor, seen, actions) => {
    expect(actionsOn(seen, actor)).toEqual(actions);
  });
});
