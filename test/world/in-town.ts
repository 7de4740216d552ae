import { test } from 'vitest';
import { openTown, type Town } from './town.ts';

/** Tests that mostly wait, and can do so at the same time: each opens a town of its own, which is closed after it. */
export const inTown = test.extend<{ open: typeof openTown }>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads from the pattern what a fixture needs.
  open: async ({}, use) => {
    const opened: Town[] = [];
    await use(async (ways, options) => {
      const town = await openTown(ways, options);
      opened.push(town);
      return town;
    });
    for (const town of opened) await town.close();
  },
});
