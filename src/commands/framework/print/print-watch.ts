import { assertNever } from '../../../core/values/assert-never.ts';
import { jsonText } from '../../../core/values/json-text.ts';
import { redraw } from '../../../faces/cli/terminal/redraw.ts';
import { objectJson, printObject } from './print-object.ts';
import type { Printing } from './printing.ts';
import type { ObjectResult, WatchResult } from './result.ts';

/** Frames of `--watch`: redrawn in place on a terminal; elsewhere, and in data formats, printed when they changed. */
export const printWatch = async (result: WatchResult, printing: Printing): Promise<void> => {
  let last = '';
  for await (const frame of result.frames) {
    const text = await frameText(frame, printing);
    if (text !== last) {
      const inPlace = printing.format === 'table' && printing.view.tty && printing.view.plain !== true;
      await printing.output.data(inPlace && last !== '' ? redraw(last, text) : text);
      last = text;
    }
    if (printing.output.closed()) return;
  }
};

const frameText = async (frame: ObjectResult, printing: Printing): Promise<string> => {
  switch (printing.format) {
    case 'json':
    case 'ndjson':
    case 'cloudevents':
      return `${jsonText(objectJson(frame, printing.fields))}\n`;
    case 'csv':
    case 'id':
    case 'table': {
      let text = '';
      const collect = async (more: string): Promise<void> => {
        text += more;
      };
      await printObject(frame, { ...printing, output: { ...printing.output, data: collect } });
      return text;
    }
    default:
      return assertNever(printing.format);
  }
};
