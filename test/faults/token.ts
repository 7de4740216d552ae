import type { Envelope } from '../../src/core/process/events.ts';

const DETAILS = ['why', 'how', 'code', 'outcome', 'cause', 'as'] as const;

/** Events whose detail is a text of the machine's, or says nothing that is not known. */
const PLAIN: ReadonlySet<string> = new Set([
  'ServiceInDoubt',
  'CallInDoubt',
  'OrderCancelled',
  'MoveRequested',
  'ScheduleCancelled',
]);

/** `ORD-000001/internet.hsi#1/1` -> `internet.hsi` */
const specOf = (key: string): string => /\/([a-z.]+)#/.exec(key)?.[1] ?? key;

/** An event in a line: its type, its service or step, and what tells it from others of its type. */
export const tokenOf = ({ type, data }: Envelope): string => {
  const values: Readonly<Record<string, unknown>> = { ...data };
  const service = typeof values.key === 'string' && type !== 'OrderPlaced' ? [specOf(values.key)] : [];
  const hold = typeof values.hold === 'string' ? [values.hold.split(':')[0]] : [];
  const detail = PLAIN.has(type)
    ? []
    : DETAILS.flatMap((name) => (typeof values[name] === 'string' ? [values[name]] : [])).slice(0, 1);
  return [type, ...service, ...hold, ...detail].join(' ');
};
