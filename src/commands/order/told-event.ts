import type { Envelope } from '../../core/process/events.ts';
import { englishCause } from '../../texts/english-cause.ts';

/**
 * An event as JSON tells it. `cause` is in English words, as it always was, and beside it as a code with its values;
 * everything else as it stands on the log.
 */
export const toldEvent = (event: Envelope): object => {
  switch (event.type) {
    case 'ServiceInDoubt':
    case 'ServiceNotFound':
    case 'CallInDoubt':
    case 'CallNotPlaced': {
      const { cause, ...data } = event.data;
      return cause === undefined
        ? event
        : { ...event, data: { ...data, cause: englishCause(cause), causeCode: cause } };
    }
    default:
      return event;
  }
};
