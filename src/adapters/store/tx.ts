import type { Ids } from '../../core/ports/runtime.ts';
import type { Tx } from '../../core/ports/store.ts';
import { sqliteBatches } from './batches.ts';
import { sqliteCalendar } from './calendar.ts';
import { sqliteEvents } from './events.ts';
import type { Session } from './session.ts';
import { sqliteAudit, sqliteBreakers, sqliteMeta, sqliteRequests, sqliteTechnicians } from './tables.ts';
import { sqliteVault } from './vault.ts';
import { sqliteViews } from './views.ts';
import { sqliteWork } from './work.ts';

/** All ports over one connection. */
export const sqliteTx = (session: Session, ids: Ids): Tx => ({
  events: sqliteEvents(session, ids),
  work: sqliteWork(session),
  views: sqliteViews(session),
  vault: sqliteVault(session),
  technicians: sqliteTechnicians(session),
  calendar: sqliteCalendar(session),
  requests: sqliteRequests(session),
  audit: sqliteAudit(session),
  meta: sqliteMeta(session),
  breakers: sqliteBreakers(session),
  batches: sqliteBatches(session),
});
