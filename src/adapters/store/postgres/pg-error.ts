import { DatabaseError } from 'pg';
import { Refusal } from '../../../core/rules/refusal.ts';

/** What the server answered, as opposed to a connection that was lost; its code is an SQLSTATE. */
const answered = (error: unknown): DatabaseError | null =>
  error instanceof DatabaseError && error.severity !== 'FATAL' && error.severity !== 'PANIC' ? error : null;

/** The connection is gone: what the server did of the last statement is not known. */
export const isLost = (error: unknown): boolean =>
  error instanceof Error && !(error instanceof Refusal) && answered(error) === null && isOfConnection(error);

const isOfConnection = (error: Error): boolean =>
  error instanceof DatabaseError ||
  ('code' in error && typeof error.code === 'string' && /^E[A-Z]+$/.test(error.code)) ||
  /connection|timeout|terminated|socket/i.test(error.message);

/** Serialization failure, or a deadlock. */
const COLLIDED = /^(40001|40P01)$/;
/** A row that another write made first. */
const THERE_ALREADY = '23505';

/** The whole write may be done again: it came to nothing, and the same may go well. */
export const mayRunAgain = (error: unknown): boolean => {
  const code = answered(error)?.code ?? '';
  return isLost(error) || COLLIDED.test(code) || code === THERE_ALREADY;
};

/** Of locks, and of memory. */
const BUSY = /^(55P03|53\d\d\d)$/;
/** Of the server, of a role, of a database. */
const CROWDED = '53300';
const GIVEN_UP = '57014';
/** A password or a role that the server does not take, or no such database. */
const CLOSED = /^(28[0-9A-Z]{3}|3D000|42501)$/;
const FULL = '53100';
const READ_ONLY = '25006';
const NOT_ALLOWED = '42501';

/** The role, or the server (a standby), lets nothing be changed. */
export const mayOnlyLook = (error: unknown): boolean =>
  [READ_ONLY, NOT_ALLOWED].includes(answered(error)?.code ?? '');

/** As PgBouncer refuses a parameter of a session, and as prepared statements are missed on another connection. */
const isOfPooler = (error: Error): boolean =>
  /unsupported startup parameter/i.test(error.message) ||
  (error instanceof DatabaseError && error.code === '26000');

/** As the driver says it. */
const isTlsRefused = (error: Error): boolean =>
  error.message === 'The server does not support SSL connections';

/** What Node finds wrong with the certificate of whoever answers. */
const isCertificate = (error: Error): boolean =>
  'code' in error &&
  typeof error.code === 'string' &&
  /CERT|^UNABLE_TO_(GET_ISSUER|VERIFY)|ERR_TLS|SELF_SIGNED|ERR_SSL/.test(error.code);

/** What the server or the network says, in the words of the console; anything else stays what it is. */
export const pgError = (error: unknown, database: string): unknown => {
  if (!(error instanceof Error) || error instanceof Refusal) return error;
  const cause = { code: 'AS_TOLD', text: error.message } as const;
  const code = error instanceof DatabaseError ? (error.code ?? '') : '';
  if (code === FULL) return new Refusal('DISK_FULL', { path: database });
  if (code === READ_ONLY) return new Refusal('DATABASE_READONLY', { database });
  if (CLOSED.test(code)) return new Refusal('DATABASE_CLOSED', { database, cause });
  if (code === CROWDED) return new Refusal('DATABASE_CROWDED', { database, cause });
  if (code === GIVEN_UP) return new Refusal('DATABASE_SLOW', { database });
  if (isOfPooler(error)) return new Refusal('DATABASE_POOLED', { database });
  if (isTlsRefused(error)) return new Refusal('DATABASE_INSECURE', { database, cause: { code: 'NO_TLS' } });
  if (isCertificate(error))
    return new Refusal('DATABASE_INSECURE', {
      database,
      cause: { code: 'CERTIFICATE', text: error.message },
    });
  if (BUSY.test(code) || COLLIDED.test(code)) return new Refusal('DATABASE_BUSY', { database });
  return isLost(error) ? new Refusal('DATABASE_UNREACHABLE', { database, cause }) : error;
};
