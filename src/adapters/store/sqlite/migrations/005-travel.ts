/** What was imported about areas: where they are, and how long the ways between them take. One row a kind of file. */
export const travel: string = `
create table travel (
  kind text primary key,
  version text not null,
  imported_at text not null,
  doc text not null
) strict, without rowid;`;
