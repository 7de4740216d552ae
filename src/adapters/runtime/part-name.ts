import { randomBytes } from 'node:crypto';

/** So that no other account can put a file or a link in its way beforehand. */
const drawn = (): string => randomBytes(6).toString('hex');

/** What is left by a process that was killed while it wrote a file whose name begins as this does. */
export const PARTS = /\.[0-9a-f]{12}\.part(?:-wal|-shm|-journal)?$/;

/** Where the file at `path` is written before it gets its name. It must be made new (`wx`). */
export const partName = (path: string): string => `${path}.${drawn()}.part`;
