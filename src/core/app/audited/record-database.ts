import { type Recorded, recordApart } from '../audit.ts';
import type { AppDeps } from '../deps.ts';

type Call = Recorded & { readonly store: Pick<AppDeps['store'], 'write'> };

/**
 * A copy of everything is a reading of everybody: written down before it is made, so that the copy knows of itself.
 * `file`: where to.
 */
export const recordBackup = (call: Call, file: string): Promise<void> =>
  recordApart(call, { action: 'backup.read', subject: file, detail: {} });
