import { numberedId } from './id-key.ts';
import type { Session } from './session.ts';

/** The next id of a sequence, e.g. `ORD-000042`. */
export const nextNumberedId = async (
  session: Session,
  name: 'order' | 'customer',
  prefix: string,
): Promise<string> => numberedId(prefix, await session.nextNumber(name));
