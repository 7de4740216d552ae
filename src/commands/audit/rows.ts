import type { FlagSpec } from '../framework/parse/descriptor.ts';

/** What rows of the audit are chosen by. */
export const AUDIT_FLAGS = {
  since: { type: 'time', summary: 'only what happened at that time or later' },
  until: { type: 'time', summary: 'only what happened before' },
  by: {
    type: 'text',
    max: 100,
    placeholder: 'WHO',
    summary: 'only of this role:name, or account of the machine',
  },
  action: { type: 'text', max: 100, summary: 'only of this kind, e.g. pii.read, denied' },
  about: { type: 'text', max: 100, placeholder: 'ID', summary: 'only about this order, customer or thing' },
} as const satisfies Readonly<Record<string, FlagSpec>>;

export const AUDIT_FIELDS = [
  'id',
  'at',
  'actor',
  'action',
  'subject',
  'detail',
  'orderIds',
  'customerIds',
  'purpose',
  'face',
  'client',
  'osUser',
  'host',
  'seq',
  'hash',
] as const;
