import { isLateEntry } from '../fieldwork/late-entry.ts';
import type { Envelope } from '../process/events.ts';

/** Whether an event of the field tells what had happened more than a day before it was entered. */
export const wasEnteredLate = ({ data, at }: Envelope): boolean =>
  'occurredAt' in data && isLateEntry(data.occurredAt, at);
