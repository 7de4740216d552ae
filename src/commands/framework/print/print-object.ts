import { assertNever } from '../../../core/values/assert-never.ts';
import { jsonText } from '../../../core/values/json-text.ts';
import { csvLine } from '../../../faces/cli/terminal/csv.ts';
import { fieldAt, pickFields, scalarFields } from '../../../faces/cli/terminal/fields.ts';
import { safeLine } from '../../../faces/cli/terminal/safe-text.ts';
import { checkFields, fieldText, type Printing } from './printing.ts';
import type { ObjectResult } from './result.ts';

/** The JSON of one object, with its schema first. */
export const objectJson = (result: ObjectResult, fields: readonly string[] | undefined): object => {
  checkFields(result.data, fields);
  return { schema: result.schema, ...(fields === undefined ? result.data : pickFields(result.data, fields)) };
};

export const printObject = async (result: ObjectResult, printing: Printing): Promise<void> => {
  const { output, format, fields, view, paint, spec } = printing;
  switch (format) {
    case 'json':
      return output.data(`${jsonText(objectJson(result, fields), 2)}\n`);
    case 'ndjson':
    case 'cloudevents':
      return output.data(`${jsonText(objectJson(result, fields))}\n`);
    case 'csv': {
      checkFields(result.data, fields);
      const columns = fields ?? spec.fields ?? scalarFields(result.data);
      return output.data(csvLine(columns) + csvLine(columns.map((field) => fieldAt(result.data, field))));
    }
    case 'id':
      return printing.idPrinted ? undefined : output.data(`${safeLine(result.id)}\n`);
    case 'table': {
      const { render } = await import('../../../faces/cli/terminal/render.ts');
      checkFields(result.data, fields);
      const blocks = fields === undefined ? result.blocks(view) : [fieldCard(result.data, fields)];
      return output.data(await render(blocks, { width: view.width, paint, ascii: view.ascii }));
    }
    default:
      return assertNever(format);
  }
};

const fieldCard = (data: object, fields: readonly string[]) => ({
  kind: 'card' as const,
  sections: [{ rows: fields.map((field) => [field, fieldText(fieldAt(data, field))] as const) }],
});
