import type { StoredDocument } from '../../../core/codes/database-fault.ts';
import type { Session } from './session.ts';

/** Which document, and whose; without the latter where there is but one. */
export type DocumentName = readonly [document: StoredDocument, of?: string];

/** Reads a JSON object that this program wrote; one that cannot be read is damage, never a crash. */
export const parseDoc = <T extends object>(
  session: Session,
  [document, of = '']: DocumentName,
  text: string,
): T => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw session.damaged({ code: 'NOT_JSON', document, of });
  }
  if (typeof value !== 'object' || value === null) {
    throw session.damaged({ code: 'NOT_AN_OBJECT', document, of });
  }
  // Only this program writes these columns, from values of the same type.
  return value as T;
};

/** Reads a list of ids that this program wrote. */
export const parseIds = (session: Session, name: DocumentName, text: string): readonly string[] =>
  parseDoc<readonly string[]>(session, name, text);
