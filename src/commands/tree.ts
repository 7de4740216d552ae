import { accessTokenList } from './access/token-list.ts';
import { accessTokenNew } from './access/token-new.ts';
import { accessTokenRevoke } from './access/token-revoke.ts';
import { areaImport } from './area/import.ts';
import { areaList } from './area/list.ts';
import { auditExport } from './audit/export.ts';
import { auditList } from './audit/list.ts';
import { auditPrune } from './audit/prune.ts';
import { auditReview } from './audit/review.ts';
import { auditVerify } from './audit/verify.ts';
import { batchList } from './batch/list.ts';
import { batchResume } from './batch/resume.ts';
import { batchRetry } from './batch/retry.ts';
import { batchRun } from './batch/run.ts';
import { batchShow } from './batch/show.ts';
import { batchTemplate } from './batch/template.ts';
import { breakerClose } from './breaker/close.ts';
import { breakerList } from './breaker/list.ts';
import { breakerOpen } from './breaker/open.ts';
import { completion } from './completion.ts';
import { configGet } from './config/get.ts';
import { configList } from './config/list.ts';
import { configPath } from './config/path.ts';
import { configSet } from './config/set.ts';
import { configValidate } from './config/validate.ts';
import { customerErase } from './customer/erase.ts';
import { customerShow } from './customer/show.ts';
import { dbBackup } from './db/backup.ts';
import { dbBind } from './db/bind.ts';
import { dbCopy } from './db/copy.ts';
import { dbHead } from './db/head.ts';
import { dbInfo } from './db/info.ts';
import { dbInit } from './db/init.ts';
import { dbMigrate } from './db/migrate.ts';
import { dbRebuild } from './db/rebuild.ts';
import { dbRestore } from './db/restore.ts';
import { dbVerify } from './db/verify.ts';
import { demo } from './demo.ts';
import { doctor } from './doctor.ts';
import { events } from './events.ts';
import { falloutDone } from './fallout/done.ts';
import { falloutList } from './fallout/list.ts';
import { falloutRetry } from './fallout/retry.ts';
import { falloutShow } from './fallout/show.ts';
import { falloutWaive } from './fallout/waive.ts';
import { fieldComplete } from './field/complete.ts';
import { fieldCorrect } from './field/correct.ts';
import { fieldNext } from './field/next.ts';
import { fieldReturn } from './field/return.ts';
import { fieldRevisit } from './field/revisit.ts';
import { fieldShow } from './field/show.ts';
import { fieldStart } from './field/start.ts';
import { fieldToday } from './field/today.ts';
import { find } from './find.ts';
import type { Tree } from './framework/run/context.ts';
import { command } from './framework/run/tree.ts';
import { help } from './help.ts';
import { mypage } from './mypage.ts';
import { neList } from './ne/list.ts';
import { neReconcile } from './ne/reconcile.ts';
import { orderAmend } from './order/amend.ts';
import { orderCancel } from './order/cancel.ts';
import { orderList } from './order/list.ts';
import { orderNew } from './order/new.ts';
import { orderNote } from './order/note.ts';
import { orderShow } from './order/show.ts';
import { report } from './report/report.ts';
import { scheduleAssign } from './schedule/assign.ts';
import { scheduleBoard } from './schedule/board.ts';
import { scheduleCall } from './schedule/call.ts';
import { scheduleMove } from './schedule/move.ts';
import { schedulePlan } from './schedule/plan.ts';
import { scheduleQueue } from './schedule/queue.ts';
import { scheduleSlots } from './schedule/slots.ts';
import { scheduleUnassign } from './schedule/unassign.ts';
import { scheduleWhy } from './schedule/why.ts';
import { serve } from './serve.ts';
import { simulate } from './simulate.ts';
import { status } from './status.ts';
import { technicianImport } from './technician/import.ts';
import { technicianList } from './technician/list.ts';
import { technicianOff } from './technician/off.ts';
import { technicianOn } from './technician/on.ts';
import { technicianShow } from './technician/show.ts';
import { version } from './version.ts';
import { whoami } from './whoami.ts';
import { worker, workerRun } from './worker/run.ts';
import { workerStatus } from './worker/status.ts';

/** Every command, in the order of the help. Only descriptors are loaded here; a handler is when its command runs. */
export const TREE: Tree = {
  nouns: [
    { name: 'order', summary: 'take orders, find them, change them' },
    { name: 'field', summary: 'visits: the day, and what came of them' },
    { name: 'schedule', summary: 'the desk: who waits for a call, slots, visits, the board' },
    { name: 'fallout', summary: 'what is held for a person: see it, try again, done by hand' },
    { name: 'technician', summary: 'the people who visit: import them, their days off and visits' },
    { name: 'area', summary: 'where areas are and how long the ways between them take' },
    { name: 'batch', summary: 'files of orders and changes: run, go on, try again' },
    { name: 'worker', summary: 'the background process: run it, see how it does' },
    { name: 'db', summary: 'the database: check, copy, restore, rebuild' },
    { name: 'ne', summary: 'the network elements: what is live there, and whether the log agrees' },
    { name: 'breaker', summary: 'circuit breakers: peers that are left alone for a while' },
    { name: 'customer', summary: 'customers and their personal data' },
    { name: 'access', summary: 'programs that call over HTTP, and their tokens' },
    { name: 'audit', summary: 'who looked at whose data: list, check, monthly review' },
    { name: 'config', summary: 'settings: where they come from, and changing them' },
  ],
  commands: [
    command(orderNew, () => import('./order/new.handler.ts')),
    command(orderList, () => import('./order/list.handler.ts')),
    command(orderShow, () => import('./order/show.handler.ts')),
    command(orderAmend, () => import('./order/amend.handler.ts')),
    command(orderCancel, () => import('./order/cancel.handler.ts')),
    command(orderNote, () => import('./order/note.handler.ts')),
    command(find, () => import('./find.handler.ts')),
    command(mypage, () => import('./mypage.handler.ts')),
    command(events, () => import('./events.handler.ts')),
    command(status, () => import('./status.handler.ts')),
    command(fieldToday, () => import('./field/today.handler.ts')),
    command(fieldNext, () => import('./field/next.handler.ts')),
    command(fieldShow, () => import('./field/show.handler.ts')),
    command(fieldStart, () => import('./field/start.handler.ts')),
    command(fieldComplete, () => import('./field/complete.handler.ts')),
    command(fieldReturn, () => import('./field/return.handler.ts')),
    command(scheduleQueue, () => import('./schedule/queue.handler.ts')),
    command(scheduleSlots, () => import('./schedule/slots.handler.ts')),
    command(scheduleWhy, () => import('./schedule/why.handler.ts')),
    command(scheduleBoard, () => import('./schedule/board.handler.ts')),
    command(scheduleAssign, () => import('./schedule/assign.handler.ts')),
    command(scheduleCall, () => import('./schedule/call.handler.ts')),
    command(schedulePlan, () => import('./schedule/plan.handler.ts')),
    command(scheduleMove, () => import('./schedule/move.handler.ts')),
    command(scheduleUnassign, () => import('./schedule/unassign.handler.ts')),
    command(fieldRevisit, () => import('./field/revisit.handler.ts')),
    command(fieldCorrect, () => import('./field/correct.handler.ts')),
    command(falloutList, () => import('./fallout/list.handler.ts')),
    command(falloutShow, () => import('./fallout/show.handler.ts')),
    command(falloutRetry, () => import('./fallout/retry.handler.ts')),
    command(falloutDone, () => import('./fallout/done.handler.ts')),
    command(falloutWaive, () => import('./fallout/waive.handler.ts')),
    command(technicianList, () => import('./technician/list.handler.ts')),
    command(technicianShow, () => import('./technician/show.handler.ts')),
    command(technicianImport, () => import('./technician/import.handler.ts')),
    command(technicianOn, () => import('./technician/on.handler.ts')),
    command(technicianOff, () => import('./technician/off.handler.ts')),
    command(areaList, () => import('./area/list.handler.ts')),
    command(areaImport, () => import('./area/import.handler.ts')),
    command(report, () => import('./report/report.handler.ts')),
    command(batchRun, () => import('./batch/run.handler.ts')),
    command(batchResume, () => import('./batch/resume.handler.ts')),
    command(batchRetry, () => import('./batch/retry.handler.ts')),
    command(batchShow, () => import('./batch/show.handler.ts')),
    command(batchList, () => import('./batch/list.handler.ts')),
    command(batchTemplate, () => import('./batch/template.handler.ts')),
    command(worker, () => import('./worker/run.handler.ts')),
    command(workerRun, () => import('./worker/run.handler.ts')),
    command(serve, () => import('./serve.handler.ts')),
    command(simulate, () => import('./simulate.handler.ts')),
    command(dbInit, () => import('./db/init.handler.ts')),
    command(dbInfo, () => import('./db/info.handler.ts')),
    command(dbBind, () => import('./db/bind.handler.ts')),
    command(dbVerify, () => import('./db/verify.handler.ts')),
    command(dbHead, () => import('./db/head.handler.ts')),
    command(dbRebuild, () => import('./db/rebuild.handler.ts')),
    command(dbBackup, () => import('./db/backup.handler.ts')),
    command(dbCopy, () => import('./db/copy.handler.ts')),
    command(dbRestore, () => import('./db/restore.handler.ts')),
    command(dbMigrate, () => import('./db/migrate.handler.ts')),
    command(demo, () => import('./demo.handler.ts')),
    command(neList, () => import('./ne/list.handler.ts')),
    command(neReconcile, () => import('./ne/reconcile.handler.ts')),
    command(breakerList, () => import('./breaker/list.handler.ts')),
    command(breakerOpen, () => import('./breaker/open.handler.ts')),
    command(breakerClose, () => import('./breaker/close.handler.ts')),
    command(workerStatus, () => import('./worker/status.handler.ts')),
    command(whoami, () => import('./whoami.handler.ts')),
    command(customerShow, () => import('./customer/show.handler.ts')),
    command(customerErase, () => import('./customer/erase.handler.ts')),
    command(accessTokenNew, () => import('./access/token-new.handler.ts')),
    command(accessTokenList, () => import('./access/token-list.handler.ts')),
    command(accessTokenRevoke, () => import('./access/token-revoke.handler.ts')),
    command(auditList, () => import('./audit/list.handler.ts')),
    command(auditExport, () => import('./audit/export.handler.ts')),
    command(auditVerify, () => import('./audit/verify.handler.ts')),
    command(auditReview, () => import('./audit/review.handler.ts')),
    command(auditPrune, () => import('./audit/prune.handler.ts')),
    command(doctor, () => import('./doctor.handler.ts')),
    command(configList, () => import('./config/list.handler.ts')),
    command(configGet, () => import('./config/get.handler.ts')),
    command(configSet, () => import('./config/set.handler.ts')),
    command(configPath, () => import('./config/path.handler.ts')),
    command(configValidate, () => import('./config/validate.handler.ts')),
    command(completion, () => import('./completion.handler.ts')),
    command(version, () => import('./version.handler.ts')),
    command(help, () => import('./help.handler.ts')),
  ],
};
