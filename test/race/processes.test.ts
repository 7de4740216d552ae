import { expect, test } from 'vitest';
import { comeTo, newHouse } from '../crash/house.ts';
import { DRAINED } from '../crash/lives.ts';
import { random } from '../simulation/random.ts';
import { eachOf } from '../support/real-process.ts';

const PROCESSES = Number(process.env.OSS_LONG_WORKERS ?? 8);
const COMMANDS = Number(process.env.OSS_LONG_COMMANDS ?? 25);
const SEED = Number(process.env.OSS_LONG_SEED ?? 1);
const HOT_ORDERS = 20;
/** Far more than a command takes, on a machine that is busy with others too. */
const COMMAND_MS = 1_000;

/** Exit codes that a clash may have: done, a rule, not there, too late, not finished, later. */
const FAIR = [0, 1, 3, 4, 8, 75];

const FINALS = ['order cancel', 'field complete', 'field return'];

const COMMAND_LINES: readonly [
  (id: string, n: number) => string[],
  ...((id: string, n: number) => string[])[],
] = [
  (id) => ['order', 'cancel', id, '--code', 'TEST', '-y'],
  (id) => ['field', 'return', id, '--code', 'NO_FACILITY', '-y'],
  (id) => ['field', 'complete', id, '--ont', 'ABCD12345678', '--rx', '-18.5', '--signed-by', '김하늘'],
  (id) => ['schedule', 'assign', id],
  (id) => ['schedule', 'assign', id, '--at', '2026-11-25 10:00', '--agreed'],
  (id) => ['schedule', 'move', id, '--technician', 'auto', '--code', 'TECHNICIAN_UNAVAILABLE'],
  (id, n) => ['order', 'note', id, '--text', `note ${n}`],
  (id) => ['order', 'amend', id, '--internet', '2'],
  (id) => ['field', 'start', id],
  () => ['worker', '--drain', '--wait', '2s'],
  () => ['db', 'rebuild', '-y'],
  (id) => ['status', id],
];

test(
  `${PROCESSES} x ${COMMANDS} processes on ${HOT_ORDERS} hot orders of one database`,
  async () => {
    const house = await newHouse();
    try {
      const ids = Array.from({ length: HOT_ORDERS }, (_, n) => String(n + 1));
      await eachOf(ids, 4, async (id) => {
        const argv = [
          ...['order', 'new', '--name', '김하늘', '--phone', '010-2345-6789', '--internet', '1', '--tv', '0'],
          ...['--address', `서울특별시 강남구 역삼로 ${id}`, '--key', `k-${id}`],
        ];
        const placed = await house.play({ argv }, 0);
        expect([placed.code, placed.signal], placed.stderr).toEqual([0, null]);
      });
      /** Which final intents were acknowledged; the same one again is "already", which is no clash. */
      const won = new Map<string, Set<string>>();
      const people = Array.from({ length: PROCESSES }, (_, person) => person);
      await eachOf(people, PROCESSES, async (person) => {
        const chaos = random(SEED * 1_000 + person);
        for (let n = 0; n < COMMANDS; n += 1) {
          const id = String(chaos.below(HOT_ORDERS) + 1);
          const argv = chaos.pick(COMMAND_LINES)(id, n);
          const { code, stderr } = await house.play({ argv: [...argv, '--json'] }, 1);
          expect(FAIR, `${argv.join(' ')}: ${stderr}`).toContain(code);
          const verb = argv.slice(0, 2).join(' ');
          if (code === 0 && FINALS.includes(verb)) won.set(id, (won.get(id) ?? new Set()).add(verb));
        }
      });
      await house.play({ argv: ['worker', '--drain', '--wait', '180s'] }, 2);
      const drained = await house.play(DRAINED, 3);
      expect(drained.code, drained.stderr).toBe(0);
      const come = await comeTo(house, 4);
      expect(come.broken).toEqual([]);
      expect(come.orders).toHaveLength(HOT_ORDERS);
      expect([...won].filter(([, verbs]) => verbs.size > 1)).toEqual([]);
      const verified = await house.play({ argv: ['db', 'verify'] }, 5);
      expect(verified.code, verified.stderr).toBe(0);
    } finally {
      await house.remove();
    }
  },
  300_000 + PROCESSES * COMMANDS * COMMAND_MS,
);
