/**
 * How many services of an order are in doubt, as a column: the overview would otherwise open the document of every open
 * order. A document that cannot be read keeps its row at 0, until `oss db rebuild` mends both.
 */
export const ordersInDoubt: string = `
alter table order_view add column in_doubt integer not null default 0;
update order_view set in_doubt = doc ->> '$.inDoubt' where json_valid(doc) and doc ->> '$.inDoubt' > 0;
create index view_in_doubt on order_view (order_key) where in_doubt > 0;`;
