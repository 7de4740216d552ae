/**
 * What of customers who were erased before could be guessed from fingerprints goes, and their files are scrubbed at the next
 * opening (`scrub.ts`).
 */
export const erasedPrints: string = `
update requests set fingerprint = '' where order_id in (
  select order_id from addresses join customers using (customer_id) where erased_at is not null);
insert into meta (name, value)
  select 'scrub', 'rewrite ' || lower(hex(randomblob(8)))
  where exists (select 1 from customers where erased_at is not null);`;
