import { expect, test } from 'vitest';
import { TREE } from '../../src/commands/tree.ts';
import { type DeskHome, deskHome, technician } from '../../src/testing/cli/desk.fixture.ts';
import { dice } from '../support/dice.ts';
import { ASKS } from './asks.ts';
import { factsOf } from './facts.ts';

/** All that a rehearsal might have left behind. */
const stateOf = (desk: DeskHome): Promise<string> =>
  desk.withServices(async (services) => {
    const store = await services.store('read');
    return store.read(async (tx) =>
      JSON.stringify([
        await tx.events.head(),
        await tx.technicians.list({ all: true }),
        await tx.calendar.between('2000-01-01', '2100-01-01'),
        await tx.views.counts(),
        await tx.audit.list(1000),
        await tx.batches.list(100),
      ]),
    );
  });

test('every command that changes something is among those that are compared', () => {
  const changing = TREE.commands.filter(({ spec }) => spec.change).map(({ spec }) => spec.path);
  expect(Object.keys(ASKS).sort()).toEqual(changing.sort());
});

/** Steps a life: each command several times, in an order that no person would take. */
const STEPS = 90;

test.each([1, 2, 3])(
  'a rehearsal says what then happens, and leaves nothing behind (life %i)',
  async (seed) => {
    const roll = dice(seed);
    const desk = await deskHome([technician('T-01'), technician('T-02')]);
    const codeOf = (stderr: string): string | null => /"code": ?"([A-Z_]+)"/.exec(stderr)?.[1] ?? null;
    const names = Object.keys(ASKS);
    try {
      for (let step = 0; step < STEPS; step += 1) {
        // Orders first, so that there is something to change.
        const name = step < 8 ? 'order new' : (names[roll(names.length)] ?? '');
        const line = [...name.split(' '), ...(ASKS[name]?.(roll, desk) ?? []), '--json'];
        const before = await stateOf(desk);
        const rehearsed = await desk.oss([...line, '--dry-run']);
        expect(await stateOf(desk), `${line.join(' ')} left something behind`).toBe(before);
        const real = await desk.oss(line);
        const told = ({ exitCode, stdout, stderr }: typeof real) => ({
          line: line.join(' '),
          exitCode,
          code: codeOf(stderr),
          facts: stdout === '' ? null : factsOf(JSON.parse(stdout)),
        });
        expect(told(rehearsed)).toEqual(told(real));
      }
    } finally {
      await desk.close();
    }
  },
);
