import { assertNever } from '../../../core/values/assert-never.ts';
import { printList } from './print-list.ts';
import { printObject } from './print-object.ts';
import { printWatch } from './print-watch.ts';
import type { Printing } from './printing.ts';
import type { CommandResult } from './result.ts';

/** Prints a result in the reader's format. Returns how many items of a cut list it printed; null: it was not cut. */
export const print = async (result: CommandResult, printing: Printing): Promise<number | null> => {
  switch (result.kind) {
    case 'object':
      await printObject(result, printing);
      return null;
    case 'list':
      return printList(result, printing);
    case 'watch':
      await printWatch(result, printing);
      return null;
    case 'text':
      await printing.output.data(result.text.endsWith('\n') ? result.text : `${result.text}\n`);
      return null;
    case 'none':
      return null;
    default:
      return assertNever(result);
  }
};
