/**
 * Since when a look-up by key is known to show what an NE has, by specification; which steps of an order wait by themselves
 * after they failed; and by which wall clock a row was planned, so that one that was ahead is noticed when it was put right.
 */
export const proofsAndWaits: string = `
create table key_proofs (
  peer text not null,
  spec text not null,
  proven_at text,
  asked_at text,
  primary key (peer, spec)
) strict, without rowid;
alter table work add column waits text;
alter table work add column planned_at integer not null default 0;`;
