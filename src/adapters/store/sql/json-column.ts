import type { Session } from './session.ts';

/** Reads a JSON object that this program wrote; one that cannot be read is damage, never a crash. */
export const parseDoc = <T extends object>(session: Session, what: string, text: string): T => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw session.damaged(`${what} is not JSON`);
  }
  if (typeof value !== 'object' || value === null) throw session.damaged(`${what} is not an object`);
  // Only this program writes these columns, from values of the same type.
  return value as T;
};
