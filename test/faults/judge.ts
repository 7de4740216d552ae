import { expect } from 'vitest';
import { CONTEXT_OF } from '../../src/core/process/context-of.ts';
import type { EventType } from '../../src/core/process/events.ts';
import { expectedFindings, expectedSettling } from './expected.ts';
import { expectedStory } from './expected-story.ts';
import { type LifeOptions, liveThrough, type Outcome } from './matrix-world.ts';
import type { FaultName } from './operations.ts';
import { tokenOf } from './token.ts';

const CONTEXTS = ['order', 'activation', 'scheduling', 'fieldwork'] as const;

/** Events of different lanes may come in either order, those of one context never. */
const byContext = (told: readonly string[]): Readonly<Record<string, readonly string[]>> =>
  Object.fromEntries(
    CONTEXTS.map((context) => [
      context,
      told.filter((line) => CONTEXT_OF[line.split(' ')[0] as EventType] === context),
    ]),
  );

const judge = (fault: FaultName, options: LifeOptions, { lived, found, broken }: Outcome): void => {
  expect(broken).toEqual([]);
  expect(found).toEqual(expectedFindings(fault, options.ending, lived));
  for (const { cell, stage, settled, events } of lived) {
    const { operation, moment } = cell;
    const told = byContext(events.map(tokenOf));
    const expected = byContext(expectedStory(cell, options));
    const name = `${operation.name}, ${moment}`;
    expect({ name, stage, told }).toEqual({ name, stage: options.ending, told: expected });
    const settling = expectedSettling(cell);
    if (settling !== null) expect({ name, settled }).toEqual({ name, settled: settling });
  }
};

/** Lives through a fault, and compares what became of it with what is to be expected. */
export const prove = async (fault: FaultName, options: LifeOptions): Promise<void> =>
  judge(fault, options, await liveThrough(fault, options));
