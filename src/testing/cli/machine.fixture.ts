import { expect } from 'vitest';
import { type Desk, HONG, newDesk } from './orders.fixture.ts';
import { validateOutput } from './validate-output.ts';

/** A desk of a supervisor, with `orders` placed and switched on. */
export const machineRoom = async (orders = 0, extra: NodeJS.ProcessEnv = {}): Promise<Desk> => {
  const desk = await newDesk({ OSS_ACTOR: 'supervisor:lee', ...extra });
  for (let n = 0; n < orders; n += 1) {
    await desk.oss(['order', 'new', ...HONG, '--internet', '1', '--duplicate-ok']);
  }
  return desk;
};

/** Runs a command in every format, which must all work, and returns its JSON, which must fit its schema. */
export const inEveryFormat = async (desk: Desk, line: readonly string[], exit = 0): Promise<unknown> => {
  for (const format of ['table', 'ndjson', 'csv', 'id']) {
    const { exitCode, stdout } = await desk.oss([...line, '-o', format]);
    expect({ format, exitCode }).toEqual({ format, exitCode: exit });
    expect(stdout).not.toMatch(/undefined|\[object|NaN/);
  }
  const narrow = await desk.oss(line, { columns: 50 });
  const korean = await desk.oss([...line, '--lang', 'ko']);
  expect([narrow.exitCode, korean.exitCode]).toEqual([exit, exit]);
  const { json } = await desk.oss([...line, '-o', 'json']);
  const told = json();
  expect(validateOutput((told as { schema: string }).schema, told)).toEqual([]);
  return told;
};
