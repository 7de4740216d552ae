import { describe, expect, test } from 'vitest';
import { growsTooFast, NASTY } from './growth.ts';
import { FILES, PEERS, PRINTERS, VALUES } from './readers.ts';

describe.each(Object.entries({ FILES, PEERS, VALUES, PRINTERS }))('%s', (_kind, readers) => {
  test.each(Object.entries(readers))('%s takes time as its text is long', async (_name, read) => {
    for (const [name, textOf] of NASTY) {
      const grows = await growsTooFast(read, textOf);
      expect(grows, name).toBeNull();
    }
  });
});
