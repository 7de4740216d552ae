import type { UseCase } from '../../core/rules/who-may.ts';
import type { Role } from '../../core/values/actor.ts';

/** What each role does without an order in hand, the most frequent first. */
export const COMMANDS_OF: Readonly<Record<Role, readonly UseCase[]>> = {
  supervisor: [
    'order new',
    'status',
    'schedule board',
    'schedule plan',
    'fallout list',
    'report',
    'worker status',
    'doctor',
  ],
  cs: ['order new', 'order list', 'status', 'report'],
  dispatcher: [
    'schedule plan',
    'schedule board',
    'schedule queue',
    'field today',
    'technician list',
    'technician off',
  ],
  tm: ['schedule queue', 'schedule board', 'status'],
  technician: ['field next', 'field start', 'field complete', 'field today'],
  noc: ['fallout list', 'breaker list', 'worker status', 'ne reconcile', 'doctor', 'status'],
  batch: ['batch list', 'batch run', 'order list'],
  system: ['worker status', 'db verify', 'doctor'],
};
