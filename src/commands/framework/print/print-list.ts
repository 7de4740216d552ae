import { assertNever } from '../../../core/values/assert-never.ts';
import { jsonText } from '../../../core/values/json-text.ts';
import { cellText, cellTone } from '../../../faces/cli/terminal/blocks.ts';
import { csvLine } from '../../../faces/cli/terminal/csv.ts';
import { fieldAt, pickFields, scalarFields } from '../../../faces/cli/terminal/fields.ts';
import { safeLine } from '../../../faces/cli/terminal/safe-text.ts';
import { checkFields, fieldText, type Printing } from './printing.ts';
import type { ListItem, ListResult } from './result.ts';

/** Prints a list. Returns how many items were shown when more exist, else null. */
export const printList = async (result: ListResult, printing: Printing): Promise<number | null> => {
  const shown = await printItems(result, printing);
  return cutAt(result) === null ? null : shown;
};

const cutAt = (result: ListResult): string | null => result.nextCursor?.() ?? null;

const printItems = (result: ListResult, printing: Printing): Promise<number> => {
  switch (printing.format) {
    case 'json':
      return printJson(result, printing);
    case 'ndjson':
    case 'cloudevents':
      return stream(result, printing, (item) => `${jsonText(chosen(item, printing))}\n`);
    case 'csv':
      return printCsv(result, printing);
    case 'id':
      return stream(result, printing, (item) => `${safeLine(item.id)}\n`);
    case 'table':
      return result.live && printing.fields === undefined
        ? printLines(result, printing)
        : printTable(result, printing);
    default:
      return assertNever(printing.format);
  }
};

const chosen = (item: ListItem, { fields }: Printing): unknown => {
  checkFields(item.data, fields);
  return fields === undefined ? item.data : pickFields(item.data, fields);
};

/** Texts are joined up to this many characters before they are written: a write an item would be slow. */
const CHUNK = 16_384;

/** Writes an item at a time and stops when the reader has gone; a live list is flushed at every item. */
const stream = async (
  result: ListResult,
  { output }: Printing,
  textOf: (item: ListItem, index: number) => string,
): Promise<number> => {
  let count = 0;
  let pending = '';
  for await (const item of result.each()) {
    pending += textOf(item, count);
    count += 1;
    if (pending.length >= CHUNK || (result.live && (result.isWaiting?.() ?? true))) {
      await output.data(pending);
      pending = '';
    }
    if (output.closed()) break;
  }
  await output.data(pending);
  return count;
};

/** Never all in memory: it writes the object in pieces, and begins only when the first item has the chosen fields. */
const printJson = async (result: ListResult, printing: Printing): Promise<number> => {
  const { output } = printing;
  const head = `${jsonText({ schema: result.schema, ...result.extra }).slice(0, -1)},"items":[`;
  const count = await stream(
    result,
    printing,
    (item, i) => `${i === 0 ? `${head}\n` : ',\n'}${jsonText(chosen(item, printing))}`,
  );
  await output.data(`${count === 0 ? head : '\n'}],"nextCursor":${jsonText(cutAt(result))}}\n`);
  return count;
};

const printCsv = async (result: ListResult, printing: Printing): Promise<number> => {
  const known = printing.fields ?? printing.spec.fields;
  let columns = known;
  const count = await stream(result, printing, (item, i) => {
    checkFields(item.data, printing.fields);
    columns ??= scalarFields(item.data);
    const head = i === 0 ? csvLine(columns) : '';
    return head + csvLine(columns.map((field) => fieldAt(item.data, field)));
  });
  if (count === 0 && known !== undefined) await printing.output.data(csvLine(known));
  return count;
};

const printLines = (result: ListResult, printing: Printing): Promise<number> => {
  const { view, paint } = printing;
  return stream(result, printing, (item) => {
    const cell = item.line?.(view) ?? item.id;
    return `${paint(cellTone(cell), safeLine(cellText(cell)))}\n`;
  });
};

const printTable = async (result: ListResult, printing: Printing): Promise<number> => {
  const { output, view, paint, fields } = printing;
  const { render } = await import('../../../faces/cli/terminal/render.ts');
  const items: ListItem[] = [];
  for await (const item of result.each()) items.push(item);
  for (const item of items.slice(0, 1)) checkFields(item.data, fields);
  const empty = result.empty ?? view.t.common.empty;
  const table =
    fields === undefined
      ? { columns: result.columns, rows: items.map((item) => item.cells(view)) }
      : {
          columns: fields.map((title) => ({ title, drop: 0 })),
          rows: items.map((item) => fields.map((field) => fieldText(fieldAt(item.data, field)))),
        };
  const picture = fields === undefined && items.length > 0 ? result.picture?.(view) : undefined;
  const blocks = [
    ...(result.head?.(view) ?? []),
    ...(picture ?? [{ kind: 'table' as const, ...table, empty }]),
    ...(result.foot?.(view) ?? []),
  ];
  await output.data(await render(blocks, { width: view.width, paint, ascii: view.ascii }));
  return items.length;
};
