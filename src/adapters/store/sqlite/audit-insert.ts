/** The columns of a row of the audit but its place in the table. */
export const AUDIT_COLUMNS =
  'host, seq, at, actor, action, subject, detail, order_ids, customer_ids, purpose, face, client, os_user, hash';

/** Takes a stored row by the names of its columns. */
export const INSERT_AUDIT = `insert into main.audit (${AUDIT_COLUMNS}) values (${AUDIT_COLUMNS.split(', ')
  .map((name) => `@${name}`)
  .join(', ')})`;
